using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>What a workload says one operation does follows from the shape, format and setting in its id: rates rest on it.</summary>
internal static class WorkRules
{
    private static readonly string[] Products = ["gemv", "gemm", "head"];

    // Beyond the weights at most scales, activations and outputs are read.
    private const double Slack = 1.05;

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        for (int i = 0; i < receipt.Workloads.Count; i++)
        {
            WorkloadRecord workload = receipt.Workloads[i];
            string path = $"$.workloads[{i}].work";
            foreach ((string member, long? amount) in new[] { ("tokens", workload.Work.Tokens), ("bytes", workload.Work.Bytes), ("multiplyAdds", workload.Work.MultiplyAdds) })
            {
                if (amount is <= 0)
                    yield return new("work", $"{path}.{member}", $"{amount}; expected a positive number, or null where it has no meaning");
            }
            if (!WorkloadId.TryParse(workload.Id, out WorkloadId? id))
                continue;
            if (workload.Work.Tokens is int tokens && id.SettingTokens is int expected && tokens != expected)
                yield return new("work", $"{path}.tokens", $"{tokens}; {id.Setting} has {expected}");
            // A kernel makes no tokens, but for the sampler, which chooses one.
            if (id.Family != WorkloadFamily.EndToEnd && receipt.Origin == ReceiptOrigin.Measured && workload.Work.Tokens is int made && !(id.Operation == "sampler" && made == 1))
                yield return new("work", $"{path}.tokens", $"{made}; expected null of what makes no tokens");
            if (Sides(id) is not (double rows, double columns))
                continue;
            double weights = rows * columns, products = weights * id.Batch!.Value;
            if (workload.Work.MultiplyAdds is long multiplyAdds && multiplyAdds != products)
                yield return new("work", $"{path}.multiplyAdds", FormattableString.Invariant($"{multiplyAdds}; {id.Shape} at batch {id.Batch} takes {products:F0}"));
            if (workload.Work.Bytes is long bytes && WeightBytes.Of(id.Format!, rows, columns) is double least && (bytes < least || bytes > least * Slack))
                yield return new("work", $"{path}.bytes", FormattableString.Invariant($"{bytes}; the weights {id.Shape} in {id.Format} have {least:F0}"));
        }
    }

    /// <summary>Rows and columns of a matrix product; null for other workloads.</summary>
    private static (double Rows, double Columns)? Sides(WorkloadId id)
    {
        if (id.Family != WorkloadFamily.Kernel || !Products.Contains(id.Operation) || id.Shape!.Split('x') is not [string rows, string columns])
            return null;
        return double.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out double r)
            && double.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out double c) ? (r, c) : null;
    }
}
