using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using BitNet.Engine.Gguf;
using BitNet.Engine.Model;
using BitNet.Engine.Tokens;
using BitNet.Perf.Cli.Goldens;
using BitNet.Perf.Cli.Models;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>model verify</c>: is a file sound, and does this engine compute the golden with it.</summary>
internal static class ModelVerifyCommand
{
    /// <summary>Of several differences this many are told; the rest are counted.</summary>
    private const int MostDifferences = 8;

    public static PerfCommand Create()
    {
        Argument<string> path = ModelOptions.File();
        var golden = new Option<string?>("--golden")
        {
            Description = "Reference evaluation to compare with (JSON; all logits from the .f32 beside it). Without it the real file, known by its SHA-256, is held against published values.",
            HelpName = "FILE",
        };
        Option<int?> threads = ModelOptions.Threads();
        Option<string?> kernel = ModelOptions.Kernel();
        var command = new PerfCommand(
            "verify",
            "Checks that a model file is sound and that this engine computes the golden with it.",
            "bitnet-perf model verify ggml-model-i2_s.gguf",
            "bitnet-perf model verify tiny-seed1.gguf --golden tiny-seed1.prompt-a.json")
        {
            path, golden, threads, kernel,
        };
        return command.Does(context =>
        {
            using JsonDocument? document = context.Value(golden) is { } file ? GoldenJson.ReadDocument(file) : null;
            using LoadedModel model = LoadedModel.Open(context.Value(path), context.Value(threads), context.Value(kernel));
            string sha256 = Sha256(context.Value(path), context.Cancellation);
            WriteSoundness(context.Out, model, sha256);
            return Report(context, Compare(context, model, sha256, context.Value(golden), document));
        });
    }

    /// <summary>Null when there is nothing to compare with.</summary>
    private static GoldenResult? Compare(CommandContext context, LoadedModel model, string sha256, string? path, JsonDocument? document)
    {
        if (document is null)
            return sha256 == ModelGolden.Real.Sha256 ? ModelGoldenCheck.Compare(ModelGolden.Real, model, context.Cancellation) : null;
        if (ModelGolden.Is(document)) return ModelGoldenCheck.Compare(ModelGolden.Read(path!, document), model, context.Cancellation);
        ReferenceGolden golden = ReferenceGolden.Read(path!, document);
        if (golden.Model is { } name && name != model.Shape.Name)
            context.Out.WriteLine($"note       the golden is for '{name}', the file calls itself '{model.Shape.Name}'");
        return golden.Compare(model, context.Cancellation);
    }

    private static ExitCode Report(CommandContext context, GoldenResult? result)
    {
        if (result is null)
        {
            context.Out.WriteLine("golden     none for this file: what it computes was not compared (--golden FILE)");
            return ExitCode.Done;
        }
        context.Out.WriteLine($"golden     {result.Summary}");
        if (result.Differences.Count == 0) return ExitCode.Done;
        foreach (string difference in result.Differences.Take(MostDifferences))
            context.Out.WriteLine($"  differs: {difference}");
        if (result.Differences.Count > MostDifferences) context.Out.WriteLine($"  and {result.Differences.Count - MostDifferences} more");
        throw new CommandFailure(ExitCode.WrongResult, $"the golden differs in {result.Differences.Count} places; first: {result.Differences[0]}");
    }

    /// <summary>What opening the model has established; it throws where something does not hold.</summary>
    private static void WriteSoundness(TextWriter output, LoadedModel model, string sha256)
    {
        GgufFile file = model.Weights.File;
        ModelShape shape = model.Shape;
        Vocabulary vocabulary = model.OpenTokenizer().Vocabulary;
        output.WriteLine($"{file.Path}: sound");
        output.WriteLine($"container  GGUF version {file.Version}, {file.Metadata.Entries.Count} keys, {file.Tensors.Count} tensors, {file.Length} bytes");
        output.WriteLine("weights    ternary codes 0 to 2, scales above 0, norms and embedding finite, every shape as the metadata says");
        output.WriteLine(
            $"shape      {shape.Architecture}: {shape.BlockCount} layers, width {shape.EmbeddingLength}, feed-forward {shape.FeedForwardLength}, "
            + $"{shape.HeadCount}/{shape.KeyValueHeadCount} heads of {shape.HeadSize}, vocabulary {shape.VocabularySize}, context {shape.ContextLength}");
        output.WriteLine($"tokenizer  {vocabulary.Tokens.Count} tokens, {vocabulary.Merges.Count} merges, pre-tokenizer {(vocabulary.PreTokenizer == PreTokenizer.LlamaBpe ? "llama-bpe" : "default")}");
        output.WriteLine($"sha256     {sha256}{(sha256 == ModelGolden.Real.Sha256 ? $" ({ModelGolden.Real.File})" : "")}");
    }

    private static string Sha256(string path, CancellationToken cancellation)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashDataAsync(stream, cancellation).AsTask().GetAwaiter().GetResult());
    }
}
