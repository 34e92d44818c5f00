using System.Globalization;
using System.Text.RegularExpressions;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>What attention and the whole model read and multiply follows from the model's shape: bandwidths and shares of the roof rest on it. Each definition is
/// checked as it stands; another version of it counts otherwise and is not known here.</summary>
internal static partial class ModelWorkRules
{
    // Norms and scales are few; the least that a published receipt may be off by.
    private const double Slack = 0.001;

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        if (receipt.Origin != ReceiptOrigin.Measured || receipt.Model?.Shape is not { } shape || !ModelRules.IsPossible(shape))
            yield break;
        for (int i = 0; i < receipt.Workloads.Count; i++)
        {
            WorkloadRecord workload = receipt.Workloads[i];
            if (!WorkloadId.TryParse(workload.Id, out WorkloadId? id) || Expected(workload.Definition, id, shape) is not { } expected)
                continue;
            foreach ((string member, long? found, double? computed) in new[]
            {
                ("bytes", workload.Work.Bytes, expected.Bytes), ("multiplyAdds", workload.Work.MultiplyAdds, expected.MultiplyAdds),
            })
            {
                if (found is long amount && computed is double exact && Math.Abs(amount - exact) > Slack * exact)
                    yield return new("work", $"$.workloads[{i}].work.{member}", FormattableString.Invariant($"{amount}; the model's shape gives {exact:F0}"));
            }
        }
    }

    private static (double? Bytes, double MultiplyAdds)? Expected(string definition, WorkloadId id, ModelDimensions shape) => definition switch
    {
        "attention/1" when Context(id.Shape) is double context => (CacheBytes(shape) * context, 2 * Queries(shape) * context),
        "decode/1" when id.Format!.Split('+') is [var weights, var head] && Context(id.Setting) is double context => Decode(shape, weights, head, id.SettingTokens!.Value, context),
        "prefill/2" or "ttft/2" when id.SettingTokens is int tokens => Prompt(shape, id.Format!, tokens),
        _ => null,
    };

    // Token i attends to itself and to all before it.
    private static (double?, double) Decode(ModelDimensions shape, string weights, string head, double tokens, double context)
    {
        double positions = (tokens * context) + (tokens * (tokens + 1) / 2);
        return ((tokens * (Linear(shape, weights) + WeightBytes.Of(head, shape.Vocabulary, shape.Embedding))) + (positions * CacheBytes(shape) * shape.Layers),
            (tokens * ((shape.Layers * Layer(shape)) + Head(shape))) + (positions * 2 * Queries(shape) * shape.Layers));
    }

    // Only the last token's logits are wanted: in the last layer the others are needed for their keys and values alone.
    private static (double?, double) Prompt(ModelDimensions shape, string weights, double tokens)
    {
        double keysAndValues = 2 * Values(shape) * shape.Embedding, pairs = tokens * (tokens + 1) / 2;
        return (Linear(shape, weights) + WeightBytes.Of("screened8", shape.Vocabulary, shape.Embedding),
            ((shape.Layers - 1) * ((tokens * Layer(shape)) + (2 * Queries(shape) * pairs)))
            + (tokens * keysAndValues) + (Layer(shape) - keysAndValues) + (2 * Queries(shape) * tokens) + Head(shape));
    }

    private static double? Linear(ModelDimensions shape, string format)
    {
        double? Matrix(double rows, double columns) => WeightBytes.Of(format, rows, columns);
        return shape.Layers * (Matrix(Queries(shape), shape.Embedding) + (2 * Matrix(Values(shape), shape.Embedding)) + Matrix(shape.Embedding, Queries(shape))
            + (2 * Matrix(shape.FeedForward, shape.Embedding)) + Matrix(shape.Embedding, shape.FeedForward));
    }

    private static double Layer(ModelDimensions shape) => (2 * Queries(shape) * shape.Embedding) + (2 * Values(shape) * shape.Embedding) + (3.0 * shape.FeedForward * shape.Embedding);

    private static double Head(ModelDimensions shape) => (double)shape.Vocabulary * shape.Embedding;

    private static double Queries(ModelDimensions shape) => (double)shape.Heads * shape.HeadSize;

    private static double Values(ModelDimensions shape) => (double)shape.KeyValueHeads * shape.HeadSize;

    /// <summary>Keys and values of one position in one layer, F16.</summary>
    private static double CacheBytes(ModelDimensions shape) => 2 * 2 * Values(shape);

    private static double? Context(string? text) =>
        text is not null && ContextForm().Match(text) is { Success: true } match ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"(?:\A|@)ctx([0-9]+)\z")]
    private static partial Regex ContextForm();
}
