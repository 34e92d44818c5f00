using BitNet.Engine.Model;

namespace BitNet.Perf.Bench.Workloads.EndToEnd;

/// <summary>Evaluation of a prompt from an empty context up to the last token's best logit, which is what generation needs of it, or, for the time to first
/// token, up to the choice of that token.</summary>
/// <param name="transformer">Disposed with the workload.</param>
public sealed class PromptWorkload(Transformer transformer, RunState state, int tokens, bool sample, ForwardCheck check) : Workload
{
    private readonly int[] _prompt = FirstToken.Prompt(transformer.Weights.Shape, tokens);
    private readonly Sampler _sampler = new(SamplerSettings.Greedy, transformer.Weights.Shape.VocabularySize);
    private RankedLogit _best = new(0, -1);

    public override Receipts.Schema.GenerationInput Input => EndToEndInput.Prompt(_prompt, sample ? 1 : 0);

    public override void Run()
    {
        state.Reset();
        _best = sample ? new(0, _sampler.Next(transformer, state, _prompt)) : transformer.ForwardTop(state, _prompt, 1)[0];
    }

    /// <summary>Over the id chosen and its logit; of the last timed operation where there was one.</summary>
    public override string Digest()
    {
        if (_best.Id < 0)
            Run();
        return ResultDigest.Of<int>([_best.Id, BitConverter.SingleToInt32Bits(_best.Logit)]);
    }

    public override Receipts.Schema.ResultCheck Check()
    {
        var digest = Digest();
        AgreesWithAllLogits();
        return check.AsPrompt(transformer, digest);
    }

    /// <summary>The same id and, where it is known, the same logit as from all logits of the prompt.</summary>
    private void AgreesWithAllLogits()
    {
        state.Reset();
        var logits = transformer.Forward(state, _prompt);
        var expected = _sampler.Sample(logits);
        if (_best.Id != expected)
            throw new WrongResultException($"prompt: the best token is {_best.Id}; from all logits {expected}");
        if (!sample && _best.Logit != logits[expected])
            throw new WrongResultException($"prompt: the best logit is {_best.Logit:G9}; from all logits {logits[expected]:G9}");
    }

    public override void Dispose()
    {
        transformer.Dispose();
        base.Dispose();
    }
}
