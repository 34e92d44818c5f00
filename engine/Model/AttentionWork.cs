using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>Causal grouped-query attention of one layer; an item is one key/value head with up to
/// <see cref="WorkerScratch.AttentionTokens"/> tokens, so that each cached block is widened to f32 once for all of them.</summary>
internal sealed unsafe class AttentionWork : ParallelWork
{
    private const int Block = GroupedAttention.BlockPositions;

    private RunState _state = null!;
    private WorkerScratch _scratch = null!;
    private int _layer;
    private int _tokens;
    private int _tokenGroups;

    /// <summary>Sets the work; returns the number of items.</summary>
    public int Set(RunState state, WorkerScratch scratch, int layer, int tokens)
    {
        (_state, _scratch, _layer, _tokens) = (state, scratch, layer, tokens);
        _tokenGroups = (tokens + WorkerScratch.AttentionTokens - 1) / WorkerScratch.AttentionTokens;
        return _tokenGroups * state.Shape.KeyValueHeadCount;
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
        ModelShape shape = _state.Shape;
        int group = shape.GroupSize, headSize = shape.HeadSize;
        int rows = tokens * group;
        long stride = _state.PaddedContext;
        float* scores = _scratch.Scores(worker);
        float* queries = scores + WorkerScratch.AttentionTokens * group * stride;
        float* widened = _scratch.Floats(worker);
        GatherQueries(head, firstToken, tokens, queries);

        int lastPositions = _state.Position + firstToken + tokens;
        short* keys = _state.KeyCache.Pointer + _state.CacheOffset(_layer, head);
        for (int position = 0; position < lastPositions; position += Block)
        {
            HalfPrecision.ToSingle(keys + (long)position * headSize, widened, Block * headSize);
            GroupedAttention.ScoreBlock(widened, queries, rows, headSize, scores + position, stride);
        }

        float scale = 1f / MathF.Sqrt(headSize);
        for (int row = 0; row < rows; row++)
        {
            int positions = _state.Position + firstToken + row / group + 1;
            float* p = scores + row * stride;
            Softmax.Apply(p, positions, scale);
            // Decoding rounds probabilities to F16, a prompt does not (spec 4.4).
            if (_tokens == 1) HalfPrecision.Round(new Span<float>(p, positions));
            // Positions after this token, which the block of a later token reaches, have no weight.
            new Span<float>(p + positions, lastPositions - positions).Clear();
        }

        Mix(head, firstToken, tokens, lastPositions, scores, widened);
    }

    /// <summary>tokens × group query rows side by side, rounded to F16 as the reference's dot does.</summary>
    private void GatherQueries(int head, int firstToken, int tokens, float* queries)
    {
        ModelShape shape = _state.Shape;
        int width = shape.GroupSize * shape.HeadSize;
        for (int token = 0; token < tokens; token++)
        {
            Span<float> target = new(queries + (long)token * width, width);
            _state.Query.Span((long)(firstToken + token) * shape.QueryWidth + (long)head * width, width).CopyTo(target);
            HalfPrecision.Round(target);
        }
    }

    private void Mix(int head, int firstToken, int tokens, int positions, float* probabilities, float* widened)
    {
        ModelShape shape = _state.Shape;
        int group = shape.GroupSize, headSize = shape.HeadSize;
        long stride = _state.PaddedContext;
        float* mixed = _state.Mixed.Pointer + (long)firstToken * shape.QueryWidth + (long)head * group * headSize;
        for (int token = 0; token < tokens; token++) new Span<float>(mixed + (long)token * shape.QueryWidth, group * headSize).Clear();
        short* values = _state.ValueCache.Pointer + _state.CacheOffset(_layer, head);
        for (int position = 0; position < positions; position += Block)
        {
            int count = Math.Min(Block, positions - position);
            HalfPrecision.ToSingle(values + (long)position * headSize, widened, count * headSize);
            for (int token = 0; token < tokens; token++)
            {
                GroupedAttention.MixBlock(
                    widened, count, probabilities + (long)token * group * stride + position, stride, group, headSize,
                    mixed + (long)token * shape.QueryWidth, headSize);
            }
        }
    }
}
