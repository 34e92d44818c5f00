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

/// <summary>Rotary embedding of queries and keys, and the store of keys and values to the cache, token by token.</summary>
internal sealed unsafe class RopeWork(RotaryEmbedding rotary) : ParallelWork
{
    private RunState _state = null!;
    private int _layer;

    public void Set(RunState state, int layer) => (_state, _layer) = (state, layer);

    public override void Execute(int begin, int end, int worker)
    {
        ModelShape shape = _state.Shape;
        int headSize = shape.HeadSize;
        for (int token = begin; token < end; token++)
        {
            int position = _state.Position + token;
            rotary.Apply(_state.Query.Span((long)token * shape.QueryWidth, shape.QueryWidth), headSize, position);
            Span<float> keys = _state.Key.Span((long)token * shape.KeyValueWidth, shape.KeyValueWidth);
            rotary.Apply(keys, headSize, position);
            ReadOnlySpan<float> values = _state.Value.Span((long)token * shape.KeyValueWidth, shape.KeyValueWidth);
            for (int head = 0; head < shape.KeyValueHeadCount; head++)
            {
                long offset = _state.CacheOffset(_layer, head);
                GroupedAttention.StoreKey(keys.Slice(head * headSize, headSize), _state.KeyCache.Pointer + offset, position);
                GroupedAttention.StoreValue(values.Slice(head * headSize, headSize), _state.ValueCache.Pointer + offset, position, _state.PaddedContext);
            }
        }
    }
}
