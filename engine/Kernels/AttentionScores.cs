using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>Dots of queries with cached keys (spec 4.4): widened in registers, nothing but scores is written.</summary>
public static unsafe class AttentionScores
{
    /// <summary>How far ahead keys are requested, in memory order; the last requests of a piece, which lie behind it, are in vain.</summary>
    private const int PrefetchBytes = 4_096;

    /// <summary>Query rows multiplied at once when a single token is evaluated, and when several are.</summary>
    public const int Narrow = 4, Wide = 8;

    /// <summary>scores[r · stride + p] = 2⁻¹⁶ · Σ_d query[r][d] · key[p][d] for whole blocks of positions.</summary>
    /// <param name="keys">The first block, laid out as <see cref="GroupedAttention.KeyIndex"/>.</param>
    /// <param name="queries">headSize × width from <see cref="GroupedAttention.PackQuery"/>.</param>
    /// <param name="width">Rows of the tile: <see cref="Narrow"/> or <see cref="Wide"/>.</param>
    public static void Block(short* keys, float* queries, int width, int headSize, float* scores, long stride)
    {
        if (width == Wide) Eight((int*)keys, queries, headSize / 2, scores, stride);
        else Four((int*)keys, queries, headSize / 2, scores, stride);
    }

    /// <summary>The same of <see cref="Narrow"/> rows for consecutive blocks, read as two streams: memory gives more to far-apart ones.</summary>
    /// <param name="blocks">Any number.</param>
    public static void Blocks(short* keys, int blocks, float* queries, int headSize, float* scores, long stride)
    {
        int half = blocks / 2;
        long blockLength = (long)GroupedAttention.BlockPositions * headSize;
        for (int block = 0; block < half; block++)
        {
            FourTwice(
                (int*)(keys + block * blockLength), (int*)(keys + (half + block) * blockLength), queries, headSize / 2,
                scores + block * GroupedAttention.BlockPositions, scores + (half + block) * GroupedAttention.BlockPositions, stride);
        }
        int last = blocks - 1;
        if (blocks % 2 > 0) Four((int*)(keys + last * blockLength), queries, headSize / 2, scores + last * GroupedAttention.BlockPositions, stride);
    }

    /// <summary>4 queries against one block of 32 keys. Nothing is requested ahead: it is the last block.</summary>
    private static void Four(int* keys, float* queries, int pairs, float* scores, long stride)
    {
        Vector512<float> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default;
        for (int pair = 0; pair < pairs; pair++, keys += GroupedAttention.BlockPositions, queries += 8)
        {
            Vector512<int> first = Vector512.Load(keys), second = Vector512.Load(keys + 16);
            Vector512<float> k = HalfPrecision.Lower(first), l = HalfPrecision.Lower(second), q;
            q = Vector512.Create(queries[0]);
            a0 = Vector512.FusedMultiplyAdd(q, k, a0);
            b0 = Vector512.FusedMultiplyAdd(q, l, b0);
            q = Vector512.Create(queries[1]);
            a1 = Vector512.FusedMultiplyAdd(q, k, a1);
            b1 = Vector512.FusedMultiplyAdd(q, l, b1);
            q = Vector512.Create(queries[2]);
            a2 = Vector512.FusedMultiplyAdd(q, k, a2);
            b2 = Vector512.FusedMultiplyAdd(q, l, b2);
            q = Vector512.Create(queries[3]);
            a3 = Vector512.FusedMultiplyAdd(q, k, a3);
            b3 = Vector512.FusedMultiplyAdd(q, l, b3);
            k = HalfPrecision.Upper(first);
            l = HalfPrecision.Upper(second);
            q = Vector512.Create(queries[4]);
            a0 = Vector512.FusedMultiplyAdd(q, k, a0);
            b0 = Vector512.FusedMultiplyAdd(q, l, b0);
            q = Vector512.Create(queries[5]);
            a1 = Vector512.FusedMultiplyAdd(q, k, a1);
            b1 = Vector512.FusedMultiplyAdd(q, l, b1);
            q = Vector512.Create(queries[6]);
            a2 = Vector512.FusedMultiplyAdd(q, k, a2);
            b2 = Vector512.FusedMultiplyAdd(q, l, b2);
            q = Vector512.Create(queries[7]);
            a3 = Vector512.FusedMultiplyAdd(q, k, a3);
            b3 = Vector512.FusedMultiplyAdd(q, l, b3);
        }
        Store(a0, b0, scores);
        Store(a1, b1, scores + stride);
        Store(a2, b2, scores + 2 * stride);
        Store(a3, b3, scores + 3 * stride);
    }

    /// <summary>4 queries against two blocks of 32 keys, each sum in the order of <see cref="Four"/>.</summary>
    private static void FourTwice(int* keys, int* others, float* queries, int pairs, float* scores, float* otherScores, long stride)
    {
        Vector512<float> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default;
        Vector512<float> c0 = default, d0 = default, c1 = default, d1 = default, c2 = default, d2 = default, c3 = default, d3 = default;
        for (int pair = 0; pair < pairs; pair++, keys += GroupedAttention.BlockPositions, others += GroupedAttention.BlockPositions, queries += 8)
        {
            Prefetch(keys);
            Prefetch(others);
            Vector512<int> first = Vector512.Load(keys), second = Vector512.Load(keys + 16), third = Vector512.Load(others), fourth = Vector512.Load(others + 16);
            Vector512<float> k = HalfPrecision.Lower(first), l = HalfPrecision.Lower(second), m = HalfPrecision.Lower(third), n = HalfPrecision.Lower(fourth), q;
            q = Vector512.Create(queries[0]);
            a0 = Vector512.FusedMultiplyAdd(q, k, a0);
            b0 = Vector512.FusedMultiplyAdd(q, l, b0);
            c0 = Vector512.FusedMultiplyAdd(q, m, c0);
            d0 = Vector512.FusedMultiplyAdd(q, n, d0);
            q = Vector512.Create(queries[1]);
            a1 = Vector512.FusedMultiplyAdd(q, k, a1);
            b1 = Vector512.FusedMultiplyAdd(q, l, b1);
            c1 = Vector512.FusedMultiplyAdd(q, m, c1);
            d1 = Vector512.FusedMultiplyAdd(q, n, d1);
            q = Vector512.Create(queries[2]);
            a2 = Vector512.FusedMultiplyAdd(q, k, a2);
            b2 = Vector512.FusedMultiplyAdd(q, l, b2);
            c2 = Vector512.FusedMultiplyAdd(q, m, c2);
            d2 = Vector512.FusedMultiplyAdd(q, n, d2);
            q = Vector512.Create(queries[3]);
            a3 = Vector512.FusedMultiplyAdd(q, k, a3);
            b3 = Vector512.FusedMultiplyAdd(q, l, b3);
            c3 = Vector512.FusedMultiplyAdd(q, m, c3);
            d3 = Vector512.FusedMultiplyAdd(q, n, d3);
            k = HalfPrecision.Upper(first);
            l = HalfPrecision.Upper(second);
            m = HalfPrecision.Upper(third);
            n = HalfPrecision.Upper(fourth);
            q = Vector512.Create(queries[4]);
            a0 = Vector512.FusedMultiplyAdd(q, k, a0);
            b0 = Vector512.FusedMultiplyAdd(q, l, b0);
            c0 = Vector512.FusedMultiplyAdd(q, m, c0);
            d0 = Vector512.FusedMultiplyAdd(q, n, d0);
            q = Vector512.Create(queries[5]);
            a1 = Vector512.FusedMultiplyAdd(q, k, a1);
            b1 = Vector512.FusedMultiplyAdd(q, l, b1);
            c1 = Vector512.FusedMultiplyAdd(q, m, c1);
            d1 = Vector512.FusedMultiplyAdd(q, n, d1);
            q = Vector512.Create(queries[6]);
            a2 = Vector512.FusedMultiplyAdd(q, k, a2);
            b2 = Vector512.FusedMultiplyAdd(q, l, b2);
            c2 = Vector512.FusedMultiplyAdd(q, m, c2);
            d2 = Vector512.FusedMultiplyAdd(q, n, d2);
            q = Vector512.Create(queries[7]);
            a3 = Vector512.FusedMultiplyAdd(q, k, a3);
            b3 = Vector512.FusedMultiplyAdd(q, l, b3);
            c3 = Vector512.FusedMultiplyAdd(q, m, c3);
            d3 = Vector512.FusedMultiplyAdd(q, n, d3);
        }
        Store(a0, b0, scores);
        Store(a1, b1, scores + stride);
        Store(a2, b2, scores + 2 * stride);
        Store(a3, b3, scores + 3 * stride);
        Store(c0, d0, otherScores);
        Store(c1, d1, otherScores + stride);
        Store(c2, d2, otherScores + 2 * stride);
        Store(c3, d3, otherScores + 3 * stride);
    }

    /// <summary>8 queries against one block of 32 keys.</summary>
    private static void Eight(int* keys, float* queries, int pairs, float* scores, long stride)
    {
        Vector512<float> a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default;
        Vector512<float> a4 = default, b4 = default, a5 = default, b5 = default, a6 = default, b6 = default, a7 = default, b7 = default;
        for (int pair = 0; pair < pairs; pair++, keys += GroupedAttention.BlockPositions, queries += 16)
        {
            Prefetch(keys);
            Vector512<int> first = Vector512.Load(keys), second = Vector512.Load(keys + 16);
            Vector512<float> k = HalfPrecision.Lower(first), l = HalfPrecision.Lower(second), q;
            q = Vector512.Create(queries[0]);
            a0 = Vector512.FusedMultiplyAdd(q, k, a0);
            b0 = Vector512.FusedMultiplyAdd(q, l, b0);
            q = Vector512.Create(queries[1]);
            a1 = Vector512.FusedMultiplyAdd(q, k, a1);
            b1 = Vector512.FusedMultiplyAdd(q, l, b1);
            q = Vector512.Create(queries[2]);
            a2 = Vector512.FusedMultiplyAdd(q, k, a2);
            b2 = Vector512.FusedMultiplyAdd(q, l, b2);
            q = Vector512.Create(queries[3]);
            a3 = Vector512.FusedMultiplyAdd(q, k, a3);
            b3 = Vector512.FusedMultiplyAdd(q, l, b3);
            q = Vector512.Create(queries[4]);
            a4 = Vector512.FusedMultiplyAdd(q, k, a4);
            b4 = Vector512.FusedMultiplyAdd(q, l, b4);
            q = Vector512.Create(queries[5]);
            a5 = Vector512.FusedMultiplyAdd(q, k, a5);
            b5 = Vector512.FusedMultiplyAdd(q, l, b5);
            q = Vector512.Create(queries[6]);
            a6 = Vector512.FusedMultiplyAdd(q, k, a6);
            b6 = Vector512.FusedMultiplyAdd(q, l, b6);
            q = Vector512.Create(queries[7]);
            a7 = Vector512.FusedMultiplyAdd(q, k, a7);
            b7 = Vector512.FusedMultiplyAdd(q, l, b7);
            k = HalfPrecision.Upper(first);
            l = HalfPrecision.Upper(second);
            q = Vector512.Create(queries[8]);
            a0 = Vector512.FusedMultiplyAdd(q, k, a0);
            b0 = Vector512.FusedMultiplyAdd(q, l, b0);
            q = Vector512.Create(queries[9]);
            a1 = Vector512.FusedMultiplyAdd(q, k, a1);
            b1 = Vector512.FusedMultiplyAdd(q, l, b1);
            q = Vector512.Create(queries[10]);
            a2 = Vector512.FusedMultiplyAdd(q, k, a2);
            b2 = Vector512.FusedMultiplyAdd(q, l, b2);
            q = Vector512.Create(queries[11]);
            a3 = Vector512.FusedMultiplyAdd(q, k, a3);
            b3 = Vector512.FusedMultiplyAdd(q, l, b3);
            q = Vector512.Create(queries[12]);
            a4 = Vector512.FusedMultiplyAdd(q, k, a4);
            b4 = Vector512.FusedMultiplyAdd(q, l, b4);
            q = Vector512.Create(queries[13]);
            a5 = Vector512.FusedMultiplyAdd(q, k, a5);
            b5 = Vector512.FusedMultiplyAdd(q, l, b5);
            q = Vector512.Create(queries[14]);
            a6 = Vector512.FusedMultiplyAdd(q, k, a6);
            b6 = Vector512.FusedMultiplyAdd(q, l, b6);
            q = Vector512.Create(queries[15]);
            a7 = Vector512.FusedMultiplyAdd(q, k, a7);
            b7 = Vector512.FusedMultiplyAdd(q, l, b7);
        }
        Store(a0, b0, scores);
        Store(a1, b1, scores + stride);
        Store(a2, b2, scores + 2 * stride);
        Store(a3, b3, scores + 3 * stride);
        Store(a4, b4, scores + 4 * stride);
        Store(a5, b5, scores + 5 * stride);
        Store(a6, b6, scores + 6 * stride);
        Store(a7, b7, scores + 7 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> first, Vector512<float> second, float* scores)
    {
        first.Store(scores);
        second.Store(scores + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(int* keys)
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch0((byte*)keys + PrefetchBytes);
        Sse.Prefetch0((byte*)keys + PrefetchBytes + 64);
    }
}
