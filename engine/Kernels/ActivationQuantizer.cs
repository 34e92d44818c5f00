using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>Per-token int8 quantisation of activations, spec 3.1 steps 1–4.</summary>
public static class ActivationQuantizer
{
    /// <summary>1.5 · 2²³: adding it leaves the value, rounded to nearest even, in the low mantissa bits.</summary>
    private const float RoundingMagic = 12_582_912f;
    private const double SmallestMagnitude = 1e-5;
    private const int Lanes = 16;

    /// <summary>q_i = round-half-even(x_i · s), clamped to [−128, 127], with s = (float)(127 / max(1e-5, max|x|)).</summary>
    /// <param name="x">K activations of one token.</param>
    /// <param name="q">K int8 values.</param>
    /// <param name="sum">Σ q_i.</param>
    /// <returns>s.</returns>
    public static float Quantize(ReadOnlySpan<float> x, Span<sbyte> q, out int sum)
    {
#if EXTRA_KERNEL_WORK
        if (ExtraKernelWork.IsDue()) Repeat(x, q);
#endif
        return Quantize(x, LargestMagnitude(x), q, out sum);
    }

    /// <inheritdoc cref="Quantize(ReadOnlySpan{float}, Span{sbyte}, out int)"/>
    /// <param name="largest">max|x|, where it is known already.</param>
    public static float Quantize(ReadOnlySpan<float> x, float largest, Span<sbyte> q, out int sum)
    {
        if (q.Length < x.Length) throw new ArgumentException($"needs room for {x.Length} values, has {q.Length}", nameof(q));
        float scale = (float)(127.0 / Math.Max(SmallestMagnitude, largest));
        sum = Round(x, scale, q);
        return scale;
    }

#if EXTRA_KERNEL_WORK
    /// <summary>Apart, so that the code around the call stays as it is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Repeat(ReadOnlySpan<float> x, Span<sbyte> q)
    {
        for (int i = 0; i < ExtraKernelWork.Together; i++) Quantize(x, LargestMagnitude(x), q, out _);
    }
#endif

    /// <summary>The largest lane of magnitudes.</summary>
    internal static float Largest(Vector512<float> magnitudes)
    {
        Vector256<float> eight = Vector256.MaxNative(magnitudes.GetLower(), magnitudes.GetUpper());
        Vector128<float> four = Vector128.MaxNative(eight.GetLower(), eight.GetUpper());
        return MathF.Max(MathF.Max(four[0], four[1]), MathF.Max(four[2], four[3]));
    }

    private static float LargestMagnitude(ReadOnlySpan<float> x)
    {
        ref float first = ref MemoryMarshal.GetReference(x);
        Vector512<float> a = default, b = default, c = default, d = default;
        int i = 0;
        for (; i + 4 * Lanes <= x.Length; i += 4 * Lanes)
        {
            a = Vector512.MaxNative(Vector512.Abs(Vector512.LoadUnsafe(ref first, (nuint)i)), a);
            b = Vector512.MaxNative(Vector512.Abs(Vector512.LoadUnsafe(ref first, (nuint)(i + Lanes))), b);
            c = Vector512.MaxNative(Vector512.Abs(Vector512.LoadUnsafe(ref first, (nuint)(i + 2 * Lanes))), c);
            d = Vector512.MaxNative(Vector512.Abs(Vector512.LoadUnsafe(ref first, (nuint)(i + 3 * Lanes))), d);
        }
        float largest = Largest(Vector512.MaxNative(Vector512.MaxNative(a, b), Vector512.MaxNative(c, d)));
        for (; i < x.Length; i++) largest = MathF.Max(largest, MathF.Abs(x[i]));
        return largest;
    }

    private static int Round(ReadOnlySpan<float> x, float scale, Span<sbyte> q)
    {
        ref float source = ref MemoryMarshal.GetReference(x);
        ref sbyte target = ref MemoryMarshal.GetReference(q);
        Vector512<int> even = default, odd = default;
        int i = 0;
        for (; i + 4 * Lanes <= x.Length; i += 4 * Lanes)
        {
            Vector512<int> a = RoundLanes(Vector512.LoadUnsafe(ref source, (nuint)i) * scale);
            Vector512<int> b = RoundLanes(Vector512.LoadUnsafe(ref source, (nuint)(i + Lanes)) * scale);
            Vector512<int> c = RoundLanes(Vector512.LoadUnsafe(ref source, (nuint)(i + 2 * Lanes)) * scale);
            Vector512<int> d = RoundLanes(Vector512.LoadUnsafe(ref source, (nuint)(i + 3 * Lanes)) * scale);
            even += a + b;
            odd += c + d;
            Narrow(a, b, c, d).StoreUnsafe(ref target, (nuint)i);
        }
        int sum = Vector512.Sum(even + odd);
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
    private static Vector512<int> RoundLanes(Vector512<float> scaled)
    {
        Vector512<float> magic = Vector512.Create(RoundingMagic);
        Vector512<int> rounded = (scaled + magic).AsInt32() - magic.AsInt32();
        return Vector512.Min(Vector512.Max(rounded, Vector512.Create(-128)), Vector512.Create(127));
    }

    /// <summary>64 values within [−128, 127] in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<sbyte> Narrow(Vector512<int> a, Vector512<int> b, Vector512<int> c, Vector512<int> d)
    {
        if (!Avx512BW.IsSupported) return Vector512.Narrow(Vector512.Narrow(a, b), Vector512.Narrow(c, d));
        // Packs work within 128-bit parts: part k gets four values of each of a, b, c and d, which the permutation puts in order.
        Vector512<sbyte> parts = Avx512BW.PackSignedSaturate(Avx512BW.PackSignedSaturate(a, b), Avx512BW.PackSignedSaturate(c, d));
        return Avx512F.PermuteVar16x32(parts.AsInt32(), Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsSByte();
    }
}
