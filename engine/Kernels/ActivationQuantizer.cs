using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BitNet.Engine.Kernels;

/// <summary>Per-token int8 quantisation of activations, spec 3.1 steps 1–4.</summary>
public static class ActivationQuantizer
{
    /// <summary>1.5 · 2²³: adding it leaves the value, rounded to nearest even, in the low mantissa bits.</summary>
    private const float RoundingMagic = 12_582_912f;
    private const double SmallestMagnitude = 1e-5;

    /// <summary>q_i = round-half-even(x_i · s), clamped to [−128, 127], with s = (float)(127 / max(1e-5, max|x|)).</summary>
    /// <param name="x">K activations of one token.</param>
    /// <param name="q">K int8 values.</param>
    /// <param name="sum">Σ q_i.</param>
    /// <returns>s.</returns>
    public static float Quantize(ReadOnlySpan<float> x, Span<sbyte> q, out int sum)
    {
        if (q.Length < x.Length) throw new ArgumentException($"needs room for {x.Length} values, has {q.Length}", nameof(q));
        float scale = (float)(127.0 / Math.Max(SmallestMagnitude, LargestMagnitude(x)));
        sum = Round(x, scale, q);
        return scale;
    }

    private static float LargestMagnitude(ReadOnlySpan<float> x)
    {
        ref float first = ref MemoryMarshal.GetReference(x);
        Vector<float> lanes = Vector<float>.Zero;
        int i = 0;
        for (; i + Vector<float>.Count <= x.Length; i += Vector<float>.Count)
        {
            lanes = Vector.Max(lanes, Vector.Abs(Vector.LoadUnsafe(ref first, (nuint)i)));
        }
        float largest = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++) largest = MathF.Max(largest, lanes[lane]);
        for (; i < x.Length; i++) largest = MathF.Max(largest, MathF.Abs(x[i]));
        return largest;
    }

    private static int Round(ReadOnlySpan<float> x, float scale, Span<sbyte> q)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        ref sbyte target = ref MemoryMarshal.GetReference(q);
        Vector<int> total = Vector<int>.Zero;
        int width = Vector<float>.Count;
        int i = 0;
        for (; i + 4 * width <= x.Length; i += 4 * width)
        {
            Vector<int> a = RoundLanes(Vector.LoadUnsafe(ref source, (nuint)i) * scale);
            Vector<int> b = RoundLanes(Vector.LoadUnsafe(ref source, (nuint)(i + width)) * scale);
            Vector<int> c = RoundLanes(Vector.LoadUnsafe(ref source, (nuint)(i + 2 * width)) * scale);
            Vector<int> d = RoundLanes(Vector.LoadUnsafe(ref source, (nuint)(i + 3 * width)) * scale);
            total += a + b + (c + d);
            Vector.Narrow(Vector.Narrow(a, b), Vector.Narrow(c, d)).StoreUnsafe(ref target, (nuint)i);
        }
        int sum = Vector.Sum(total);
        for (; i < x.Length; i++)
        {
            int value = BitConverter.SingleToInt32Bits(x[i] * scale + RoundingMagic) - BitConverter.SingleToInt32Bits(RoundingMagic);
            value = Math.Clamp(value, -128, 127);
            q[i] = (sbyte)value;
            sum += value;
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> RoundLanes(Vector<float> scaled)
    {
        Vector<float> magic = new(RoundingMagic);
        Vector<int> rounded = (scaled + magic).As<float, int>() - magic.As<float, int>();
        return Vector.Min(Vector.Max(rounded, new Vector<int>(-128)), new Vector<int>(127));
    }
}
