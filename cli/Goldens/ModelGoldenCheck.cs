using BitNet.Engine.Gguf;
using BitNet.Engine.Model;
using BitNet.Engine.Tokens;
using BitNet.Perf.Cli.Models;

namespace BitNet.Perf.Cli.Goldens;

/// <summary>Holds the engine against a <see cref="ModelGolden"/>: token ids and greedy ids exactly, tensors within the golden's tolerances.</summary>
internal static class ModelGoldenCheck
{
    public static GoldenResult Compare(ModelGolden golden, LoadedModel model, CancellationToken cancellation)
    {
        foreach (int id in golden.Prompt.Concat(golden.GreedyRuns.SelectMany(g => g.Prompt)))
        {
            if ((uint)id >= (uint)model.Shape.VocabularySize)
                throw CommandFailure.BadInput($"the golden of {golden.File} names token {id}; the model has ids 0 to {model.Shape.VocabularySize - 1}");
        }
        var differences = new List<string>();
        differences.AddRange(Texts(golden, model.OpenTokenizer().Vocabulary));
        differences.AddRange(Tensors(golden, model));
        foreach (ModelGolden.Greedy run in golden.GreedyRuns)
        {
            int[] generated = GreedyEvaluation.Run(model.Transformer, run.Prompt, run.Generated.Length, (_, _) => { }, cancellation);
            if (!generated.SequenceEqual(run.Generated))
                differences.Add($"after \"{run.Text}\": generated {string.Join(',', generated)}, the golden has {string.Join(',', run.Generated)}");
        }
        return new GoldenResult(
            $"{golden.Texts.Length} texts, {golden.Tensors.Length} tensors of layer 0 and the head, {golden.GreedyRuns.Length} greedy continuations", differences);
    }

    /// <summary>Largest difference, relative to the largest magnitude expected.</summary>
    public static double RelativeDifference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        double largest = 0, difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs((double)expected[i]));
            // Math.Max passes NaN on, so a value that is not a number fails.
            difference = Math.Max(difference, Math.Abs((double)actual[i] - expected[i]));
        }
        return difference / largest;
    }

    private static IEnumerable<string> Tensors(ModelGolden golden, LoadedModel model)
    {
        using var state = new RunState(model.Shape, golden.Prompt.Length, golden.Prompt.Length);
        IReadOnlyDictionary<string, float[]> computed = FirstLayerTrace.Of(model.Transformer, state, golden.Prompt);
        foreach (ModelGolden.Tensor tensor in golden.Tensors)
        {
            if (!computed.TryGetValue(tensor.Name, out float[]? values) || values.Length < tensor.First8.Length)
            {
                yield return $"{tensor.Name}: not computed";
                continue;
            }
            double difference = RelativeDifference(tensor.First8, values.AsSpan(0, tensor.First8.Length));
            if (!(difference <= tensor.Tolerance)) yield return $"{tensor.Name}: differs by {difference:0.0e+0} of its largest value, {tensor.Tolerance:0.0e+0} allowed";
        }
    }

    private static IEnumerable<string> Texts(ModelGolden golden, Vocabulary vocabulary)
    {
        foreach (var group in golden.Texts.GroupBy(t => t.PreTokenizer))
        {
            PreTokenizer preTokenizer = PreTokenizers.Named(group.Key) ?? throw CommandFailure.BadInput($"the golden names the pre-tokenizer '{group.Key}'; expected 'default' or 'llama-bpe'");
            var tokenizer = new Tokenizer(vocabulary with { PreTokenizer = preTokenizer });
            foreach (ModelGolden.Text text in group)
            {
                int[] ids = tokenizer.Encode(text.Value, parseSpecial: true, addBos: text.Bos);
                if (!ids.SequenceEqual(text.Ids)) yield return $"\"{Printable.Line(text.Value)}\" ({group.Key}): ids {string.Join(',', ids)}, the golden has {string.Join(',', text.Ids)}";
            }
        }
    }
}
