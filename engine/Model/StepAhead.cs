using System.Runtime.Intrinsics.X86;
using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>Requests the gains of the next norm, which the first worker computes.</summary>
internal sealed unsafe class GainAhead : ReadAhead
{
    private float[] _gain = [];

    public GainAhead Of(float[] gain)
    {
        _gain = gain;
        return this;
    }

    public override void Request(int worker)
    {
        if (worker > 0) return;
        fixed (float* gain = _gain) CacheLines.Request(gain, (long)_gain.Length * sizeof(float));
    }
}

/// <summary>Requests the keys and values that one token's attention in a layer writes and reads first: the block of its position, and the first positions.
/// Each worker requests those of the heads it will begin with.</summary>
internal sealed unsafe class AttentionAhead : ReadAhead
{
    /// <summary>Of each chunk of values: 16 positions.</summary>
    private const int ValueBytes = 1024;

    private RunState _state = null!;
    private int _layer;
    private int _threads;

    public AttentionAhead Of(RunState state, int layer, int threads)
    {
        (_state, _layer, _threads) = (state, layer, threads);
        return this;
    }

    public override void Request(int worker)
    {
        ModelShape shape = _state.Shape;
        int heads = shape.KeyValueHeadCount;
        int block = _state.Position / GroupedAttention.BlockPositions;
        long blockElements = (long)GroupedAttention.BlockPositions * shape.HeadSize;
        for (long head = WorkerPool.ShareEnd(heads, worker - 1, _threads), end = WorkerPool.ShareEnd(heads, worker, _threads); head < end; head++)
        {
            short* keys = _state.KeyCache.Pointer + _state.CacheOffset(_layer, (int)head), values = _state.ValueCache.Pointer + _state.CacheOffset(_layer, (int)head);
            CacheLines.Request(keys + block * blockElements, blockElements * sizeof(short));
            if (block > 0) CacheLines.Request(keys, blockElements * sizeof(short));
            for (int chunk = 0; chunk < GroupedAttention.Chunks(shape.HeadSize); chunk++)
            {
                short* first = values + GroupedAttention.ValueIndex(0, chunk * GroupedAttention.ChunkDimensions, _state.PaddedContext);
                CacheLines.Request(first, ValueBytes);
                CacheLines.Request(first + (long)_state.Position * GroupedAttention.ChunkDimensions, 1);
            }
        }
    }
}

internal static unsafe class CacheLines
{
    private const int Line = 64;

    /// <summary>Requests the cache lines of a range without waiting for them.</summary>
    public static void Request(void* start, long bytes)
    {
        if (!Sse.IsSupported) return;
        for (byte* line = (byte*)start; line < (byte*)start + bytes; line += Line) Sse.Prefetch0(line);
    }
}
