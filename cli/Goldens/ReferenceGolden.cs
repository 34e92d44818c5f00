using System.Runtime.InteropServices;
using System.Text.Json;
using BitNet.Perf.Cli.Models;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Cli.Goldens;

/// <summary>
/// Logits of an independent reference, teacher-forced over a prompt and its continuation. The cosine of every position's logits must reach
/// <see cref="LeastCosine"/>, and the most likely id must be the reference's wherever its first two are at least <see cref="ClearMargin"/> apart:
/// int8 rounding of activations makes any two correct implementations differ by more than rounding of floats alone would (spec 9.5).
/// </summary>
internal sealed class ReferenceGolden
{
    public const double LeastCosine = 0.998;
    public const double ClearMargin = 0.1;

    private readonly string _path;
    private readonly Content _content;
    private readonly float[]? _logits;
    private readonly int[] _tokens;

    private ReferenceGolden(string path, Content content, float[]? logits)
    {
        _path = path;
        _content = content;
        _logits = logits;
        _tokens = [.. content.Prompt, .. content.Generated];
    }

    public string? Model => _content.Model;

    private sealed record Position(int[] Top8, [property: System.Text.Json.Serialization.JsonPropertyName("top8_logits")] float[] Top8Logits);

    private sealed record Content(string? Model, int[] Prompt, int[] Generated, Position[] Positions);

    /// <param name="path">The JSON file; all logits are read from the .f32 beside it when there is one.</param>
    /// <exception cref="CommandFailure">The files are no golden (65).</exception>
    public static ReferenceGolden Read(string path, JsonDocument document)
    {
        Content content = GoldenJson.Read<Content>(path, document);
        int tokens = content.Prompt.Length + content.Generated.Length;
        if (content.Prompt.Length == 0 || content.Positions.Length == 0 || content.Positions.Length > tokens)
        {
            throw CommandFailure.BadInput(
                $"{path}: {content.Positions.Length} positions for {content.Prompt.Length} prompt and {content.Generated.Length} generated tokens; expected 1 to {tokens}");
        }
        int bad = Array.FindIndex(content.Positions, p => p is null || p.Top8.Length < 2 || p.Top8.Length != p.Top8Logits.Length);
        if (bad >= 0) throw CommandFailure.BadInput($"{path}: position {bad} lacks its most likely ids and their logits; expected as many of both, 2 or more");
        return new ReferenceGolden(path, content, ReadLogits(Path.ChangeExtension(path, ".f32")));
    }

    private static float[]? ReadLogits(string path)
    {
        if (!File.Exists(path)) return null;
        byte[] bytes = AtomicFile.Read(path);
        return bytes.Length % sizeof(float) == 0
            ? MemoryMarshal.Cast<byte, float>(bytes).ToArray()
            : throw CommandFailure.BadInput($"{path}: has {bytes.Length} bytes; expected a whole number of float32");
    }

    /// <summary>Evaluates the model on the golden's tokens and compares every position.</summary>
    /// <exception cref="CommandFailure">The golden does not fit the model's vocabulary or context (65).</exception>
    public GoldenResult Compare(LoadedModel model, CancellationToken cancellation)
    {
        CheckFits(model);
        int positions = _content.Positions.Length;
        var differences = new List<string>();
        double worst = double.PositiveInfinity;
        int clear = 0;
        GreedyEvaluation.Run(model.Transformer, _tokens[..positions], 0, Take, cancellation);
        string compared = _logits is null ? $"{_content.Positions[0].Top8.Length} logits a position (no .f32 beside the golden)" : "all logits";
        return new GoldenResult(
            $"{positions} positions, {compared}: cosine at least {worst:0.000000} ({LeastCosine} needed), most likely id checked at {clear} clear positions", differences);

        void Take(int position, ReadOnlySpan<float> logits)
        {
            (float[] expected, float[] actual, int top, float margin) = Expected(position, logits);
            double cosine = Cosine(expected, actual);
            worst = Math.Min(worst, cosine);
            // Written so that NaN fails.
            if (!(cosine >= LeastCosine)) differences.Add($"position {position}: cosine {cosine:0.000000}, at least {LeastCosine} needed");
            if (margin < ClearMargin) return;
            clear++;
            int found = TopTokens.Of(logits, 1)[0].Token;
            if (found != top) differences.Add($"position {position}: most likely id {found}, the golden has {top} ahead by {margin:0.###}");
        }
    }

    public static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }
        return ab / Math.Sqrt(aa * bb);
    }

    private (float[] Expected, float[] Actual, int Top, float Margin) Expected(int position, ReadOnlySpan<float> logits)
    {
        if (_logits is { } all)
        {
            float[] expected = all[(position * logits.Length)..((position + 1) * logits.Length)];
            TokenLogit[] top = TopTokens.Of(expected, 2);
            return (expected, logits.ToArray(), top[0].Token, top[0].Logit - top[1].Logit);
        }
        Position given = _content.Positions[position];
        var actual = new float[given.Top8.Length];
        for (int i = 0; i < actual.Length; i++) actual[i] = logits[given.Top8[i]];
        return (given.Top8Logits, actual, given.Top8[0], given.Top8Logits[0] - given.Top8Logits[1]);
    }

    private void CheckFits(LoadedModel model)
    {
        int vocabulary = model.Shape.VocabularySize;
        foreach (int id in _tokens.Concat(_content.Positions.SelectMany(p => p.Top8)))
        {
            if ((uint)id >= (uint)vocabulary)
                throw CommandFailure.BadInput($"{_path}: names token {id}; expected ids 0 to {vocabulary - 1}, as the model has");
        }
        if (_tokens.Length > model.Shape.ContextLength)
            throw CommandFailure.BadInput($"{_path}: has {_tokens.Length} tokens; the model's context holds {model.Shape.ContextLength}");
        if (_logits is { } logits && logits.Length != (long)_content.Positions.Length * vocabulary)
        {
            throw CommandFailure.BadInput(
                $"{Path.ChangeExtension(_path, ".f32")}: holds {logits.Length} logits; expected {_content.Positions.Length} positions × {vocabulary}");
        }
    }
}
