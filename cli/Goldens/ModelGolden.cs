using System.Text.Json;

namespace BitNet.Perf.Cli.Goldens;

/// <summary>
/// What bitnet.cpp computed with the real model file (spec 4.7, 7.5): the first eight values of intermediate tensors, greedy continuations and token
/// ids. The file with them is part of the program; <see cref="ModelGoldenCheck"/> holds the engine against it.
/// </summary>
internal sealed record ModelGolden(
    string Model,
    string File,
    long Bytes,
    string Sha256,
    string Source,
    string Tolerances,
    int[] Prompt,
    ModelGolden.Tensor[] Tensors,
    ModelGolden.Greedy[] GreedyRuns,
    ModelGolden.Text[] Texts)
{
    private const string Resource = "bitnet-b1.58-2b-4t.json";

    /// <param name="Name">As in <see cref="Engine.Model.FirstLayerTrace"/>.</param>
    /// <param name="Tolerance">Largest difference allowed, relative to the largest magnitude of <paramref name="First8"/>.</param>
    public sealed record Tensor(string Name, double Tolerance, float[] First8);

    public sealed record Greedy(string Text, int[] Prompt, int[] Generated);

    /// <param name="Value">Control tokens in it are parsed.</param>
    /// <param name="PreTokenizer">Name as in tokenizer.ggml.pre.</param>
    /// <param name="Bos">Whether the ids begin with the beginning-of-text token.</param>
    public sealed record Text(string Value, string PreTokenizer, bool Bos, int[] Ids);

    /// <summary>The golden of ggml-model-i2_s.gguf.</summary>
    public static ModelGolden Real { get; } = Load();

    /// <summary>Whether a golden file is of this kind rather than a <see cref="ReferenceGolden"/>.</summary>
    public static bool Is(JsonDocument document) => document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("tensors", out _);

    /// <exception cref="CommandFailure">The document is no such golden (65).</exception>
    public static ModelGolden Read(string path, JsonDocument document)
    {
        ModelGolden golden = GoldenJson.Read<ModelGolden>(path, document);
        bool whole = golden.Prompt.Length > 0
            && golden.Tensors.All(t => t is { First8.Length: > 0 }) && golden.GreedyRuns.All(g => g is { Prompt.Length: > 0 }) && golden.Texts.All(t => t is not null);
        return whole ? golden : throw CommandFailure.BadInput($"{path}: has an empty prompt, tensor or text; expected token ids and values in each");
    }

    private static ModelGolden Load()
    {
        using Stream stream = typeof(ModelGolden).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the resource {Resource} is missing");
        using JsonDocument document = JsonDocument.Parse(stream);
        return Read(Resource, document);
    }
}
