using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>Root-mean-square normalisation, spec 4.2.</summary>
public static class RmsNorm
{
    private const int Lanes = 16;

    /// <summary>y_i = (x_i · scale) · gain_i with scale = 1 / √(mean(x²) + epsilon): squares in f32, summed in double.
    /// <paramref name="y"/> may be <paramref name="x"/>.</summary>
    /// <returns>max |y_i|, which quantising y begins with.</returns>
    /// <remarks>The reference sums one after the other; here 32 interleaved double sums are added in a fixed order, the same on
    /// every machine. The difference is some 1e-16 relative (spec 9.3, 27).</remarks>
    public static float Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> gain, float epsilon, Span<float> y)
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
        Vector512<float> even = default, odd = default;
        int i = 0;
        for (; i + 2 * Lanes <= x.Length; i += 2 * Lanes)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref source, (nuint)i) * scale * Vector512.LoadUnsafe(ref gains, (nuint)i);
            Vector512<float> b = Vector512.LoadUnsafe(ref source, (nuint)(i + Lanes)) * scale * Vector512.LoadUnsafe(ref gains, (nuint)(i + Lanes));
            a.StoreUnsafe(ref target, (nuint)i);
            b.StoreUnsafe(ref target, (nuint)(i + Lanes));
            even = Vector512.MaxNative(Vector512.Abs(a), even);
            odd = Vector512.MaxNative(Vector512.Abs(b), odd);
        }
        float largest = ActivationQuantizer.Largest(Vector512.MaxNative(even, odd));
        for (; i < x.Length; i++)
        {
            y[i] = x[i] * scale * gain[i];
            largest = MathF.Max(largest, MathF.Abs(y[i]));
        }
        return largest;
    }

    private static double SumOfSquares(ReadOnlySpan<float> x)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        Vector512<double> a = default, b = default, c = default, d = default;
        int i = 0;
        for (; i + 2 * Lanes <= x.Length; i += 2 * Lanes)
        {
            Vector512<float> first = Vector512.LoadUnsafe(ref source, (nuint)i), second = Vector512.LoadUnsafe(ref source, (nuint)(i + Lanes));
            first *= first;
            second *= second;
            a += Vector512.WidenLower(first);
            b += Vector512.WidenUpper(first);
            c += Vector512.WidenLower(second);
            d += Vector512.WidenUpper(second);
        }
        double sum = Vector512.Sum(a + b + (c + d));
        for (; i < x.Length; i++) sum += x[i] * x[i];
        return sum;
    }
}
