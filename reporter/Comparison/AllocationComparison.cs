using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Allocated bytes per operation, compared exactly and without statistics; only a difference makes a row. A side's figure is the least of
/// its launches in whole bytes: what the workload allocates is in every launch, and the runtime's own threads only ever add to one.</summary>
internal static class AllocationComparison
{
    /// <summary>A single launch may hold what the runtime added.</summary>
    private const int LeastLaunches = 2;

    public static WorkloadComparison? Of(string workload, SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options)
    {
        if (Allocated.Of(workload, baseline) is not { } before || Allocated.Of(workload, candidate) is not { } after || before.Least == after.Least) return null;
        bool exact = before.Exact && after.Exact;
        if (!exact && !Enough(before, after)) return null;
        bool more = after.Least > before.Least * (1 + options.AllocationThreshold);
        return new WorkloadComparison
        {
            Id = workload,
            Metric = ComparedMetric.Allocated,
            Unit = Receipts.Schema.Unit.Bytes.Name,
            Better = Better.Lower,
            Verdict = more ? Verdict.Regressed : after.Least < before.Least ? Verdict.Improved : Verdict.Equivalent,
            Baseline = new SideValue(before.Least, before.Launches),
            Candidate = new SideValue(after.Least, after.Launches),
            Ratio = before.Least > 0 ? after.Least / before.Least : null,
            Threshold = options.AllocationThreshold,
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"allocates {after.Least:0} B an operation instead of {before.Least:0} B; {(exact ? "exact in all launches" : "the least of each side's launches, which differ")}, {(
                    more ? $"more than {Percent.Amount(options.AllocationThreshold)} above" : after.Least < before.Least ? "less" : "within the threshold")}."),
        };
    }

    /// <summary>A difference that no row shows, because a figure is no whole number or not the same in all launches, and too few launches are there.</summary>
    public static ReceiptWarning? Warning(string workload, SideOfRuns baseline, SideOfRuns candidate)
    {
        if (Allocated.Of(workload, baseline) is not { } before || Allocated.Of(workload, candidate) is not { } after
            || before.Least == after.Least || (before.Exact && after.Exact) || Enough(before, after))
        {
            return null;
        }
        return new ReceiptWarning("allocation-inexact", workload, string.Create(CultureInfo.InvariantCulture,
            $"allocates {after.Least:0} B an operation instead of {before.Least:0} B, but not the same whole number in all launches: not judged with fewer than {LeastLaunches} launches on each side"));
    }

    private static bool Enough(Allocated before, Allocated after) => Math.Min(before.Launches, after.Launches) >= LeastLaunches;

    /// <param name="Least">Whole bytes per operation.</param>
    /// <param name="Exact">The same whole number in all launches.</param>
    private sealed record Allocated(double Least, int Launches, bool Exact)
    {
        /// <summary>Null where a launch does not know.</summary>
        public static Allocated? Of(string workload, SideOfRuns side)
        {
            double?[] bytes = [.. Comparability.Records(workload, side).SelectMany(x => x.Record.Launches).Select(launch => launch.AllocatedBytes)];
            if (bytes.Length == 0 || bytes.Any(b => b is not >= 0)) return null;
            double least = Math.Round(bytes.Min()!.Value, MidpointRounding.AwayFromZero);
            return new Allocated(least, bytes.Length, bytes.All(b => b == least));
        }
    }
}
