using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>Attention of one layer for a single token over the whole cache, bound by reading it. Items are first the scores of one
/// key/value head with a piece of the positions, then the mix of one head and chunk of dimensions over all positions. No sum is split,
/// so the pieces may depend on the number of threads and the results do not.</summary>
internal sealed unsafe class AttentionWork : ParallelWork
{
    private const int Width = AttentionScores.Narrow;

    /// <summary>Blocks of keys in a piece at least: 64 KiB at a head size of 128.</summary>
    private const int SmallestPiece = 8;

    private RunState _state = null!;
    private WorkerScratch _scratch = null!;
    private int _layer;
    private int _blocks;
    private int _pieces;

    /// <summary>Per head: pieces of scores not finished yet, then −1 once the probabilities are there.</summary>
    private int[] _pending = [];

    /// <summary>Sets the work; returns the number of items, to be handed out one by one.</summary>
    public int Set(RunState state, WorkerScratch scratch, int layer)
    {
        (_state, _scratch, _layer) = (state, scratch, layer);
        int heads = state.Shape.KeyValueHeadCount;
        _blocks = state.Position / GroupedAttention.BlockPositions + 1;
        _pieces = Math.Clamp(_blocks / SmallestPiece, 1, 2 * scratch.Threads);
        if (_pending.Length != heads) _pending = new int[heads];
        Array.Fill(_pending, _pieces);
        return heads * (_pieces + GroupedAttention.Chunks(state.Shape.HeadSize));
    }

    public override void Execute(int begin, int end, int worker)
    {
        int scores = _pieces * _state.Shape.KeyValueHeadCount, chunks = GroupedAttention.Chunks(_state.Shape.HeadSize);
        for (int item = begin; item < end; item++)
        {
            if (item < scores) Score(item / _pieces, item % _pieces, worker);
            else Mix((item - scores) / chunks, (item - scores) % chunks * GroupedAttention.ChunkDimensions, worker);
        }
    }

    private void Score(int head, int piece, int worker)
    {
        int headSize = _state.Shape.HeadSize, group = _state.Shape.GroupSize;
        long stride = _state.PaddedContext;
        float* scores = _scratch.HeadScores(head);
        float* queries = _scratch.Queries(worker);
        if (group % Width > 0) new Span<float>(queries + group / Width * Width * (long)headSize, Width * headSize).Clear();
        for (int row = 0; row < group; row++)
        {
            GroupedAttention.PackQuery(
                _state.Query.Span((long)(head * group + row) * headSize, headSize),
                queries + row / Width * Width * (long)headSize, Width, row % Width);
        }

        short* keys = _state.KeyCache.Pointer + _state.CacheOffset(_layer, head);
        int end = (int)((long)_blocks * (piece + 1) / _pieces) * GroupedAttention.BlockPositions;
        for (int position = (int)((long)_blocks * piece / _pieces) * GroupedAttention.BlockPositions; position < end; position += GroupedAttention.BlockPositions)
        {
            for (int row = 0; row < group; row += Width)
            {
                AttentionScores.Block(
                    keys + (long)position * headSize, queries + (long)row * headSize, Width, headSize, scores + row * stride + position, stride);
            }
        }
        // Who finishes a head's last piece goes on with its softmax, while the others begin the next head.
        if (Interlocked.Decrement(ref _pending[head]) > 0) return;
        float scale = GroupedAttention.SumScale / MathF.Sqrt(headSize);
        for (int row = 0; row < group; row++)
        {
            // A single token's probabilities are rounded to F16, a prompt's are not (spec 4.4).
            Softmax.Apply(scores + row * stride, _state.Position + 1, scale, GroupedAttention.QueryScale, roundToHalf: true);
        }
        Volatile.Write(ref _pending[head], -1);
    }

    private void Mix(int head, int dimension, int worker)
    {
        int headSize = _state.Shape.HeadSize, group = _state.Shape.GroupSize;
        // Scores were all handed out before: whoever computes these is at work and waits for nobody.
        SpinWait wait = default;
        while (Volatile.Read(ref _pending[head]) >= 0) wait.SpinOnce(sleep1Threshold: -1);

        long stride = _state.PaddedContext;
        float* tile = _scratch.Floats(worker);
        short* values = _state.ValueCache.Pointer + _state.CacheOffset(_layer, head) + GroupedAttention.ValueIndex(0, dimension, stride);
        int length = Math.Min(GroupedAttention.ChunkDimensions, headSize - dimension);
        for (int first = 0; first < group; first += Width)
        {
            AttentionMix.Chunk(values, _state.Position + 1, _scratch.HeadScores(head) + first * stride, stride, Width, tile);
            for (int row = first; row < Math.Min(first + Width, group); row++)
            {
                new Span<float>(tile + (row - first) * GroupedAttention.ChunkDimensions, length)
                    .CopyTo(_state.Mixed.Span((long)(head * group + row) * headSize + dimension, length));
            }
        }
    }
}
