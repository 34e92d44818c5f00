using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.Memory;

namespace BitNet.Perf.Bench.Workloads.EndToEnd;

/// <summary>A text of token ids that is the same in every run with a vocabulary of the same size, and how likely a model finds it.</summary>
/// <param name="shape">Of the model.</param>
internal sealed class FixedText(ModelShape shape)
{
    /// <summary>Next ids that are predicted, where the model's context is long enough.</summary>
    private const int MostPositions = 32;

    /// <summary>Evaluated ids, and the last one, which is only predicted.</summary>
    private readonly int[] _ids =
        [ForwardCheck.FirstToken(shape), .. RandomData.Tokens(Math.Clamp(shape.ContextLength, ForwardCheck.Positions, MostPositions), shape.VocabularySize, 0xf0)];

    public int Positions => _ids.Length - 1;

    /// <summary>The ids to evaluate, from the first on.</summary>
    public ReadOnlySpan<int> Evaluated(int count) => _ids.AsSpan(0, count);

    public string Digest => ResultDigest.Of<int>(_ids);

    /// <summary>exp(mean negative log-likelihood) of the ids behind the first positions.</summary>
    /// <param name="logits">Positions × vocabulary.</param>
    public double Perplexity(ReadOnlySpan<float> logits, int positions)
    {
        double sum = 0;
        for (var i = 0; i < positions; i++)
            sum += NegativeLogLikelihood(logits.Slice(i * shape.VocabularySize, shape.VocabularySize), i);
        return Math.Exp(sum / positions);
    }

    /// <summary>Of the id behind a position, in double precision: −ln softmax(logits)[id].</summary>
    private double NegativeLogLikelihood(ReadOnlySpan<float> logits, int position)
    {
        double largest = logits[0];
        foreach (var logit in logits)
            largest = Math.Max(largest, logit);
        double sum = 0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - largest);
        return Math.Log(sum) + largest - logits[_ids[position + 1]];
    }
}
