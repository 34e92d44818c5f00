using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.Memory;

namespace BitNet.Perf.Bench.Workloads.EndToEnd;

/// <summary>Evaluation of a prompt from an empty context up to the last token's logits or, for the time to first token, up to the choice of that token.</summary>
public sealed class PromptWorkload(Transformer transformer, RunState state, int tokens, bool sample, ForwardCheck check) : Workload
{
    private readonly int[] _prompt = RandomData.Tokens(tokens, transformer.Weights.Shape.VocabularySize, 0x9407);
    private readonly Sampler _sampler = new(SamplerSettings.Greedy, transformer.Weights.Shape.VocabularySize);
    private readonly float[] _logits = new float[transformer.Weights.Shape.VocabularySize];
    private int _first = -1;
    private bool _ran;

    public override void Run()
    {
        state.Reset();
        if (sample)
            _first = _sampler.Next(transformer, state, _prompt);
        else
            transformer.Forward(state, _prompt).CopyTo(_logits);
        _ran = true;
    }

    /// <summary>Over the last logits or the id chosen; of the last timed operation where there was one.</summary>
    public override string Digest()
    {
        if (!_ran)
            Run();
        return ResultDigest.Of<int>([_first, .. _logits.Select(BitConverter.SingleToInt32Bits)]);
    }

    public override Receipts.Schema.ResultCheck Check() => check.AsPrompt(transformer, Digest());
}
