using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>The buffers and the key/value cache of one generation; reusable after <see cref="Reset"/>. Not thread-safe.</summary>
public sealed unsafe class RunState : IDisposable
{
    private AlignedBuffer<sbyte> _activations;

    /// <param name="shape">The model's dimensions.</param>
    /// <param name="contextCapacity">Positions the cache holds, at most the model's context length.</param>
    /// <param name="batchCapacity">Tokens evaluated at once in a prompt.</param>
    /// <exception cref="EvaluationException">A capacity is out of range.</exception>
    public RunState(ModelShape shape, int contextCapacity, int batchCapacity = 128)
    {
        if (contextCapacity < 1 || contextCapacity > shape.ContextLength)
        {
            throw new EvaluationException($"context of {contextCapacity} positions asked for; the model allows 1 to {shape.ContextLength}");
        }
        if (batchCapacity < 1) throw new EvaluationException($"batch of {batchCapacity} tokens asked for; at least 1 is needed");
        Shape = shape;
        ContextCapacity = contextCapacity;
        BatchCapacity = Math.Min(batchCapacity, contextCapacity);
        long batch = BatchCapacity;
        PaddedContext = (contextCapacity + GroupedAttention.BlockPositions - 1) / GroupedAttention.BlockPositions * GroupedAttention.BlockPositions;
        Hidden = new(batch * shape.EmbeddingLength);
        _activations = new(batch * Widest(shape));
        QuantizedScales = new(batch);
        QuantizedSums = new(batch);
        Query = new(batch * shape.QueryWidth);
        Key = new(batch * shape.KeyValueWidth);
        Value = new(batch * shape.KeyValueWidth);
        Mixed = new(batch * shape.QueryWidth);
        Gate = new(batch * shape.FeedForwardLength);
        Final = new(batch * shape.EmbeddingLength);
        PreparedHead = new(batch * shape.EmbeddingLength);
        Logits = new(shape.VocabularySize);
        HeadCacheLength = GroupedAttention.CacheLength(PaddedContext, shape.HeadSize);
        long cache = HeadCacheLength * shape.KeyValueHeadCount * shape.BlockCount;
        KeyCache = new(cache);
        ValueCache = new(cache);
    }

    public ModelShape Shape { get; }
    public int ContextCapacity { get; }
    public int BatchCapacity { get; }

    /// <summary>Tokens evaluated so far; the next one gets this position.</summary>
    public int Position { get; internal set; }

    /// <summary>batch × embedding: the residual stream.</summary>
    internal AlignedBuffer<float> Hidden { get; }

    /// <summary>batch × <see cref="TernaryKernel.ActivationBytes"/> of the layer's input: int8 activations as the kernel reads them.</summary>
    internal sbyte* Activations => _activations.Pointer;

    /// <summary>Makes room for the activations of a kernel; keeps what is large enough.</summary>
    internal void Admit(TernaryKernel kernel)
    {
        long bytes = (long)BatchCapacity * kernel.ActivationBytes(Widest(Shape));
        if (_activations.Length >= bytes) return;
        _activations.Dispose();
        _activations = new(bytes);
    }

    private static int Widest(ModelShape shape) => Math.Max(Math.Max(shape.EmbeddingLength, shape.QueryWidth), shape.FeedForwardLength);

    /// <summary>batch: s of spec 3.1.</summary>
    internal AlignedBuffer<float> QuantizedScales { get; }

    /// <summary>batch: Σ q of spec 3.1.</summary>
    internal AlignedBuffer<int> QuantizedSums { get; }

    /// <summary>batch × query width.</summary>
    internal AlignedBuffer<float> Query { get; }

    /// <summary>batch × key/value width.</summary>
    internal AlignedBuffer<float> Key { get; }

    /// <summary>batch × key/value width.</summary>
    internal AlignedBuffer<float> Value { get; }

    /// <summary>batch × query width: attention's result over all heads.</summary>
    internal AlignedBuffer<float> Mixed { get; }

    /// <summary>batch × feed-forward length: max(g, 0)² · u.</summary>
    internal AlignedBuffer<float> Gate { get; }

    /// <summary>batch × embedding: after the last norm.</summary>
    internal AlignedBuffer<float> Final { get; }

    /// <summary>batch × embedding: <see cref="HalfHead.Prepare"/>'s form of it.</summary>
    internal AlignedBuffer<float> PreparedHead { get; }

    /// <summary>vocabulary.</summary>
    internal AlignedBuffer<float> Logits { get; }

    /// <summary>layers × key/value heads × head cache length, F16, in the order of <see cref="GroupedAttention.KeyIndex"/>.</summary>
    internal HugePageBuffer<short> KeyCache { get; }

    /// <summary>layers × key/value heads × head cache length, F16, in the order of <see cref="GroupedAttention.ValueIndex"/>.</summary>
    internal HugePageBuffer<short> ValueCache { get; }

    /// <summary>Context capacity, up to a whole number of key blocks.</summary>
    internal int PaddedContext { get; }

    /// <summary>Elements of one head's cache in one layer.</summary>
    internal long HeadCacheLength { get; }

    /// <summary>Scratch of the workers; made when a transformer first uses this state.</summary>
    internal WorkerScratch? Scratch { get; private set; }

    internal WorkerScratch ScratchFor(int threads)
    {
        if (Scratch is { } existing && existing.Threads >= threads) return existing;
        Scratch?.Dispose();
        return Scratch = new WorkerScratch(this, threads);
    }

    internal long CacheOffset(int layer, int head) => ((long)layer * Shape.KeyValueHeadCount + head) * HeadCacheLength;

    /// <summary>Forgets all tokens; buffers are kept.</summary>
    public void Reset() => Position = 0;

    /// <summary>Forgets the tokens from <paramref name="position"/> on.</summary>
    public void Rewind(int position)
    {
        if (position < 0 || position > Position)
        {
            throw new EvaluationException($"cannot go back to position {position}; {Position} tokens have been evaluated");
        }
        Position = position;
    }

    public void Dispose()
    {
        IDisposable?[] buffers =
        [
            Hidden, _activations, QuantizedScales, QuantizedSums, Query, Key, Value, Mixed, Gate, Final, PreparedHead, Logits, KeyCache, ValueCache, Scratch,
        ];
        foreach (IDisposable? buffer in buffers) buffer?.Dispose();
    }
}

/// <summary>An evaluation cannot be done as asked: empty input, token id out of range, context full. One line.</summary>
public sealed class EvaluationException(string message) : Exception(message);
