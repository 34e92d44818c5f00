using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>The model's figures agree with its shape.</summary>
internal static class ModelRules
{
    // A file may carry a few tensors more (per-tensor scales, rope factors).
    private const double Slack = 0.001;

    // The densest ternary format has 1.58 bits a weight; a file with fewer bits than its parameters is not that model.
    private const double LeastBitsPerParameter = 1.58;

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        if (receipt.Model is not ModelDescription model)
        {
            if (receipt.Origin == ReceiptOrigin.Measured && receipt.Workloads.Any(IsEndToEnd))
                yield return new("model", "$.model", "null although end-to-end workloads were measured");
            yield break;
        }
        if (!Forms.IsSha256(model.Sha256))
            yield return new("sha256", "$.model.sha256", $"\"{model.Sha256}\"; expected 64 lower-case hex digits");
        if (!Forms.IsText(model.File) || model.File.IndexOfAny(['/', '\\']) >= 0)
            yield return new("path", "$.model.file", "expected a file name without folders");
        ModelDimensions shape = model.Shape;
        if (!IsPositive(shape))
        {
            yield return new("shape", "$.model.shape", "a dimension is not positive");
            yield break;
        }
        if (shape.Heads % shape.KeyValueHeads != 0)
            yield return new("shape", "$.model.shape.keyValueHeads", $"{shape.KeyValueHeads} does not divide the {shape.Heads} heads");
        double tied = Parameters(shape);
        double untied = tied + ((double)shape.Vocabulary * shape.Embedding);
        if (!Near(model.Parameters, tied) && !Near(model.Parameters, untied))
        {
            yield return new("parameters", "$.model.parameters",
                FormattableString.Invariant($"{model.Parameters}; the shape gives {tied:F0}, or {untied:F0} with a head of its own"));
        }
        if (model.Bytes * 8.0 < model.Parameters * LeastBitsPerParameter)
            yield return new("model", "$.model.bytes", $"{model.Bytes} bytes are fewer than {model.Parameters} ternary parameters take");
    }

    /// <summary>Parameters of a BitNet b1.58 model whose head is the embedding: four attention and three feed-forward matrices a layer,
    /// four norms a layer, one at the end. 2B-4T: 2,412,820,480.</summary>
    internal static double Parameters(ModelDimensions shape)
    {
        double embedding = shape.Embedding;
        double heads = (double)shape.Heads * shape.HeadSize;
        double keyValue = (double)shape.KeyValueHeads * shape.HeadSize;
        double layer = (2 * embedding * heads) + (2 * embedding * keyValue) + (3 * embedding * shape.FeedForward)
            + (2 * embedding) + heads + shape.FeedForward;
        return (shape.Vocabulary * embedding) + (shape.Layers * layer) + embedding;
    }

    /// <summary>Whether amounts of work follow from it.</summary>
    internal static bool IsPossible(ModelDimensions shape) => IsPositive(shape) && shape.Heads % shape.KeyValueHeads == 0;

    private static bool IsPositive(ModelDimensions shape) => new[]
    {
        shape.Layers, shape.Embedding, shape.FeedForward, shape.Heads, shape.KeyValueHeads, shape.HeadSize, shape.Vocabulary, shape.Context,
    }.All(dimension => dimension >= 1);

    private static bool Near(double found, double expected) => Math.Abs(found - expected) <= Slack * expected;

    private static bool IsEndToEnd(WorkloadRecord workload) =>
        WorkloadId.TryParse(workload.Id, out WorkloadId? id) && id.Family == WorkloadFamily.EndToEnd;
}
