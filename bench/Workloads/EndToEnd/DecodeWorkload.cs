using BitNet.Engine.Model;

namespace BitNet.Perf.Bench.Workloads.EndToEnd;

/// <summary>Greedy generation of a number of tokens, one evaluation and one choice each, from the same point every time.</summary>
/// <param name="transformer">Disposed with the workload.</param>
/// <param name="screened">Each choice from the best logit alone, by the screened head; otherwise from all logits.</param>
public sealed class DecodeWorkload(Transformer transformer, RunState state, int context, int tokens, bool screened, ForwardCheck check) : Workload
{
    private readonly int[] _generated = new int[tokens];
    private readonly Sampler _sampler = new(SamplerSettings.Greedy, transformer.Weights.Shape.VocabularySize);
    private readonly float[] _logits = new float[screened ? tokens : transformer.Weights.Shape.VocabularySize];
    private bool _ran;

    public override Receipts.Schema.GenerationInput Input => EndToEndInput.Decode(transformer.Weights.Shape, context, tokens);

    public override void Run()
    {
        if (screened)
            Screened(_generated, _logits);
        else
            Full(_generated, _logits);
        _ran = true;
    }

    private void Screened(int[] generated, float[] best)
    {
        state.Rewind(context);
        Span<int> token = [ForwardCheck.FirstToken(transformer.Weights.Shape)];
        for (var i = 0; i < generated.Length; i++)
        {
            var ranked = transformer.ForwardTop(state, token, _sampler.Candidates);
            token[0] = generated[i] = _sampler.Sample(ranked);
            best[i] = ranked[0].Logit;
        }
    }

    private void Full(int[] generated, float[] last)
    {
        state.Rewind(context);
        Span<int> token = [ForwardCheck.FirstToken(transformer.Weights.Shape)];
        for (var i = 0; i < generated.Length; i++)
        {
            var logits = transformer.Forward(state, token);
            token[0] = generated[i] = _sampler.Sample(logits);
            if (i == generated.Length - 1)
                logits.CopyTo(last);
        }
    }

    /// <summary>Over the generated ids and the last logits, or the best of each token where only those are known; of the last timed
    /// operation where there was one.</summary>
    public override string Digest()
    {
        if (!_ran)
            Run();
        return ResultDigest.Of<int>([.. _generated, .. _logits.Select(BitConverter.SingleToInt32Bits)]);
    }

    public override Receipts.Schema.ResultCheck Check()
    {
        var digest = Digest();
        if (screened)
            AgreesWithAllLogits();
        return check.TokenByToken(transformer, digest);
    }

    public override void Dispose()
    {
        transformer.Dispose();
        base.Dispose();
    }

    /// <summary>The same ids and, of the last token, the same best logit as from all logits.</summary>
    private void AgreesWithAllLogits()
    {
        var expected = new int[_generated.Length];
        var logits = new float[transformer.Weights.Shape.VocabularySize];
        Full(expected, logits);
        for (var i = 0; i < expected.Length; i++)
        {
            if (_generated[i] != expected[i])
                throw new WrongResultException($"screened head: token {i} is {_generated[i]}; from all logits {expected[i]}");
        }
        if (_logits[^1] != logits[expected[^1]])
            throw new WrongResultException($"screened head: the last token's logit is {_logits[^1]:G9}; the full head gives {logits[expected[^1]]:G9}");
    }
}
