using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>The smallest slowdown that one more run would show against a baseline.</summary>
/// <param name="Median">Over the workloads judged: 0.04 is 4 %.</param>
/// <param name="Largest">Of the workload that is known worst.</param>
public sealed record BaselineSensitivity(double Median, double Largest)
{
    /// <summary>As a comparison finds it whose candidate has as many launches as the newest run and varies like it (80 % power).</summary>
    /// <param name="baseline">Receipts of one baseline.</param>
    /// <returns>Null where nothing shows the noise: single launches in few runs.</returns>
    public static BaselineSensitivity? Of(IReadOnlyList<ReceiptSource> baseline, ComparisonOptions options)
    {
        SideOfRuns stored = SideOfRuns.Baseline(baseline);
        // A stand-in of the newest run's shape; its own digest would make it the same run twice.
        Receipt another = stored.Newest with { Run = stored.Newest.Run + "-again", Digest = null };
        double[] mde =
        [
            .. BaselineComparison.Compare(stored, SideOfRuns.Candidate([new ReceiptSource("", another)]), options)
                .Workloads.Where(row => row.Metric != ComparedMetric.Allocated).Select(row => row.Mde).OfType<double>(),
        ];
        return mde.Length == 0 ? null : new BaselineSensitivity(WorkloadFigures.Median(mde), mde.Max());
    }
}
