using BitNet.Engine.Kernels;

namespace BitNet.Engine.Model;

/// <summary>
/// Intermediate results of a prompt's last position, first layer and head, under the names that bitnet.cpp's own dumps use, so that the
/// engine can be held against the published ones (spec 4.7). Read at the phases' ends; the forward pass itself is the ordinary one.
/// </summary>
public sealed class FirstLayerTrace
{
    private readonly RunState _state;
    private readonly ModelWeights _weights;
    private readonly int _tokens;
    private readonly Dictionary<string, float[]> _tensors = [];
    private readonly HashSet<EnginePhase> _seen = [];

    private FirstLayerTrace(ModelWeights weights, RunState state, int tokens) => (_weights, _state, _tokens) = (weights, state, tokens);

    /// <summary>Evaluates the prompt from an empty context, in one batch.</summary>
    /// <returns>By name: the last position's whole tensor; kq-0 and kq_soft_max-0 are head 0 against every position.</returns>
    /// <exception cref="EvaluationException">The prompt does not fit the state, or the model has a single layer.</exception>
    public static IReadOnlyDictionary<string, float[]> Of(Transformer transformer, RunState state, ReadOnlySpan<int> prompt)
    {
        if (transformer.Weights.Shape.BlockCount < 2) throw new EvaluationException("a trace of the first layer needs a model of two layers or more");
        if (prompt.Length > state.BatchCapacity)
            throw new EvaluationException($"a trace of {prompt.Length} tokens was asked for; the run state evaluates {state.BatchCapacity} at once");
        state.Reset();
        var trace = new FirstLayerTrace(transformer.Weights, state, prompt.Length);
        var observer = new Observer(trace);
        trace.Put("result_output", transformer.Forward(state, prompt, ref observer).ToArray());
        ReadOnlySpan<float> hidden = Last(state.Hidden, transformer.Weights.Shape.EmbeddingLength, prompt.Length);
        trace.Put("result_norm", trace.Normed(hidden, transformer.Weights.OutputNorm));
        return trace._tensors;
    }

    private void Put(string name, float[] values) => _tensors.Add(name, values);

    private static ReadOnlySpan<float> Last(AlignedBuffer<float> rows, int width, int count) => rows.Span((long)(count - 1) * width, width);

    private float[] Last(AlignedBuffer<float> rows, int width) => Last(rows, width, _tokens).ToArray();

    private float[] Normed(ReadOnlySpan<float> x, float[] gain)
    {
        var y = new float[x.Length];
        RmsNorm.Apply(x, gain, _weights.Shape.RmsEpsilon, y);
        return y;
    }

    private static float[] Difference(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private void AfterPhase(EnginePhase phase)
    {
        if (!_seen.Add(phase)) return;
        ModelShape shape = _weights.Shape;
        LayerWeights layer = _weights.Layers[0];
        switch (phase)
        {
            case EnginePhase.Embed:
                Put("inp_embd", Last(_state.Hidden, shape.EmbeddingLength));
                Put("attn_norm-0", Normed(_tensors["inp_embd"], layer.AttentionNorm));
                break;
            case EnginePhase.AttentionProjection:
                Put("Qcur-0", Last(_state.Query, shape.QueryWidth));
                Put("Kcur-0", Last(_state.Key, shape.KeyValueWidth));
                Put("Vcur-0", Last(_state.Value, shape.KeyValueWidth));
                break;
            case EnginePhase.Rope:
                Put("Qcur-0 (rope)", Last(_state.Query, shape.QueryWidth));
                Put("Kcur-0 (rope)", Last(_state.Key, shape.KeyValueWidth));
                Put("kq-0", Scores());
                Put("kq_soft_max-0", Probabilities(_tensors["kq-0"]));
                break;
            case EnginePhase.Attention:
                Put("kqv_out-0", Last(_state.Mixed, shape.QueryWidth));
                break;
            case EnginePhase.AttentionOutput:
                Put("ffn_inp-0", Last(_state.Hidden, shape.EmbeddingLength));
                Put("attn_o_out-0", Difference(_tensors["ffn_inp-0"], _tensors["inp_embd"]));
                Put("ffn_norm-0", Normed(_tensors["ffn_inp-0"], layer.FeedForwardNorm));
                break;
            case EnginePhase.FeedForwardGateUp:
                Put("ffn_out-0", Last(_state.Gate, shape.FeedForwardLength));
                Put("ffn_sub_norm-0", Normed(_tensors["ffn_out-0"], layer.FeedForwardSubNorm));
                break;
            case EnginePhase.FeedForwardDown:
                Put("l_out-0", Last(_state.Hidden, shape.EmbeddingLength));
                Put("ffn_down-0", Difference(_tensors["l_out-0"], _tensors["ffn_inp-0"]));
                break;
        }
    }

    /// <summary>Unscaled dots of the last query of head 0 with every position's key, both rounded to F16 (spec 4.4).</summary>
    private float[] Scores()
    {
        ModelShape shape = _weights.Shape;
        float[] query = _tensors["Qcur-0 (rope)"][..shape.HeadSize];
        var scores = new float[_tokens];
        for (int position = 0; position < _tokens; position++)
        {
            ReadOnlySpan<float> key = _state.Key.Span((long)position * shape.KeyValueWidth, shape.HeadSize);
            double sum = 0;
            for (int i = 0; i < query.Length; i++) sum += (double)(float)(Half)query[i] * (float)(Half)key[i];
            scores[position] = (float)sum;
        }
        return scores;
    }

    private float[] Probabilities(float[] scores)
    {
        double scale = 1 / Math.Sqrt(_weights.Shape.HeadSize);
        double largest = scores.Max();
        double[] weights = [.. scores.Select(score => Math.Exp((score - largest) * scale))];
        double total = weights.Sum();
        return [.. weights.Select(weight => (float)(weight / total))];
    }

    /// <summary>Only the first end of each phase is kept: that of layer 0.</summary>
    private readonly struct Observer(FirstLayerTrace trace) : IPhaseObserver
    {
        public void Begin(EnginePhase phase) { }

        public void End(EnginePhase phase) => trace.AfterPhase(phase);
    }
}
