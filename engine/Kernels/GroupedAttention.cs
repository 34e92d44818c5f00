using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>Scores and value mix of one key/value head with the query heads that share it (grouped-query attention, spec 4.4).
/// The key cache is kept in blocks of 16 positions, dimension-major, so that scores are computed 16 positions at a time without
/// horizontal sums; the value cache is position-major.</summary>
public static unsafe class GroupedAttention
{
    /// <summary>Positions in a block of the key cache.</summary>
    public const int BlockPositions = 16;

    /// <summary>Index of (position, dimension) within one head's key cache.</summary>
    public static long KeyIndex(int position, int dimension, int headSize) =>
        (long)(position / BlockPositions) * BlockPositions * headSize + (long)dimension * BlockPositions + position % BlockPositions;

    /// <summary>Keys are stored rounded to F16.</summary>
    public static void StoreKey(ReadOnlySpan<float> key, short* cache, int position)
    {
        for (int d = 0; d < key.Length; d++) cache[KeyIndex(position, d, key.Length)] = BitConverter.HalfToInt16Bits((Half)key[d]);
    }

    /// <summary>Values are stored rounded to F16.</summary>
    public static void StoreValue(ReadOnlySpan<float> value, short* cache, int position)
    {
        short* target = cache + (long)position * value.Length;
        for (int d = 0; d < value.Length; d++) target[d] = BitConverter.HalfToInt16Bits((Half)value[d]);
    }

    /// <summary>Unscaled scores of 16 positions for several query rows: scores[r · scoreStride + p] = Σ_d query[r][d] · key[p][d].</summary>
    /// <param name="keys">headSize × 16, f32 (one block, already widened).</param>
    /// <param name="queries">rows × headSize, rounded to F16 by the caller.</param>
    public static void ScoreBlock(float* keys, float* queries, int rows, int headSize, float* scores, long scoreStride)
    {
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            float* q0 = queries + (long)row * headSize, q1 = q0 + headSize, q2 = q1 + headSize, q3 = q2 + headSize;
            Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
            Vector512<float> t0 = default, t1 = default, t2 = default, t3 = default;
            for (int d = 0; d < headSize; d += 2)
            {
                Vector512<float> k = Vector512.Load(keys + d * BlockPositions);
                s0 = Vector512.FusedMultiplyAdd(Vector512.Create(q0[d]), k, s0);
                s1 = Vector512.FusedMultiplyAdd(Vector512.Create(q1[d]), k, s1);
                s2 = Vector512.FusedMultiplyAdd(Vector512.Create(q2[d]), k, s2);
                s3 = Vector512.FusedMultiplyAdd(Vector512.Create(q3[d]), k, s3);
                k = Vector512.Load(keys + (d + 1) * BlockPositions);
                t0 = Vector512.FusedMultiplyAdd(Vector512.Create(q0[d + 1]), k, t0);
                t1 = Vector512.FusedMultiplyAdd(Vector512.Create(q1[d + 1]), k, t1);
                t2 = Vector512.FusedMultiplyAdd(Vector512.Create(q2[d + 1]), k, t2);
                t3 = Vector512.FusedMultiplyAdd(Vector512.Create(q3[d + 1]), k, t3);
            }
            float* target = scores + row * scoreStride;
            (s0 + t0).Store(target);
            (s1 + t1).Store(target + scoreStride);
            (s2 + t2).Store(target + 2 * scoreStride);
            (s3 + t3).Store(target + 3 * scoreStride);
        }
        for (; row < rows; row++)
        {
            float* q = queries + (long)row * headSize;
            Vector512<float> s = default, t = default;
            for (int d = 0; d < headSize; d += 2)
            {
                s = Vector512.FusedMultiplyAdd(Vector512.Create(q[d]), Vector512.Load(keys + d * BlockPositions), s);
                t = Vector512.FusedMultiplyAdd(Vector512.Create(q[d + 1]), Vector512.Load(keys + (d + 1) * BlockPositions), t);
            }
            (s + t).Store(scores + row * scoreStride);
        }
    }

    /// <summary>output[r][d] += Σ_p probability[r · stride + p] · value[p][d] over <paramref name="positions"/> positions.</summary>
    /// <param name="values">positions × headSize, f32 (already widened).</param>
    public static void MixBlock(
        float* values, int positions, float* probabilities, long stride, int rows, int headSize, float* output, long outputStride)
    {
        for (int row = 0; row < rows; row++)
        {
            float* p = probabilities + row * stride;
            float* target = output + row * outputStride;
            int d = 0;
            for (; d + 64 <= headSize; d += 64)
            {
                Vector512<float> a = Vector512.Load(target + d), b = Vector512.Load(target + d + 16);
                Vector512<float> c = Vector512.Load(target + d + 32), e = Vector512.Load(target + d + 48);
                for (int i = 0; i < positions; i++)
                {
                    Vector512<float> weight = Vector512.Create(p[i]);
                    float* v = values + (long)i * headSize + d;
                    a = Vector512.FusedMultiplyAdd(weight, Vector512.Load(v), a);
                    b = Vector512.FusedMultiplyAdd(weight, Vector512.Load(v + 16), b);
                    c = Vector512.FusedMultiplyAdd(weight, Vector512.Load(v + 32), c);
                    e = Vector512.FusedMultiplyAdd(weight, Vector512.Load(v + 48), e);
                }
                a.Store(target + d);
                b.Store(target + d + 16);
                c.Store(target + d + 32);
                e.Store(target + d + 48);
            }
            for (; d < headSize; d += 16)
            {
                Vector512<float> a = Vector512.Load(target + d);
                for (int i = 0; i < positions; i++)
                {
                    a = Vector512.FusedMultiplyAdd(Vector512.Create(p[i]), Vector512.Load(values + (long)i * headSize + d), a);
                }
                a.Store(target + d);
            }
        }
    }
}
