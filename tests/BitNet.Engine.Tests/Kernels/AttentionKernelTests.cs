using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

/// <summary>Tiles of scores and mix, and the layout of the cache, against plain sums in double.</summary>
public unsafe class AttentionKernelTests
{
    private const int Capacity = 96;

    public static TheoryData<int> HeadSizes => [16, 48, 64, 80, 128];

    public static TheoryData<int, int> Tiles => new(
        from row in HeadSizes from width in new[] { AttentionScores.Narrow, AttentionScores.Wide } select (row.Data, width));

    private static float[] Draw(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1))];
    }

    [Theory]
    [MemberData(nameof(HeadSizes))]
    public void Every_position_and_dimension_has_a_place_of_its_own(int headSize)
    {
        HashSet<long> keys = [], values = [];
        for (int p = 0; p < Capacity; p++)
        {
            for (int d = 0; d < headSize; d++)
            {
                Assert.True(keys.Add(GroupedAttention.KeyIndex(p, d, headSize)));
                Assert.True(values.Add(GroupedAttention.ValueIndex(p, d, Capacity)));
            }
        }
        Assert.InRange(keys.Max(), 0, GroupedAttention.CacheLength(Capacity, headSize) - 1);
        Assert.InRange(values.Max(), 0, GroupedAttention.CacheLength(Capacity, headSize) - 1);
    }

    [Theory]
    [MemberData(nameof(HeadSizes))]
    public void Stored_keys_and_values_are_rounded_to_half_precision(int headSize)
    {
        using AlignedBuffer<short> keys = new(GroupedAttention.CacheLength(Capacity, headSize)), values = new(keys.Length);
        float[] stored = Draw(headSize, Capacity * headSize);
        for (int p = 0; p < Capacity; p++)
        {
            GroupedAttention.StoreKey(stored.AsSpan(p * headSize, headSize), keys.Pointer, p);
            GroupedAttention.StoreValue(stored.AsSpan(p * headSize, headSize), values.Pointer, p, Capacity);
        }
        for (int p = 0; p < Capacity; p++)
        {
            for (int d = 0; d < headSize; d++)
            {
                short expected = BitConverter.HalfToInt16Bits((Half)stored[p * headSize + d]);
                Assert.Equal(expected, keys.Pointer[GroupedAttention.KeyIndex(p, d, headSize)]);
                Assert.Equal(expected, values.Pointer[GroupedAttention.ValueIndex(p, d, Capacity)]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tiles))]
    public void Scores_and_mix_follow_their_sums(int headSize, int width)
    {
        const int Rows = 8;
        using AlignedBuffer<short> keyCache = new(GroupedAttention.CacheLength(Capacity, headSize)), valueCache = new(keyCache.Length);
        float[] keys = Draw(1, Capacity * headSize), values = Draw(2, Capacity * headSize), queries = Draw(3, Rows * headSize);
        for (int p = 0; p < Capacity; p++)
        {
            GroupedAttention.StoreKey(keys.AsSpan(p * headSize, headSize), keyCache.Pointer, p);
            GroupedAttention.StoreValue(values.AsSpan(p * headSize, headSize), valueCache.Pointer, p, Capacity);
        }
        float[] scores = Scores(keyCache.Pointer, queries, width, headSize);
        for (int row = 0; row < Rows; row++)
        {
            for (int p = 0; p < Capacity; p++)
            {
                double expected = Enumerable.Range(0, headSize).Sum(d => (double)(Half)queries[row * headSize + d] * (double)(Half)keys[p * headSize + d]);
                Assert.Equal(expected, scores[row * Capacity + p] * HalfPrecision.SumScale, 1e-5);
            }
        }

        float[] weights = Draw(4, Rows * Capacity);
        for (int positions = 1; positions <= Capacity; positions++)
        {
            float[] mixed = Mix(valueCache.Pointer, positions, weights, width, headSize);
            for (int row = 0; row < Rows; row++)
            {
                for (int d = 0; d < headSize; d++)
                {
                    double expected = Enumerable.Range(0, positions).Sum(p => weights[row * Capacity + p] * (double)(Half)values[p * headSize + d]);
                    Assert.Equal(expected, mixed[row * headSize + d], 1e-5);
                }
            }
        }
    }

    /// <summary>8 × capacity.</summary>
    private static float[] Scores(short* keys, float[] queries, int width, int headSize)
    {
        float[] scores = new float[8 * Capacity], tile = new float[width * headSize];
        for (int first = 0; first < 8; first += width)
        {
            fixed (float* t = tile, s = scores)
            {
                for (int row = 0; row < width; row++) GroupedAttention.PackQuery(queries.AsSpan((first + row) * headSize, headSize), t, width, row);
                for (int p = 0; p < Capacity; p += GroupedAttention.BlockPositions)
                {
                    AttentionScores.Block(keys + (long)p * headSize, t, width, headSize, s + first * Capacity + p, Capacity);
                }
            }
        }
        return scores;
    }

    /// <summary>8 × head size.</summary>
    private static float[] Mix(short* values, int positions, float[] weights, int width, int headSize)
    {
        float[] mixed = new float[8 * headSize], tile = new float[8 * GroupedAttention.ChunkDimensions];
        // Beyond the last position a pair's second half is read: its probability is zero.
        float[] scaled = [.. weights.Select((w, i) => i % Capacity < positions ? w * HalfPrecision.InputScale : 0f)];
        for (int first = 0; first < 8; first += width)
        {
            for (int d = 0; d < headSize; d += GroupedAttention.ChunkDimensions)
            {
                fixed (float* w = scaled, t = tile)
                {
                    AttentionMix.Chunk(
                        values + GroupedAttention.ValueIndex(0, d, Capacity), positions, w + first * Capacity, Capacity, width, t);
                }
                for (int row = 0; row < width; row++)
                {
                    tile.AsSpan(row * GroupedAttention.ChunkDimensions, Math.Min(GroupedAttention.ChunkDimensions, headSize - d))
                        .CopyTo(mixed.AsSpan((first + row) * headSize + d));
                }
            }
        }
        return mixed;
    }
}
