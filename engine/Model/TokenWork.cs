using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>Norm and int8 quantisation, token by token: the input of the next linear layer, in the form its kernel reads.</summary>
internal sealed unsafe class NormQuantizeWork(TernaryKernel kernel) : ParallelWork
{
    private RunState _state = null!;
    private WorkerScratch _scratch = null!;
    private float* _source;
    private float[] _gain = [];

    /// <param name="source">tokens × gain.Length.</param>
    public void Set(RunState state, WorkerScratch scratch, float* source, float[] gain)
    {
        _state = state;
        _scratch = scratch;
        _source = source;
        _gain = gain;
    }

    public override void Execute(int begin, int end, int worker)
    {
        int width = _gain.Length;
        Span<float> normed = new(_scratch.Floats(worker), width);
        for (int token = begin; token < end; token++)
        {
            float largest = RmsNorm.Apply(new ReadOnlySpan<float>(_source + (long)token * width, width), _gain, _state.Shape.RmsEpsilon, normed);
            sbyte* quantized = _scratch.Quantized(worker);
            _state.QuantizedScales.Pointer[token] = ActivationQuantizer.Quantize(normed, largest, new Span<sbyte>(quantized, width), out int sum);
            kernel.Prepare(quantized, width, _state.Activations + (long)token * kernel.ActivationBytes(width));
            _state.QuantizedSums.Pointer[token] = sum;
        }
    }
}

/// <summary>Rotary embedding of queries and keys, and the store of keys and values to the cache. An item is a key/value head of one token; the tokens of a
/// head follow each other, so that its cache is written by the worker that will read it.</summary>
internal sealed unsafe class RopeWork(RotaryEmbedding rotary) : ParallelWork
{
    private RunState _state = null!;
    private int _layer;
    private int _tokens;

    /// <summary>Sets the work; returns the number of items.</summary>
    public int Set(RunState state, int layer, int tokens)
    {
        (_state, _layer, _tokens) = (state, layer, tokens);
        return state.Shape.KeyValueHeadCount * tokens;
    }

    public override void Execute(int begin, int end, int worker)
    {
        ModelShape shape = _state.Shape;
        int headSize = shape.HeadSize, queries = shape.GroupSize * headSize;
        for (int item = begin; item < end; item++)
        {
            int head = item / _tokens, token = item % _tokens, position = _state.Position + token;
            long offset = _state.CacheOffset(_layer, head);
            rotary.Apply(_state.Query.Span((long)token * shape.QueryWidth + head * queries, queries), headSize, position);
            Span<float> key = _state.Key.Span((long)token * shape.KeyValueWidth + head * headSize, headSize);
            rotary.Apply(key, headSize, position);
            GroupedAttention.StoreKey(key, _state.KeyCache.Pointer + offset, position);
            ReadOnlySpan<float> value = _state.Value.Span((long)token * shape.KeyValueWidth + head * headSize, headSize);
            GroupedAttention.StoreValue(value, _state.ValueCache.Pointer + offset, position, _state.PaddedContext);
        }
    }
}
