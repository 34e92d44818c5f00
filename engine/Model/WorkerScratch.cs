using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>Memory each worker has to itself.</summary>
internal sealed unsafe class WorkerScratch : IDisposable
{
    /// <summary>Tokens of a prompt whose attention is computed together.</summary>
    public const int AttentionTokens = 8;

    private readonly AlignedBuffer<int> _dots;
    private readonly AlignedBuffer<float> _floats;
    private readonly AlignedBuffer<float> _scores;
    private readonly AlignedBuffer<sbyte> _quantized;
    private readonly AlignedBuffer<float> _queries;
    private readonly AlignedBuffer<float> _headScores;
    private readonly long _dotsLength;
    private readonly long _floatsLength;
    private readonly long _scoresLength;
    private readonly long _queriesLength;
    private readonly long _headScoresLength;

    public WorkerScratch(RunState state, int threads)
    {
        Threads = threads;
        ModelShape shape = state.Shape;
        // Two products side by side: gate and up.
        int widest = Math.Max(shape.FeedForwardLength, Math.Max(shape.EmbeddingLength, shape.QueryWidth));
        _dotsLength = 2 * RowSplit.LargestGrain(widest, state.BatchCapacity);
        _floatsLength = Math.Max((long)AttentionScores.Wide * GroupedAttention.ChunkDimensions, widest);
        long rows = Math.Min(AttentionTokens, state.BatchCapacity) * (long)shape.GroupSize + AttentionScores.Wide - 1;
        _scoresLength = rows / AttentionScores.Wide * AttentionScores.Wide * state.PaddedContext;
        _queriesLength = rows / AttentionScores.Wide * AttentionScores.Wide * shape.HeadSize;
        _headScoresLength = (shape.GroupSize + AttentionScores.Narrow - 1L) / AttentionScores.Narrow * AttentionScores.Narrow * state.PaddedContext;
        _dots = new(threads * _dotsLength);
        _floats = new(threads * _floatsLength);
        _scores = new(threads * _scoresLength);
        _queries = new(threads * _queriesLength);
        _headScores = new(shape.KeyValueHeadCount * _headScoresLength);
        _quantized = new(threads * _floatsLength);
    }

    public int Threads { get; }

    /// <summary>Two times the integer results of a grain.</summary>
    public int* Dots(int worker) => _dots.Pointer + worker * _dotsLength;

    /// <summary>A normalised token, or a tile of attention's result.</summary>
    public float* Floats(int worker) => _floats.Pointer + worker * _floatsLength;

    /// <summary>A quantised token in natural order.</summary>
    public sbyte* Quantized(int worker) => _quantized.Pointer + worker * _floatsLength;

    /// <summary>Attention of a prompt: tokens × group rows (up to whole tiles) × padded context scores.</summary>
    public float* Scores(int worker) => _scores.Pointer + worker * _scoresLength;

    /// <summary>Attention: tiles of queries, see <see cref="GroupedAttention.PackQuery"/>.</summary>
    public float* Queries(int worker) => _queries.Pointer + worker * _queriesLength;

    /// <summary>Attention of one token, shared by all workers: a key/value head's group (up to whole tiles) × padded context scores.</summary>
    public float* HeadScores(int head) => _headScores.Pointer + head * _headScoresLength;

    public void Dispose()
    {
        _dots.Dispose();
        _floats.Dispose();
        _scores.Dispose();
        _quantized.Dispose();
        _queries.Dispose();
        _headScores.Dispose();
    }
}
