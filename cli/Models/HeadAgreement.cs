using BitNet.Engine.Model;

namespace BitNet.Perf.Cli.Models;

/// <summary>How far a lossy head's logits are the F16 head's, over positions with the same tokens before them.</summary>
/// <param name="Head">The lossy head.</param>
public sealed record HeadAgreement(string Head)
{
    public int Positions { get; private set; }

    /// <summary>Positions whose most likely token is the same.</summary>
    public int Agreeing { get; private set; }

    /// <summary>Largest |difference| of two logits of one token.</summary>
    public float LargestDeviation { get; private set; }

    /// <summary>Largest magnitude of the F16 head's logits.</summary>
    public float LargestLogit { get; private set; }

    /// <exception cref="EvaluationException">A logit is NaN.</exception>
    public void Add(ReadOnlySpan<float> logits, ReadOnlySpan<float> exact)
    {
        Positions++;
        if (Sampler.LargestIndex(logits) == Sampler.LargestIndex(exact)) Agreeing++;
        for (int id = 0; id < exact.Length; id++)
        {
            LargestDeviation = MathF.Max(LargestDeviation, MathF.Abs(logits[id] - exact[id]));
            LargestLogit = MathF.Max(LargestLogit, MathF.Abs(exact[id]));
        }
    }
}
