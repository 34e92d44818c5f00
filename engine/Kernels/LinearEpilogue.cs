using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>From exact integer dots to f32 outputs: y = ((d − S) / s) · w, a division and a multiplication in that order
/// (spec 3.1, step 6; d − S below 2²⁴ is exact in f32), and what follows element by element.</summary>
public static unsafe class LinearEpilogue
{
    private const int Lanes = 16;

    /// <summary>output[i] = dots[i] / activationScale · weightScale.</summary>
    public static void Apply(int* dots, int count, float activationScale, float weightScale, float* output)
    {
        int i = 0;
        for (; i + Lanes <= count; i += Lanes) Scale(dots + i, activationScale, weightScale).Store(output + i);
        for (; i < count; i++) output[i] = dots[i] / activationScale * weightScale;
    }

    /// <summary>residual[i] += dots[i] / activationScale · weightScale.</summary>
    public static void Add(int* dots, int count, float activationScale, float weightScale, float* residual)
    {
        int i = 0;
        for (; i + Lanes <= count; i += Lanes) (Scale(dots + i, activationScale, weightScale) + Vector512.Load(residual + i)).Store(residual + i);
        for (; i < count; i++) residual[i] = dots[i] / activationScale * weightScale + residual[i];
    }

    /// <summary>output[i] = max(g, 0)² · u with g and u scaled as above: squared ReLU on the gate branch, the up branch as it is (spec 4.1).
    /// Values reach some 1.7e6: f32 only (spec 4.6).</summary>
    public static void Gate(int* gateDots, int* upDots, int count, float activationScale, float gateScale, float upScale, float* output)
    {
        int i = 0;
        for (; i + Lanes <= count; i += Lanes)
        {
            Vector512<float> positive = Vector512.Max(Scale(gateDots + i, activationScale, gateScale), Vector512<float>.Zero);
            (positive * positive * Scale(upDots + i, activationScale, upScale)).Store(output + i);
        }
        for (; i < count; i++)
        {
            float positive = MathF.Max(gateDots[i] / activationScale * gateScale, 0);
            output[i] = positive * positive * (upDots[i] / activationScale * upScale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scale(int* dots, float activationScale, float weightScale) =>
        Vector512.ConvertToSingle(Vector512.Load(dots)) / activationScale * weightScale;
}
