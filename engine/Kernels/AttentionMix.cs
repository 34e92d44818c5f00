using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>Mix of cached values by attention's probabilities (spec 4.4): a chunk of 32 dimensions over all positions, sums in registers.</summary>
public static unsafe class AttentionMix
{
    private const int Lanes = 16;

    /// <summary>How far ahead values are requested, in memory order.</summary>
    private const int PrefetchBytes = 4_096;

    /// <summary>output[r · 32 + d] = Σ_p probability[r · stride + p] · value[p][d], for one chunk of values.</summary>
    /// <param name="values">The chunk's first position, laid out as <see cref="GroupedAttention.ValueIndex"/>.</param>
    /// <param name="probabilities">width × stride, multiplied by <see cref="HalfPrecision.InputScale"/>; zero at
    /// <paramref name="positions"/> if that is odd.</param>
    /// <param name="width">Rows of the tile: <see cref="AttentionScores.Narrow"/> or <see cref="AttentionScores.Wide"/>.</param>
    /// <param name="output">width × 32.</param>
    public static void Chunk(short* values, int positions, float* probabilities, long stride, int width, float* output)
    {
        if (width == AttentionScores.Wide) Eight((int*)values, positions, probabilities, stride, output);
        else Four((int*)values, positions, probabilities, stride, output);
    }

    /// <summary>4 rows of probabilities with one chunk of values; the two halves of the positions are summed apart and read as two streams.</summary>
    private static void Four(int* values, int positions, float* probabilities, long stride, float* output)
    {
        float* p0 = probabilities, p1 = probabilities + stride, p2 = probabilities + 2 * stride, p3 = probabilities + 3 * stride;
        Vector512<float> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default;
        Vector512<float> c0 = default, d0 = default, c1 = default, d1 = default, c2 = default, d2 = default, c3 = default, d3 = default;
        // With an odd number the second half goes one further: the cache and the probabilities reach to a whole block, and there these are zero.
        long half = (positions + 1L) / 2;
        int* others = values + half * Lanes, last = others + half * Lanes;
        for (long i = 0, j = half; i < half; i++, j++, values += Lanes, others += Lanes)
        {
            Prefetch(values, others);
            Prefetch(others, last);
            Vector512<int> first = Vector512.Load(values), second = Vector512.Load(others);
            Vector512<float> v = HalfPrecision.Lower(first), w = HalfPrecision.Upper(first), p;
            p = Vector512.Create(p0[i]);
            a0 = Vector512.FusedMultiplyAdd(p, v, a0);
            b0 = Vector512.FusedMultiplyAdd(p, w, b0);
            p = Vector512.Create(p1[i]);
            a1 = Vector512.FusedMultiplyAdd(p, v, a1);
            b1 = Vector512.FusedMultiplyAdd(p, w, b1);
            p = Vector512.Create(p2[i]);
            a2 = Vector512.FusedMultiplyAdd(p, v, a2);
            b2 = Vector512.FusedMultiplyAdd(p, w, b2);
            p = Vector512.Create(p3[i]);
            a3 = Vector512.FusedMultiplyAdd(p, v, a3);
            b3 = Vector512.FusedMultiplyAdd(p, w, b3);
            v = HalfPrecision.Lower(second);
            w = HalfPrecision.Upper(second);
            p = Vector512.Create(p0[j]);
            c0 = Vector512.FusedMultiplyAdd(p, v, c0);
            d0 = Vector512.FusedMultiplyAdd(p, w, d0);
            p = Vector512.Create(p1[j]);
            c1 = Vector512.FusedMultiplyAdd(p, v, c1);
            d1 = Vector512.FusedMultiplyAdd(p, w, d1);
            p = Vector512.Create(p2[j]);
            c2 = Vector512.FusedMultiplyAdd(p, v, c2);
            d2 = Vector512.FusedMultiplyAdd(p, w, d2);
            p = Vector512.Create(p3[j]);
            c3 = Vector512.FusedMultiplyAdd(p, v, c3);
            d3 = Vector512.FusedMultiplyAdd(p, w, d3);
        }
        Store(a0 + c0, b0 + d0, output);
        Store(a1 + c1, b1 + d1, output + 32);
        Store(a2 + c2, b2 + d2, output + 64);
        Store(a3 + c3, b3 + d3, output + 96);
    }

    /// <summary>8 rows of probabilities with one chunk of values.</summary>
    private static void Eight(int* values, int positions, float* probabilities, long stride, float* output)
    {
        float* p0 = probabilities, p1 = probabilities + stride, p2 = probabilities + 2 * stride, p3 = probabilities + 3 * stride;
        float* p4 = probabilities + 4 * stride, p5 = probabilities + 5 * stride, p6 = probabilities + 6 * stride, p7 = probabilities + 7 * stride;
        Vector512<float> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default;
        Vector512<float> a4 = default, b4 = default, a5 = default, b5 = default, a6 = default, b6 = default, a7 = default, b7 = default;
        int* end = values + (long)positions * Lanes;
        for (long i = 0; i < positions; i++, values += Lanes)
        {
            Prefetch(values, end);
            Vector512<int> pairs = Vector512.Load(values);
            Vector512<float> v = HalfPrecision.Lower(pairs), w = HalfPrecision.Upper(pairs), p;
            p = Vector512.Create(p0[i]);
            a0 = Vector512.FusedMultiplyAdd(p, v, a0);
            b0 = Vector512.FusedMultiplyAdd(p, w, b0);
            p = Vector512.Create(p1[i]);
            a1 = Vector512.FusedMultiplyAdd(p, v, a1);
            b1 = Vector512.FusedMultiplyAdd(p, w, b1);
            p = Vector512.Create(p2[i]);
            a2 = Vector512.FusedMultiplyAdd(p, v, a2);
            b2 = Vector512.FusedMultiplyAdd(p, w, b2);
            p = Vector512.Create(p3[i]);
            a3 = Vector512.FusedMultiplyAdd(p, v, a3);
            b3 = Vector512.FusedMultiplyAdd(p, w, b3);
            p = Vector512.Create(p4[i]);
            a4 = Vector512.FusedMultiplyAdd(p, v, a4);
            b4 = Vector512.FusedMultiplyAdd(p, w, b4);
            p = Vector512.Create(p5[i]);
            a5 = Vector512.FusedMultiplyAdd(p, v, a5);
            b5 = Vector512.FusedMultiplyAdd(p, w, b5);
            p = Vector512.Create(p6[i]);
            a6 = Vector512.FusedMultiplyAdd(p, v, a6);
            b6 = Vector512.FusedMultiplyAdd(p, w, b6);
            p = Vector512.Create(p7[i]);
            a7 = Vector512.FusedMultiplyAdd(p, v, a7);
            b7 = Vector512.FusedMultiplyAdd(p, w, b7);
        }
        Store(a0, b0, output);
        Store(a1, b1, output + 32);
        Store(a2, b2, output + 64);
        Store(a3, b3, output + 96);
        Store(a4, b4, output + 128);
        Store(a5, b5, output + 160);
        Store(a6, b6, output + 192);
        Store(a7, b7, output + 224);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> lower, Vector512<float> upper, float* output)
    {
        (lower * HalfPrecision.SumScale).Store(output);
        (upper * HalfPrecision.SumScale).Store(output + Lanes);
    }

    /// <summary>Requests what comes later, but nothing from <paramref name="end"/> on: after a short context most requests would be in vain, and each takes its turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(int* values, int* end)
    {
        byte* ahead = (byte*)values + PrefetchBytes;
        if (Sse.IsSupported && ahead < end) Sse.Prefetch0(ahead);
    }
}
