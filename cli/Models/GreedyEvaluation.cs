using BitNet.Engine.Model;

namespace BitNet.Perf.Cli.Models;

/// <summary>Teacher-forced evaluation of token ids, then greedy continuation; every position's logits are handed out as they come.</summary>
public static class GreedyEvaluation
{
    /// <summary>Positions evaluated at once: bounds the memory for their logits (128,256 × 4 bytes each for the real model).</summary>
    private const int Batch = 32;

    public delegate void PositionSink(int position, ReadOnlySpan<float> logits);

    /// <param name="position">Of the token.</param>
    /// <param name="logits">After it.</param>
    /// <param name="reference">The reference's after the same tokens; empty without one.</param>
    public delegate void ComparedSink(int position, ReadOnlySpan<float> logits, ReadOnlySpan<float> reference);

    /// <summary>Calls <paramref name="sink"/> once for each of the prompt's and of the generated tokens, in order.</summary>
    /// <returns>The generated ids: exactly <paramref name="generate"/>, end-of-text tokens included.</returns>
    /// <exception cref="EvaluationException">No tokens, an id outside the vocabulary, or more tokens than the context holds.</exception>
    public static int[] Run(Transformer transformer, IReadOnlyList<int> prompt, int generate, PositionSink sink, CancellationToken cancellation) =>
        Run(transformer, null, prompt, generate, (position, logits, _) => sink(position, logits), cancellation);

    /// <summary>The same beside a reference, which evaluates what <paramref name="transformer"/> evaluates and chooses.</summary>
    /// <inheritdoc cref="Run(Transformer, IReadOnlyList{int}, int, PositionSink, CancellationToken)"/>
    public static int[] Run(Transformer transformer, Transformer? reference, IReadOnlyList<int> prompt, int generate, ComparedSink sink, CancellationToken cancellation)
    {
        ModelShape shape = transformer.Weights.Shape;
        Check(shape, prompt, generate);
        using var state = new RunState(shape, prompt.Count + generate, Batch);
        using RunState? beside = reference is null ? null : new RunState(shape, prompt.Count + generate, Batch);
        var generated = new List<int>(generate);
        int next = Prompt();
        while (generated.Count < generate)
        {
            cancellation.ThrowIfCancellationRequested();
            generated.Add(next);
            ReadOnlySpan<float> logits = transformer.Forward(state, [next]);
            sink(state.Position - 1, logits, reference is null ? default : reference.Forward(beside!, [next]));
            next = Sampler.LargestIndex(logits);
        }
        return [.. generated];

        // Returns the most likely id after the prompt.
        int Prompt()
        {
            int vocabulary = shape.VocabularySize;
            int[] tokens = [.. prompt];
            var logits = new float[Math.Min(Batch, tokens.Length) * (long)vocabulary];
            float[] expected = reference is null ? [] : new float[logits.Length];
            ReadOnlySpan<float> last = default;
            for (int start = 0, count; start < tokens.Length; start += count)
            {
                cancellation.ThrowIfCancellationRequested();
                count = Transformer.BatchOf(tokens.Length - start, Batch);
                transformer.ForwardAll(state, tokens.AsSpan(start, count), logits.AsSpan(0, count * vocabulary));
                reference?.ForwardAll(beside!, tokens.AsSpan(start, count), expected.AsSpan(0, count * vocabulary));
                for (int i = 0; i < count; i++)
                    sink(start + i, last = logits.AsSpan(i * vocabulary, vocabulary), reference is null ? default : expected.AsSpan(i * vocabulary, vocabulary));
            }
            return Sampler.LargestIndex(last);
        }
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
}
