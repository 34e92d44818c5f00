using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>Softmax of attention scores, spec 4.4.</summary>
public static unsafe class Softmax
{
    private const int Lanes = 16;

    /// <summary>Below this e^z is smaller than the smallest normal f32 and counts as 0.</summary>
    private const float Smallest = -87.33654f;

    /// <summary>p_i = exp(z_i − max z) · (float)(1 / Σ), z = score · scale; the sum in double. In place.</summary>
    /// <param name="scores">count values, with room up to the next multiple of 16; the room beyond count is set to zero.</param>
    public static void Apply(float* scores, int count, float scale) => Apply(scores, count, scale, 1f, roundToHalf: false);

    /// <inheritdoc cref="Apply(float*, int, float)"/>
    /// <param name="factor">A power of two that the results are multiplied by.</param>
    /// <param name="roundToHalf">Probabilities are rounded to F16 before that.</param>
    public static void Apply(float* scores, int count, float scale, float factor, bool roundToHalf)
    {
        int padded = (count + Lanes - 1) / Lanes * Lanes;
        for (int i = count; i < padded; i++) scores[i] = float.NegativeInfinity;
        // scale is positive and rounding monotonic: the largest score gives the largest z.
        Vector512<float> maximum = Vector512.Create(Largest(scores, padded) * scale);

        Vector512<double> lower = default, upper = default;
        for (int i = 0; i < padded; i += Lanes)
        {
            Vector512<float> e = Exponential(Vector512.Load(scores + i) * scale - maximum);
            e.Store(scores + i);
            lower += Vector512.WidenLower(e);
            upper += Vector512.WidenUpper(e);
        }
        float inverse = (float)(1.0 / Vector512.Sum(lower + upper));
        if (roundToHalf)
        {
            for (int i = 0; i < padded; i += Lanes) (HalfPrecision.Round(Vector512.Load(scores + i) * inverse) * factor).Store(scores + i);
        }
        else
        {
            inverse *= factor;
            for (int i = 0; i < padded; i += Lanes) (Vector512.Load(scores + i) * inverse).Store(scores + i);
        }
    }

    private static float Largest(float* scores, int count)
    {
        Vector512<float> lanes = Vector512.Create(float.NegativeInfinity);
        for (int i = 0; i < count; i += Lanes) lanes = Vector512.MaxNative(lanes, Vector512.Load(scores + i));
        Vector256<float> eight = Vector256.MaxNative(lanes.GetLower(), lanes.GetUpper());
        Vector128<float> four = Vector128.MaxNative(eight.GetLower(), eight.GetUpper());
        return MathF.Max(MathF.Max(four[0], four[1]), MathF.Max(four[2], four[3]));
    }

    /// <summary>e^z for z ≤ 0 to within an ulp; 0 below <see cref="Smallest"/>.</summary>
    /// <remarks>z = n·ln 2 + r with |r| ≤ ln 2 / 2; ln 2 in two parts and the polynomial of degree 7 in r are those of S. Moshier's
    /// Cephes library (single/expf.c, netlib.org/cephes), evaluated with fused multiply-adds. 2ⁿ goes into the exponent bits.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exponential(Vector512<float> z)
    {
        // 1.5 · 2²³ leaves n, rounded to nearest even, in the low bits.
        Vector512<float> magic = Vector512.Create(12_582_912f);
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(z, Vector512.Create(1.44269504088896341f), magic);
        Vector512<float> n = shifted - magic;
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), z);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(1.9875691500e-4f), r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r) + Vector512<float>.One;
        Vector512<int> scaled = p.AsInt32() + (shifted.AsInt32() << 23);
        return (scaled & Vector512.GreaterThanOrEqual(z, Vector512.Create(Smallest)).AsInt32()).AsSingle();
    }
}
