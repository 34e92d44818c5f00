using BitNet.Engine.Model;

namespace BitNet.Perf.Bench.Workloads.EndToEnd;

/// <summary>Greedy generation of a number of tokens, one evaluation and one choice each, from the same point every time.</summary>
public sealed class DecodeWorkload(Transformer transformer, RunState state, int context, int tokens, ForwardCheck check) : Workload
{
    private readonly int[] _generated = new int[tokens];
    private readonly Sampler _sampler = new(SamplerSettings.Greedy, transformer.Weights.Shape.VocabularySize);
    private readonly float[] _logits = new float[transformer.Weights.Shape.VocabularySize];
    private bool _ran;

    public override void Run()
    {
        state.Rewind(context);
        Span<int> token = [ForwardCheck.FirstToken(transformer.Weights.Shape)];
        for (var i = 0; i < _generated.Length; i++)
        {
            var logits = transformer.Forward(state, token);
            token[0] = _generated[i] = _sampler.Sample(logits);
            if (i == _generated.Length - 1)
                logits.CopyTo(_logits);
        }
        _ran = true;
    }

    /// <summary>Over the generated ids and the last logits; of the last timed operation where there was one.</summary>
    public override string Digest()
    {
        if (!_ran)
            Run();
        return ResultDigest.Of<int>([.. _generated, .. _logits.Select(BitConverter.SingleToInt32Bits)]);
    }

    public override Receipts.Schema.ResultCheck Check() => check.TokenByToken(transformer, Digest());
}
