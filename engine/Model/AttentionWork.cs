using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>Attention of one layer for a single token over the whole cache, bound by reading it. After a short context an item is a whole
/// key/value head; after a long one there are two steps: scores of a head with a piece of the positions, then the mix of a head's values in a
/// chunk of dimensions over all positions. No sum is split, so the items may depend on the number of threads and the results do not.</summary>
internal sealed unsafe class AttentionWork : ParallelWork
{
    private const int Width = AttentionScores.Narrow;

    /// <summary>Blocks of keys in a piece at least: 32 KiB at a head size of 128. Below, a second step costs more than uneven shares.</summary>
    private const int SmallestPiece = 4;

    private RunState _state = null!;
    private WorkerScratch _scratch = null!;
    private Step _step;
    private int _layer;
    private int _blocks;
    private int _pieces;

    /// <summary>Per head: pieces of scores not finished yet.</summary>
    private int[] _pending = [];

    private enum Step { WholeHeads, Scores, Mix }

    /// <summary>Attention of the state's token at its position, from the queries to the mixed values.</summary>
    public void Run(WorkerPool pool, RunState state, WorkerScratch scratch, int layer, ReadAhead? ahead = null)
    {
        (_state, _scratch, _layer) = (state, scratch, layer);
        int heads = state.Shape.KeyValueHeadCount;
        _blocks = state.Position / GroupedAttention.BlockPositions + 1;
        _pieces = Math.Min(_blocks / SmallestPiece, pool.Threads);
        if (_pieces < 2)
        {
            _step = Step.WholeHeads;
            pool.Run(this, heads, 1, 1, ahead);
            return;
        }
        if (_pending.Length != heads) _pending = new int[heads];
        Array.Fill(_pending, _pieces);
        _step = Step.Scores;
        pool.Run(this, heads * _pieces, 1);
        _step = Step.Mix;
        pool.Run(this, heads * GroupedAttention.Chunks(state.Shape.HeadSize), 1, 1, ahead);
    }

    public override void Execute(int begin, int end, int worker)
    {
        int chunks = GroupedAttention.Chunks(_state.Shape.HeadSize);
        for (int item = begin; item < end; item++)
        {
            switch (_step)
            {
                case Step.Scores:
                    ScorePiece(item / _pieces, item % _pieces, worker);
                    break;
                case Step.Mix:
                    Mix(item / chunks, item % chunks * GroupedAttention.ChunkDimensions, worker);
                    break;
                default:
                    Score(item, 0, _blocks, worker);
                    TakeProbabilities(item);
                    for (int chunk = 0; chunk < chunks; chunk++) Mix(item, chunk * GroupedAttention.ChunkDimensions, worker);
                    break;
            }
        }
    }

    /// <summary>Who finishes a head's last piece goes on with its softmax.</summary>
    private void ScorePiece(int head, int piece, int worker)
    {
        Score(head, (int)((long)_blocks * piece / _pieces), (int)((long)_blocks * (piece + 1) / _pieces), worker);
        if (Interlocked.Decrement(ref _pending[head]) == 0) TakeProbabilities(head);
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

        int position = begin * GroupedAttention.BlockPositions;
        short* keys = _state.KeyCache.Pointer + _state.CacheOffset(_layer, head) + (long)position * headSize;
        for (int row = 0; row < group; row += Width)
        {
            AttentionScores.Blocks(keys, end - begin, queries + (long)row * headSize, headSize, scores + row * stride + position, stride);
        }
    }

    private void TakeProbabilities(int head)
    {
        float* scores = _scratch.HeadScores(head);
        long stride = _state.PaddedContext;
        float scale = HalfPrecision.SumScale / MathF.Sqrt(_state.Shape.HeadSize);
        for (int row = 0; row < _state.Shape.GroupSize; row++)
        {
            // A single token's probabilities are rounded to F16, a prompt's are not (spec 4.4).
            Softmax.Apply(scores + row * stride, _state.Position + 1, scale, HalfPrecision.InputScale, roundToHalf: true);
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
