using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>Layout of the F16 key/value cache of one key/value head, and what the query heads that share it have in common
/// (grouped-query attention, spec 4.4). Both caches hold pairs of F16 as 32-bit lanes, which
/// <see cref="HalfPrecision.Lower"/> and <see cref="HalfPrecision.Upper"/> widen.</summary>
/// <remarks>Keys: blocks of 32 positions; within a block, for each pair of dimensions, 32 lanes of one position each. So 16 scores are
/// computed at a time without horizontal sums. Values: chunks of 32 dimensions; within a chunk, one cache line a position, whose lane i
/// holds dimensions i and 16 + i. So a worker streams some dimensions over all positions and keeps their sums in registers.</remarks>
public static unsafe class GroupedAttention
{
    /// <summary>Positions in a block of the key cache.</summary>
    public const int BlockPositions = 32;

    /// <summary>Dimensions in a chunk of the value cache.</summary>
    public const int ChunkDimensions = 32;

    private const int Lanes = 16;

    /// <summary>Index of (position, dimension) within one head's key cache.</summary>
    public static long KeyIndex(int position, int dimension, int headSize) =>
        (long)(position / BlockPositions) * BlockPositions * headSize
        + dimension / 2 * (2 * BlockPositions) + position % BlockPositions * 2 + dimension % 2;

    /// <summary>Index of (position, dimension) within one head's value cache of <paramref name="capacity"/> positions.</summary>
    public static long ValueIndex(int position, int dimension, long capacity) =>
        (dimension / ChunkDimensions * capacity + position) * ChunkDimensions + dimension % Lanes * 2 + dimension % ChunkDimensions / Lanes;

    /// <summary>Chunks of values a head has.</summary>
    public static int Chunks(int headSize) => (headSize + ChunkDimensions - 1) / ChunkDimensions;

    /// <summary>Elements of one head's key or value cache.</summary>
    public static long CacheLength(long capacity, int headSize) => capacity * Chunks(headSize) * ChunkDimensions;

    /// <summary>Keys are stored rounded to F16.</summary>
    /// <param name="key">Head size values, a multiple of 16.</param>
    public static void StoreKey(ReadOnlySpan<float> key, short* cache, int position)
    {
        int* lane = (int*)(cache + KeyIndex(position, 0, key.Length));
        int* bits = stackalloc int[Lanes];
        fixed (float* source = key)
        {
            for (int d = 0; d < key.Length; d += Lanes)
            {
                HalfPrecision.ToHalfBits(Vector512.Load(source + d)).Store(bits);
                for (int i = 0; i < Lanes; i += 2, lane += BlockPositions) *lane = bits[i] | bits[i + 1] << 16;
            }
        }
    }

    /// <summary>Values are stored rounded to F16.</summary>
    /// <param name="value">Head size values, a multiple of 16.</param>
    public static void StoreValue(ReadOnlySpan<float> value, short* cache, int position, long capacity)
    {
        fixed (float* source = value)
        {
            for (int d = 0; d < value.Length; d += ChunkDimensions)
            {
                Vector512<int> lower = HalfPrecision.ToHalfBits(Vector512.Load(source + d));
                Vector512<int> upper = d + Lanes < value.Length ? HalfPrecision.ToHalfBits(Vector512.Load(source + d + Lanes)) : default;
                (lower | upper << 16).Store((int*)(cache + ValueIndex(position, d, capacity)));
            }
        }
    }

    /// <summary>Rounds queries to F16 as the reference's dot does, scales them and lays them side by side for a tile.</summary>
    /// <param name="query">One query row, head size values.</param>
    /// <param name="tile">headSize × width: row <paramref name="row"/> of the tile is filled.</param>
    public static void PackQuery(ReadOnlySpan<float> query, float* tile, int width, int row)
    {
        float* rounded = stackalloc float[Lanes];
        fixed (float* source = query)
        {
            for (int d = 0; d < query.Length; d += Lanes)
            {
                (HalfPrecision.Round(Vector512.Load(source + d)) * HalfPrecision.InputScale).Store(rounded);
                for (int i = 0; i < Lanes; i++) tile[(d + i) * width + row] = rounded[i];
            }
        }
    }
}
