using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>What a workload says one operation does follows from the shape, format and setting in its id: rates rest on it.</summary>
internal static class WorkRules
{
    private static readonly string[] Products = ["gemv", "gemm", "head"];

    // Beyond the weights at most scales, activations and outputs are read.
    private const double Slack = 1.05;

    // The screened head's int8 copy has three f32 a row, which weigh more than that where rows are short.
    private const int ScreenedBytesPerRow = 12;

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
            if (Sides(id) is not (double rows, double columns))
                continue;
            double weights = rows * columns, products = weights * id.Batch!.Value;
            if (workload.Work.MultiplyAdds is long multiplyAdds && multiplyAdds != products)
                yield return new("work", $"{path}.multiplyAdds", FormattableString.Invariant($"{multiplyAdds}; {id.Shape} at batch {id.Batch} takes {products:F0}"));
            double perRow = id.Format == "screened8" ? ScreenedBytesPerRow * rows : 0;
            if (workload.Work.Bytes is long bytes && Bits(id.Format!) is double bits && (bytes < weights * bits / 8 || bytes > weights * bits / 8 * Slack + perRow))
                yield return new("work", $"{path}.bytes", FormattableString.Invariant($"{bytes}; the weights {id.Shape} in {id.Format} have {weights * bits / 8:F0}"));
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

    private static double? Bits(string format) => format switch
    {
        "i2s" => 2,
        "screened8" => 8,
        // Whole blocks with their scales: 34 bytes for 32 weights, 210 for 256.
        "q8_0" => 8.5,
        "q6_k" => 6.5625,
        "f16" => 16,
        "f32" => 32,
        _ => null,
    };
}
