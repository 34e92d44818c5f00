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
    private readonly long _dotsLength;
    private readonly long _floatsLength;
    private readonly long _scoresLength;

    public WorkerScratch(RunState state, int threads)
    {
        Threads = threads;
        ModelShape shape = state.Shape;
        // Two products side by side: gate and up.
        _dotsLength = 2 * RowSplit.LargestGrain(state.BatchCapacity);
        _floatsLength = Math.Max(
            RowSplit.LargestGrain(1),
            Math.Max((long)GroupedAttention.BlockPositions * shape.HeadSize, Math.Max(shape.FeedForwardLength, Math.Max(shape.EmbeddingLength, shape.QueryWidth))));
        _scoresLength = (long)AttentionTokens * shape.GroupSize * (state.PaddedContext + shape.HeadSize);
        _dots = new(threads * _dotsLength);
        _floats = new(threads * _floatsLength);
        _scores = new(threads * _scoresLength);
        _quantized = new(threads * _floatsLength);
    }

    public int Threads { get; }

    /// <summary>Two times the integer results of a grain.</summary>
    public int* Dots(int worker) => _dots.Pointer + worker * _dotsLength;

    /// <summary>A normalised token, a block of keys or values, or a few rows of results.</summary>
    public float* Floats(int worker) => _floats.Pointer + worker * _floatsLength;

    /// <summary>A quantised token in natural order.</summary>
    public sbyte* Quantized(int worker) => _quantized.Pointer + worker * _floatsLength;

    /// <summary>Attention: tokens × group × padded context scores, then tokens × group × head size queries.</summary>
    public float* Scores(int worker) => _scores.Pointer + worker * _scoresLength;

    public void Dispose()
    {
        _dots.Dispose();
        _floats.Dispose();
        _scores.Dispose();
        _quantized.Dispose();
    }
}
