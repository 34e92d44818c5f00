using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>The forward pass of BitNet b1.58 2B-4T, in the order of spec section 4.1, profile A. One evaluation at a time; the
/// weights may be shared with other transformers. Evaluating one token allocates nothing. Owns the buffers of its head, neither weights nor pool.</summary>
public sealed unsafe class Transformer : IDisposable
{
    private readonly WorkerPool _pool;
    private readonly IReadOnlyList<LayerWeights> _layers;
    private readonly NormQuantizeWork _norm;
    private readonly LinearWork _linear;
    private readonly GateUpWork _gateUp;
    private readonly RotaryEmbedding _rotary;
    private readonly RopeWork _rope;
    private readonly AttentionWork _attention = new();
    private readonly PromptAttentionWork _promptAttention = new();
    private readonly HeadWork _head = new();
    private readonly GainAhead _gainAhead = new();
    private readonly AttentionAhead _attentionAhead = new();
    private ScreenedHead? _screened;

    public Transformer(ModelWeights weights, TernaryKernel kernel, WorkerPool pool)
    {
        Weights = weights;
        Kernel = kernel;
        _layers = weights.In(kernel.Format).Layers;
        _pool = pool;
        _norm = new(kernel);
        _linear = new(kernel);
        _gateUp = new(kernel);
        // Tabulated as far as a state reaches: a file may claim any context length.
        _rotary = new RotaryEmbedding(weights.Shape.RopeDimensions, weights.Shape.RopeBase);
        _rope = new(_rotary);
    }

    public ModelWeights Weights { get; }

    public TernaryKernel Kernel { get; }

    public int Threads => _pool.Threads;

    /// <summary>Where not null, all logits come from it and are not exact.</summary>
    public LossyHead? LossyHead { get; private init; }

    /// <summary>A transformer whose logits come from the head in a lossy format.</summary>
    /// <param name="scalarHead">The head one weight at a time, to hold the vector form against.</param>
    /// <exception cref="ArgumentOutOfRangeException">The embedding is no whole number of the format's blocks.</exception>
    public static Transformer WithLossyHead(ModelWeights weights, TernaryKernel kernel, WorkerPool pool, LossyHeadFormat format, bool scalarHead = false) =>
        new(weights, kernel, pool) { LossyHead = new LossyHead(weights.HeadIn(format), pool, scalarHead) };

    /// <summary>Appends tokens to the state and returns the last one's logits (vocabulary values, valid until the next call).</summary>
    /// <exception cref="EvaluationException">No tokens, an id outside the vocabulary, or no room in the context.</exception>
    public ReadOnlySpan<float> Forward(RunState state, ReadOnlySpan<int> tokens)
    {
        NoPhaseObserver observer = default;
        return Forward(state, tokens, ref observer);
    }

    /// <inheritdoc cref="Forward(RunState, ReadOnlySpan{int})"/>
    public ReadOnlySpan<float> Forward<TObserver>(RunState state, ReadOnlySpan<int> tokens, scoped ref TObserver observer)
        where TObserver : struct, IPhaseObserver
    {
        int last = AllLayers(state, tokens, ref observer);
        observer.Begin(EnginePhase.Logits);
        Head(state, firstRow: last, rows: 1, state.Logits.Pointer);
        observer.End(EnginePhase.Logits);
        return state.Logits.Span(0, Weights.Shape.VocabularySize);
    }

    /// <summary>Appends tokens to the state and returns the last one's <paramref name="count"/> best logits, best first: the very
    /// values <see cref="Forward(RunState, ReadOnlySpan{int})"/> gives, at half its head's bytes where that head is exact. Valid until the next call.</summary>
    /// <exception cref="EvaluationException">As for Forward, or a logit is NaN.</exception>
    public ReadOnlySpan<RankedLogit> ForwardTop(RunState state, ReadOnlySpan<int> tokens, int count)
    {
        NoPhaseObserver observer = default;
        return ForwardTop(state, tokens, count, ref observer);
    }

    /// <inheritdoc cref="ForwardTop(RunState, ReadOnlySpan{int}, int)"/>
    public ReadOnlySpan<RankedLogit> ForwardTop<TObserver>(RunState state, ReadOnlySpan<int> tokens, int count, scoped ref TObserver observer)
        where TObserver : struct, IPhaseObserver
    {
        int last = AllLayers(state, tokens, ref observer);
        if (LossyHead is { } lossy)
        {
            observer.Begin(EnginePhase.Logits);
            Head(state, firstRow: last, rows: 1, state.Logits.Pointer);
            ReadOnlySpan<RankedLogit> ranked = lossy.Best(state.Logits.Span(0, Weights.Shape.VocabularySize), count);
            observer.End(EnginePhase.Logits);
            return ranked;
        }
        _screened ??= new ScreenedHead(Weights.Embedding, Weights.Screening, _pool);
        observer.Begin(EnginePhase.Logits);
        FinalNorm(state, firstRow: last, rows: 1);
        ReadOnlySpan<RankedLogit> best = _screened.Top(state.Final.Span(0, Weights.Shape.EmbeddingLength), count);
        observer.End(EnginePhase.Logits);
        return best;
    }

    /// <summary>Appends tokens and writes every position's logits, tokens × vocabulary.</summary>
    /// <exception cref="EvaluationException">As for Forward, or <paramref name="logits"/> has another length.</exception>
    public void ForwardAll(RunState state, ReadOnlySpan<int> tokens, Span<float> logits)
    {
        Check(state, tokens);
        long vocabulary = Weights.Shape.VocabularySize;
        if (logits.Length != vocabulary * tokens.Length)
        {
            throw new EvaluationException($"room for {logits.Length} logits; {tokens.Length} tokens × {vocabulary} are needed");
        }
        NoPhaseObserver observer = default;
        fixed (float* first = logits)
        {
            float* target = first;
            while (tokens.Length > 0)
            {
                ReadOnlySpan<int> batch = tokens[..BatchOf(tokens.Length, state.BatchCapacity)];
                tokens = tokens[batch.Length..];
                Layers(state, batch, keep: batch.Length, ref observer);
                Head(state, firstRow: 0, rows: batch.Length, target);
                target += batch.Length * vocabulary;
                state.Position += batch.Length;
            }
        }
    }

    /// <summary>How many of the remaining tokens of a prompt are evaluated together: as many as fit, but no single one is left over,
    /// which would be rounded as a generated token is (spec 4.4 and 4.5).</summary>
    public static int BatchOf(int remaining, int capacity)
    {
        int batch = Math.Min(remaining, capacity);
        return remaining - batch == 1 && batch > 2 ? batch - 1 : batch;
    }

    /// <summary>Evaluates tokens up to the head and returns the last one's row of the residual stream.</summary>
    private int AllLayers<TObserver>(RunState state, ReadOnlySpan<int> tokens, ref TObserver observer) where TObserver : struct, IPhaseObserver
    {
        Check(state, tokens);
        int last = 0;
        while (tokens.Length > 0)
        {
            ReadOnlySpan<int> batch = tokens[..BatchOf(tokens.Length, state.BatchCapacity)];
            tokens = tokens[batch.Length..];
            // Of the last layer only the last token is needed, and of earlier batches only their keys and values.
            Layers(state, batch, keep: 1, ref observer);
            state.Position += batch.Length;
            last = batch.Length - 1;
        }
        return last;
    }

    private void Check(RunState state, ReadOnlySpan<int> tokens)
    {
        if (!ReferenceEquals(state.Shape, Weights.Shape) && state.Shape != Weights.Shape)
        {
            throw new EvaluationException("the run state was made for a model of another shape");
        }
        if (tokens.IsEmpty) throw new EvaluationException("no tokens to evaluate; at least one is needed");
        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)Weights.Shape.VocabularySize)
            {
                throw new EvaluationException($"token id {token} is out of range; the vocabulary has ids 0 to {Weights.Shape.VocabularySize - 1}");
            }
        }
        if (tokens.Length > state.ContextCapacity - state.Position)
        {
            throw new EvaluationException(
                $"context overflow: {state.Position} + {tokens.Length} tokens, the context holds {state.ContextCapacity}");
        }
    }

    /// <summary>All layers for one batch. After the last layer's attention only the last <paramref name="keep"/> tokens go on;
    /// their rows of the residual stream stay in place.</summary>
    private void Layers<TObserver>(RunState state, ReadOnlySpan<int> batch, int keep, ref TObserver observer)
        where TObserver : struct, IPhaseObserver
    {
        _rotary.Tabulate(state.ContextCapacity);
        observer.Begin(EnginePhase.Embed);
        Embed(state, batch);
        observer.End(EnginePhase.Embed);

        observer.Begin(EnginePhase.Forward);
        WorkerScratch scratch = state.ScratchFor(_pool.Threads);
        state.Admit(Kernel);
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            int kept = layer == _layers.Count - 1 ? keep : batch.Length;
            Attention(state, scratch, _layers[layer], layer, batch.Length, kept, ref observer);
            float[] nextNorm = layer == _layers.Count - 1 ? Weights.OutputNorm : _layers[layer + 1].AttentionNorm;
            FeedForward(state, scratch, _layers[layer], nextNorm, batch.Length - kept, kept, ref observer);
        }
        observer.End(EnginePhase.Forward);
    }

    /// <summary>x = the tokens' embedding rows, F16 to F32 exactly.</summary>
    private void Embed(RunState state, ReadOnlySpan<int> batch)
    {
        int width = Weights.Shape.EmbeddingLength;
        for (int i = 0; i < batch.Length; i++)
        {
            HalfPrecision.ToSingle(Weights.Embedding + (long)batch[i] * width, state.Hidden.Pointer + (long)i * width, width);
        }
    }

    private void Attention<TObserver>(
        RunState state, WorkerScratch scratch, LayerWeights layer, int index, int tokens, int kept, ref TObserver observer)
        where TObserver : struct, IPhaseObserver
    {
        ModelShape shape = Weights.Shape;
        observer.Begin(EnginePhase.AttentionProjection);
        NormQuantize(state, scratch, state.Hidden.Pointer, layer.AttentionNorm, tokens);
        int rows = _linear.Set(
            state, scratch, tokens,
            new LinearTarget(layer.Query, state.Query.Pointer, shape.QueryWidth),
            new LinearTarget(layer.Key, state.Key.Pointer, shape.KeyValueWidth),
            new LinearTarget(layer.Value, state.Value.Pointer, shape.KeyValueWidth));
        Run(_linear, rows, _linear.Split, _attentionAhead.Of(state, index, Threads));
        observer.End(EnginePhase.AttentionProjection);

        observer.Begin(EnginePhase.Rope);
        int items = _rope.Set(state, index, tokens);
        _pool.Run(_rope, items, TokenGrain(items));
        observer.End(EnginePhase.Rope);

        observer.Begin(EnginePhase.Attention);
        if (tokens == 1) _attention.Run(_pool, state, scratch, index, _gainAhead.Of(layer.AttentionSubNorm));
        else _pool.Run(_promptAttention, _promptAttention.Set(state, scratch, index, tokens), 1);
        observer.End(EnginePhase.Attention);

        observer.Begin(EnginePhase.AttentionOutput);
        int first = tokens - kept;
        NormQuantize(state, scratch, state.Mixed.Pointer + (long)first * shape.QueryWidth, layer.AttentionSubNorm, kept);
        rows = _linear.Set(state, scratch, kept, Residual(state, layer.AttentionOutput, first));
        Run(_linear, rows, _linear.Split, _gainAhead.Of(layer.FeedForwardNorm));
        observer.End(EnginePhase.AttentionOutput);
    }

    private void FeedForward<TObserver>(
        RunState state, WorkerScratch scratch, LayerWeights layer, float[] nextNorm, int first, int kept, ref TObserver observer)
        where TObserver : struct, IPhaseObserver
    {
        ModelShape shape = Weights.Shape;
        observer.Begin(EnginePhase.FeedForwardGateUp);
        NormQuantize(state, scratch, state.Hidden.Pointer + (long)first * shape.EmbeddingLength, layer.FeedForwardNorm, kept);
        int rows = _gateUp.Set(state, scratch, kept, layer.Gate, layer.Up);
        Run(_gateUp, rows, _gateUp.Split, _gainAhead.Of(layer.FeedForwardSubNorm));
        observer.End(EnginePhase.FeedForwardGateUp);

        observer.Begin(EnginePhase.FeedForwardDown);
        NormQuantize(state, scratch, state.Gate.Pointer, layer.FeedForwardSubNorm, kept);
        rows = _linear.Set(state, scratch, kept, Residual(state, layer.Down, first));
        Run(_linear, rows, _linear.Split, _gainAhead.Of(nextNorm));
        observer.End(EnginePhase.FeedForwardDown);
    }

    /// <summary>x += W h, for the rows of the residual stream from <paramref name="first"/> on.</summary>
    private LinearTarget Residual(RunState state, TernaryMatrix matrix, int first) =>
        new(matrix, state.Hidden.Pointer + (long)first * Weights.Shape.EmbeddingLength, Weights.Shape.EmbeddingLength, addToOutput: true);

    /// <param name="ahead">Asked only where there is a wait to use: for one token, with other workers.</param>
    private void Run(ParallelWork work, int items, in RowSplit split, ReadAhead ahead) =>
        _pool.Run(work, items, split.Grain(Threads), split.Unit, split.Tokens == 1 && Threads > 1 ? ahead : null);

    private void NormQuantize(RunState state, WorkerScratch scratch, float* source, float[] gain, int tokens)
    {
        _norm.Set(state, scratch, source, gain);
        _pool.Run(_norm, tokens, TokenGrain(tokens));
    }

    /// <summary>Last norm and logits of the residual stream's rows [firstRow, firstRow + rows).</summary>
    private void Head(RunState state, int firstRow, int rows, float* logits)
    {
        FinalNorm(state, firstRow, rows);
        int width = Weights.Shape.EmbeddingLength, vocabulary = Weights.Shape.VocabularySize;
        if (LossyHead is { } lossy)
        {
            for (long row = 0; row < rows; row++) lossy.Multiply(state.Final.Span(row * width, width), logits + row * vocabulary);
            return;
        }
        for (long row = 0; row < rows; row++) HalfHead.Prepare(state.Final.Span(row * width, width), state.PreparedHead.Span(row * width, width));
        _head.Set(Weights, state.PreparedHead.Pointer, rows, logits);
        _pool.Run(_head, vocabulary, HeadGrain(vocabulary, _pool.Threads));
    }

    private void FinalNorm(RunState state, int firstRow, int rows)
    {
        int width = Weights.Shape.EmbeddingLength;
        for (int row = 0; row < rows; row++)
        {
            Span<float> final = state.Final.Span((long)row * width, width);
            RmsNorm.Apply(state.Hidden.Span((long)(firstRow + row) * width, width), Weights.OutputNorm, Weights.Shape.RmsEpsilon, final);
            // One output row is rounded to F16 first, several are not (spec 4.5).
            if (rows == 1) HalfPrecision.Round(final);
        }
    }

    /// <summary>Vocabulary rows handed out at once.</summary>
    internal static int HeadGrain(int vocabulary, int threads) => Math.Max(4, vocabulary / (threads * 64) / 4 * 4);

    private int TokenGrain(int tokens) => Math.Max(1, tokens / (_pool.Threads * 4));

    public void Dispose()
    {
        _screened?.Dispose();
        LossyHead?.Dispose();
    }
}
