using BitNet.Engine.Model;

namespace BitNet.Perf.Cli.Models;

/// <summary>Teacher-forced evaluation of token ids, then greedy continuation; every position's logits are handed out as they come.</summary>
public static class GreedyEvaluation
{
    /// <summary>Positions evaluated at once: bounds the memory for their logits (128,256 × 4 bytes each for the real model).</summary>
    private const int Batch = 32;

    public delegate void PositionSink(int position, ReadOnlySpan<float> logits);

    /// <summary>Calls <paramref name="sink"/> once for each of the prompt's and of the generated tokens, in order.</summary>
    /// <returns>The generated ids: exactly <paramref name="generate"/>, end-of-text tokens included.</returns>
    /// <exception cref="EvaluationException">No tokens, an id outside the vocabulary, or more tokens than the context holds.</exception>
    public static int[] Run(Transformer transformer, IReadOnlyList<int> prompt, int generate, PositionSink sink, CancellationToken cancellation)
    {
        ModelShape shape = transformer.Weights.Shape;
        Check(shape, prompt, generate);
        using var state = new RunState(shape, prompt.Count + generate, Batch);
        var generated = new List<int>(generate);
        int next = Prompt(transformer, state, [.. prompt], sink, cancellation);
        while (generated.Count < generate)
        {
            cancellation.ThrowIfCancellationRequested();
            generated.Add(next);
            ReadOnlySpan<float> logits = transformer.Forward(state, [next]);
            sink(state.Position - 1, logits);
            next = Sampler.LargestIndex(logits);
        }
        return [.. generated];
    }

    /// <summary>Before anything is evaluated or allocated, so that a mistake is told at once.</summary>
    private static void Check(ModelShape shape, IReadOnlyList<int> prompt, int generate)
    {
        if (prompt.Count == 0) throw new EvaluationException("no tokens to evaluate; at least one is needed");
        foreach (int token in prompt)
        {
            if ((uint)token >= (uint)shape.VocabularySize)
                throw new EvaluationException($"token id {token} is out of range; the vocabulary has ids 0 to {shape.VocabularySize - 1}");
        }
        if (prompt.Count + (long)generate > shape.ContextLength)
            throw new EvaluationException($"context overflow: {prompt.Count} prompt + {generate} generated tokens; the model's context holds {shape.ContextLength}");
    }

    /// <returns>The most likely id after the prompt.</returns>
    private static int Prompt(Transformer transformer, RunState state, int[] prompt, PositionSink sink, CancellationToken cancellation)
    {
        int vocabulary = transformer.Weights.Shape.VocabularySize;
        var logits = new float[Math.Min(Batch, prompt.Length) * (long)vocabulary];
        ReadOnlySpan<float> last = default;
        for (int start = 0, count; start < prompt.Length; start += count)
        {
            cancellation.ThrowIfCancellationRequested();
            count = Transformer.BatchOf(prompt.Length - start, Batch);
            transformer.ForwardAll(state, prompt.AsSpan(start, count), logits.AsSpan(0, count * vocabulary));
            for (int i = 0; i < count; i++)
                sink(start + i, last = logits.AsSpan(i * vocabulary, vocabulary));
        }
        return Sampler.LargestIndex(last);
    }
}
