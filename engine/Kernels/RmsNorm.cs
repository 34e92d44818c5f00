using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>Root-mean-square normalisation, spec 4.2.</summary>
public static class RmsNorm
{
    private const int Lanes = 16;

    /// <summary>y_i = (x_i · scale) · gain_i with scale = 1 / √(mean(x²) + epsilon): squares in f32, summed in double.
    /// <paramref name="y"/> may be <paramref name="x"/>.</summary>
    /// <remarks>The reference sums one after the other; here 16 interleaved double sums are added in a fixed order, the same on
    /// every machine. The difference is some 1e-16 relative (spec 9.3, 27).</remarks>
    public static void Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> gain, float epsilon, Span<float> y)
    {
        if (gain.Length != x.Length || y.Length != x.Length)
        {
            throw new ArgumentException($"x has {x.Length} values, gain {gain.Length}, y {y.Length}; they must agree");
        }
        float mean = (float)(SumOfSquares(x) / x.Length);
        float scale = 1.0f / MathF.Sqrt(mean + epsilon);
        ref float source = ref MemoryMarshal.GetReference(x);
        ref float gains = ref MemoryMarshal.GetReference(gain);
        ref float target = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i + Lanes <= x.Length; i += Lanes)
        {
            (Vector512.LoadUnsafe(ref source, (nuint)i) * scale * Vector512.LoadUnsafe(ref gains, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < x.Length; i++) y[i] = x[i] * scale * gain[i];
    }

    private static double SumOfSquares(ReadOnlySpan<float> x)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        Vector512<double> lower = default, upper = default;
        int i = 0;
        for (; i + Lanes <= x.Length; i += Lanes)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref source, (nuint)i);
            Vector512<float> square = value * value;
            lower += Vector512.WidenLower(square);
            upper += Vector512.WidenUpper(square);
        }
        Vector512<double> lanes = lower + upper;
        double sum = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++) sum += lanes[lane];
        for (; i < x.Length; i++) sum += x[i] * x[i];
        return sum;
    }
}
