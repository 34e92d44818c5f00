using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Allocated bytes per operation, where they are deterministic: the same whole number in every launch of a side.
/// They are compared exactly, without statistics; only a difference makes a row.</summary>
internal static class AllocationComparison
{
    public static WorkloadComparison? Of(string workload, SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options)
    {
        if (Exact(workload, baseline) is not { } before || Exact(workload, candidate) is not { } after || before.Bytes == after.Bytes) return null;
        bool more = after.Bytes > before.Bytes * (1 + options.AllocationThreshold);
        return new WorkloadComparison
        {
            Id = workload,
            Metric = ComparedMetric.Allocated,
            Unit = Receipts.Schema.Unit.Bytes.Name,
            Better = Better.Lower,
            Verdict = more ? Verdict.Regressed : after.Bytes < before.Bytes ? Verdict.Improved : Verdict.Equivalent,
            Baseline = new SideValue(before.Bytes, before.Launches),
            Candidate = new SideValue(after.Bytes, after.Launches),
            Ratio = before.Bytes > 0 ? after.Bytes / before.Bytes : null,
            Threshold = options.AllocationThreshold,
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"allocates {after.Bytes:0} B an operation instead of {before.Bytes:0} B; exact in all launches, {(
                    more ? $"more than {Percent.Amount(options.AllocationThreshold)} above" : after.Bytes < before.Bytes ? "less" : "within the threshold")}."),
        };
    }

    private static (double Bytes, int Launches)? Exact(string workload, SideOfRuns side)
    {
        double?[] bytes = [.. Comparability.Records(workload, side).SelectMany(x => x.Record.Launches).Select(launch => launch.AllocatedBytes)];
        return bytes.Length > 0 && bytes[0] is { } first && first >= 0 && first == Math.Floor(first) && bytes.All(b => b == first)
            ? (first, bytes.Length)
            : null;
    }
}
