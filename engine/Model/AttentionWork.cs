using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>Attention of one layer for a single token over the whole cache, bound by reading it. An item is a whole key/value head as
/// long as every worker gets as many; the heads left over are split, first into scores with a piece of the positions, then into the mix
/// of a chunk of dimensions over all positions. No sum is split, so the items may depend on the number of threads and the results do not.</summary>
internal sealed unsafe class AttentionWork : ParallelWork
{
    private const int Width = AttentionScores.Narrow;

    /// <summary>Blocks of keys in a piece at least: 64 KiB at a head size of 128. Less costs more to hand over than to compute.</summary>
    private const int SmallestPiece = 8;

    private RunState _state = null!;
    private WorkerScratch _scratch = null!;
    private int _layer;
    private int _blocks;
    private int _wholeHeads;
    private int _pieces;

    /// <summary>Per head that is split: pieces of scores not finished yet, then −1 once the probabilities are there.</summary>
    private int[] _pending = [];

    /// <summary>Sets the work; returns the number of items, to be handed out one by one.</summary>
    public int Set(RunState state, WorkerScratch scratch, int layer)
    {
        (_state, _scratch, _layer) = (state, scratch, layer);
        int heads = state.Shape.KeyValueHeadCount;
        _blocks = state.Position / GroupedAttention.BlockPositions + 1;
        _pieces = Math.Min(_blocks / SmallestPiece, scratch.Threads);
        _wholeHeads = _pieces < 2 ? heads : heads / scratch.Threads * scratch.Threads;
        if (_pending.Length != heads) _pending = new int[heads];
        Array.Fill(_pending, _pieces);
        return _wholeHeads + (heads - _wholeHeads) * (_pieces + GroupedAttention.Chunks(state.Shape.HeadSize));
    }

    public override void Execute(int begin, int end, int worker)
    {
        int scores = (_state.Shape.KeyValueHeadCount - _wholeHeads) * _pieces, chunks = GroupedAttention.Chunks(_state.Shape.HeadSize);
        for (int item = begin; item < end; item++)
        {
            int part = item - _wholeHeads;
            if (part < 0) Attend(item, worker);
            else if (part < scores) ScorePiece(_wholeHeads + part / _pieces, part % _pieces, worker);
            else MixChunk(_wholeHeads + (part - scores) / chunks, (part - scores) % chunks * GroupedAttention.ChunkDimensions, worker);
        }
    }

    private void Attend(int head, int worker)
    {
        Score(head, 0, _blocks, worker);
        TakeProbabilities(head);
        for (int dimension = 0; dimension < _state.Shape.HeadSize; dimension += GroupedAttention.ChunkDimensions) Mix(head, dimension, worker);
    }

    /// <summary>Who finishes a head's last piece goes on with its softmax.</summary>
    private void ScorePiece(int head, int piece, int worker)
    {
        Score(head, (int)((long)_blocks * piece / _pieces), (int)((long)_blocks * (piece + 1) / _pieces), worker);
        if (Interlocked.Decrement(ref _pending[head]) > 0) return;
        TakeProbabilities(head);
        Volatile.Write(ref _pending[head], -1);
    }

    private void MixChunk(int head, int dimension, int worker)
    {
        // Scores were all handed out before: whoever computes these is at work and waits for nobody.
        SpinWait wait = default;
        while (Volatile.Read(ref _pending[head]) >= 0) wait.SpinOnce(sleep1Threshold: -1);
        Mix(head, dimension, worker);
    }

    /// <summary>Scores of a head's queries with blocks [begin, end) of its keys.</summary>
    private void Score(int head, int begin, int end, int worker)
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
        for (int block = begin; block < end; block++)
        {
            int position = block * GroupedAttention.BlockPositions;
            for (int row = 0; row < group; row += Width)
            {
                AttentionScores.Block(
                    keys + (long)position * headSize, queries + (long)row * headSize, Width, headSize, scores + row * stride + position, stride);
            }
        }
    }

    private void TakeProbabilities(int head)
    {
        float* scores = _scratch.HeadScores(head);
        long stride = _state.PaddedContext;
        float scale = GroupedAttention.SumScale / MathF.Sqrt(_state.Shape.HeadSize);
        for (int row = 0; row < _state.Shape.GroupSize; row++)
        {
            // A single token's probabilities are rounded to F16, a prompt's are not (spec 4.4).
            Softmax.Apply(scores + row * stride, _state.Position + 1, scale, GroupedAttention.QueryScale, roundToHalf: true);
        }
    }

    private void Mix(int head, int dimension, int worker)
    {
        int headSize = _state.Shape.HeadSize, group = _state.Shape.GroupSize;
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
