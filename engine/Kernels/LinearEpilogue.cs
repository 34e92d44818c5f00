using System.Numerics;

namespace BitNet.Engine.Kernels;

/// <summary>From exact integer dots to f32 outputs: y = ((d − S) / s) · w, a division and a multiplication in that order
/// (spec 3.1, step 6; d − S below 2²⁴ is exact in f32).</summary>
public static unsafe class LinearEpilogue
{
    /// <summary>output[i] = dots[i] / activationScale · weightScale.</summary>
    public static void Apply(int* dots, int count, float activationScale, float weightScale, float* output)
    {
        Vector<float> s = new(activationScale), w = new(weightScale);
        int i = 0;
        for (; i + Vector<int>.Count <= count; i += Vector<int>.Count)
        {
            (Vector.ConvertToSingle(Vector.Load(dots + i)) / s * w).Store(output + i);
        }
        for (; i < count; i++) output[i] = dots[i] / activationScale * weightScale;
    }

    /// <summary>residual[i] += dots[i] / activationScale · weightScale.</summary>
    public static void Add(int* dots, int count, float activationScale, float weightScale, float* residual)
    {
        Vector<float> s = new(activationScale), w = new(weightScale);
        int i = 0;
        for (; i + Vector<int>.Count <= count; i += Vector<int>.Count)
        {
            (Vector.ConvertToSingle(Vector.Load(dots + i)) / s * w + Vector.Load(residual + i)).Store(residual + i);
        }
        for (; i < count; i++) residual[i] = dots[i] / activationScale * weightScale + residual[i];
    }
}
