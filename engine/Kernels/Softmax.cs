using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>Softmax of attention scores, spec 4.4.</summary>
public static unsafe class Softmax
{
    private const int Lanes = 16;

    /// <summary>p_i = exp(z_i − max z) · (float)(1 / Σ), z = score · scale; the sum in double. In place.</summary>
    /// <param name="scores">count values, with room up to the next multiple of 16; the room beyond count is set to zero.</param>
    public static void Apply(float* scores, int count, float scale)
    {
        int padded = (count + Lanes - 1) / Lanes * Lanes;
        for (int i = count; i < padded; i++) scores[i] = float.NegativeInfinity;
        Vector512<float> largest = Vector512.Create(float.NegativeInfinity);
        for (int i = 0; i < padded; i += Lanes)
        {
            Vector512<float> z = Vector512.Load(scores + i) * scale;
            z.Store(scores + i);
            largest = Vector512.Max(largest, z);
        }
        float maximum = float.NegativeInfinity;
        for (int lane = 0; lane < Lanes; lane++) maximum = MathF.Max(maximum, largest[lane]);

        double sum = 0;
        for (int i = 0; i < padded; i += Lanes)
        {
            // exp(−∞) is 0, so the padding adds nothing.
            Vector512<float> e = Vector512.Exp(Vector512.Load(scores + i) - Vector512.Create(maximum));
            e.Store(scores + i);
            sum += Vector512.Sum(e);
        }
        float inverse = (float)(1.0 / sum);
        for (int i = 0; i < padded; i += Lanes) (Vector512.Load(scores + i) * inverse).Store(scores + i);
    }
}
