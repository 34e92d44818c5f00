using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>Causal grouped-query attention of one layer for a prompt's tokens; an item is one key/value head with up to
/// <see cref="WorkerScratch.AttentionTokens"/> tokens, whose query rows share each cached block while it is in L1.</summary>
internal sealed unsafe class PromptAttentionWork : ParallelWork
{
    private const int Width = AttentionScores.Wide;

    private RunState _state = null!;
    private WorkerScratch _scratch = null!;
    private int _layer;
    private int _tokens;

    /// <summary>Sets the work; returns the number of items.</summary>
    public int Set(RunState state, WorkerScratch scratch, int layer, int tokens)
    {
        (_state, _scratch, _layer, _tokens) = (state, scratch, layer, tokens);
        return (tokens + WorkerScratch.AttentionTokens - 1) / WorkerScratch.AttentionTokens * state.Shape.KeyValueHeadCount;
    }

    public override void Execute(int begin, int end, int worker)
    {
        for (int item = begin; item < end; item++)
        {
            int first = item / _state.Shape.KeyValueHeadCount * WorkerScratch.AttentionTokens;
            Attend(item % _state.Shape.KeyValueHeadCount, first, Math.Min(WorkerScratch.AttentionTokens, _tokens - first), worker);
        }
    }

    private void Attend(int head, int firstToken, int tokens, int worker)
    {
        int headSize = _state.Shape.HeadSize, rows = tokens * _state.Shape.GroupSize;
        long stride = _state.PaddedContext;
        float* scores = _scratch.Scores(worker);
        float* queries = _scratch.Queries(worker);
        PackQueries(head, firstToken, rows, queries);

        int last = Positions(firstToken, rows - 1);
        short* keys = _state.KeyCache.Pointer + _state.CacheOffset(_layer, head);
        for (int position = 0; position < last; position += GroupedAttention.BlockPositions)
        {
            for (int row = 0; row < rows; row += Width)
            {
                AttentionScores.Block(
                    keys + (long)position * headSize, queries + (long)row * headSize, Width, headSize, scores + row * stride + position, stride);
            }
        }

        float scale = HalfPrecision.SumScale / MathF.Sqrt(headSize);
        for (int row = 0; row < rows; row++)
        {
            int positions = Positions(firstToken, row);
            float* p = scores + row * stride;
            Softmax.Apply(p, positions, scale, HalfPrecision.InputScale, roundToHalf: false);
            // Positions after this token, which the rows of a later token reach, have no weight.
            new Span<float>(p + positions, last - positions).Clear();
        }

        Mix(head, firstToken, rows, scores, _scratch.Floats(worker));
    }

    /// <summary>Positions that a row's token sees.</summary>
    private int Positions(int firstToken, int row) => _state.Position + firstToken + row / _state.Shape.GroupSize + 1;

    /// <summary>Tiles of headSize × <see cref="Width"/>; rows of the last one that have no query are zero.</summary>
    private void PackQueries(int head, int firstToken, int rows, float* queries)
    {
        ModelShape shape = _state.Shape;
        int group = shape.GroupSize, headSize = shape.HeadSize;
        if (rows % Width > 0) new Span<float>(queries + rows / Width * Width * (long)headSize, Width * headSize).Clear();
        for (int row = 0; row < rows; row++)
        {
            long source = (long)(firstToken + row / group) * shape.QueryWidth + (long)(head * group + row % group) * headSize;
            GroupedAttention.PackQuery(
                _state.Query.Span(source, headSize), queries + row / Width * Width * (long)headSize, Width, row % Width);
        }
    }

    private void Mix(int head, int firstToken, int rows, float* probabilities, float* tile)
    {
        ModelShape shape = _state.Shape;
        int group = shape.GroupSize, headSize = shape.HeadSize;
        short* values = _state.ValueCache.Pointer + _state.CacheOffset(_layer, head);
        for (int dimension = 0; dimension < headSize; dimension += GroupedAttention.ChunkDimensions)
        {
            short* chunk = values + GroupedAttention.ValueIndex(0, dimension, _state.PaddedContext);
            for (int first = 0; first < rows; first += Width)
            {
                int count = Math.Min(Width, rows - first);
                AttentionMix.Chunk(
                    chunk, Positions(firstToken, first + count - 1), probabilities + first * (long)_state.PaddedContext, _state.PaddedContext,
                    Width, tile);
                for (int row = first; row < first + count; row++)
                {
                    long target = (long)(firstToken + row / group) * shape.QueryWidth + (long)(head * group + row % group) * headSize + dimension;
                    int length = Math.Min(GroupedAttention.ChunkDimensions, headSize - dimension);
                    new Span<float>(tile + (row - first) * GroupedAttention.ChunkDimensions, length).CopyTo(_state.Mixed.Span(target, length));
                }
            }
        }
    }
}
