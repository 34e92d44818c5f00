using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Model, tokenizer and test of a run as a build summary states them.</summary>
internal static class TestFacts
{
    private const string Unknown = BuildSummary.NotKnown;

    public static IReadOnlyList<Fact> Model(Receipt receipt)
    {
        if (receipt.Model is not { } model) return [new("Model", Unknown), new("Path", Unknown), new("Size", Unknown), new("Format", Unknown), new("Parameters", Unknown)];
        ModelDimensions s = model.Shape;
        return
        [
            new("Model", (model.Name ?? model.File) + (model.Synthetic ? ", synthetic weights" : "")),
            new("Path", model.Path ?? $"{model.File}, in a folder that the receipt does not tell"),
            new("Size", $"{Figures.Value(model.Bytes, "B")} ({model.Bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes)"),
            new("SHA-256", model.Sha256),
            new("Format", $"{model.Format}, head {model.HeadFormat} ({model.Architecture})"),
            new("Parameters", $"{model.Parameters.ToString("N0", CultureInfo.InvariantCulture)}, counted over the tensors"),
            new("Shape", FormattableString.Invariant($"{s.Layers} layers, width {s.Embedding}, FFN {s.FeedForward}, {s.Heads}/{s.KeyValueHeads} heads of {s.HeadSize}, vocabulary {s.Vocabulary}, context {s.Context}")),
        ];
    }

    public static IReadOnlyList<Fact> Tokenizer(Receipt receipt) => receipt.Model?.Tokenizer is not { } tokenizer
        ? [new("Tokenizer", Unknown), new("Size", Unknown)]
        :
        [
            new("Tokenizer", $"in the model file: {tokenizer.Kind}{(tokenizer.PreTokenizer is { } pre ? $", split as {pre}" : "")}"),
            new("Size", Figures.Value(tokenizer.Bytes, "B") + " of text"),
            new("Vocabulary", tokenizer.Vocabulary.ToString("N0", CultureInfo.InvariantCulture) + " tokens"),
            new("Merges", tokenizer.Merges?.ToString("N0", CultureInfo.InvariantCulture) ?? "none"),
        ];

    /// <param name="workload">Whose input is told; null where nothing ran end to end.</param>
    public static IReadOnlyList<Fact> Test(Receipt receipt, WorkloadRecord? workload)
    {
        RunSettings settings = receipt.Settings;
        GenerationInput? input = workload?.Input;
        bool measured = receipt.Origin == ReceiptOrigin.Measured;
        return
        [
            new("Workload", workload?.Id ?? "none end to end"),
            new("Prompt", input is null ? Unknown : input.IsText ? $"\"{input.Prompt}\"" : input.Prompt),
            new("Prompt tokens", input is null ? Unknown : FormattableString.Invariant($"{input.PromptTokens} ({input.PromptDigest})")),
            new("Max tokens", input is null ? Unknown : input.MaxTokens == 0 ? "0: the prompt is evaluated, nothing generated" : input.MaxTokens.ToString(CultureInfo.InvariantCulture)),
            new("Sampling", input?.Sampling switch { null => Unknown, "greedy" => "greedy (temperature 0)", var other => other }),
            new("Iterations", measured ? FormattableString.Invariant($"{settings.EndToEndIterations} in each launch after {settings.EndToEndWarmups} to warm up (medians reported)") : Unknown),
            new("Launches", $"{LaunchCounts.Of(receipt)}, each a fresh process"),
            new("Threads", workload is { Threads: > 0 } ? workload.Threads.ToString(CultureInfo.InvariantCulture) : Unknown),
            new("Processors", settings.AffinityPolicy ?? (measured ? "not bound" : Unknown)),
            new("Suite", receipt.Suite + (receipt.Filters.Count > 0 ? $", filtered by {string.Join(' ', receipt.Filters)}" : "")),
            new("Kernel", workload?.Kernel is { } kernel ? $"{kernel}{(settings.ForcedKernel is null ? "" : ", forced")}" : Unknown),
            new("Result", workload?.Result is { } result ? Result(result) : Unknown),
            new("Environment", measured ? ProgramFacts.Named(settings.Environment) : Unknown),
        ];
    }

    private static string Result(ResultCheck result) =>
        FormattableString.Invariant($"{result.Checked} {(result.Against == "scalar-forward" ? "positions" : "values")} checked against {result.Against} before timing")
        + (result.Perplexity is { } p ? FormattableString.Invariant($", perplexity {p.Value:0.00} over {p.Positions} random ids") : "");
}
