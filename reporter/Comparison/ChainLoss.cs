namespace BitNet.Perf.Reporter.Comparison;

/// <summary>What a new baseline would give away against an earlier one of its chain. Steps that each lie within the threshold may add up to more; so the new one is held
/// against the oldest as well, and a loss is asked about by its estimate, whether it is proven or not.</summary>
public static class ChainLoss
{
    /// <summary>Workloads that regressed, or whose estimated cost grew by more than their threshold; the largest first.</summary>
    public static IReadOnlyList<WorkloadComparison> Of(ComparisonResult result) =>
    [
        .. result.Workloads.Where(row => row.Verdict == Verdict.Regressed || (row.Verdict != Verdict.Incomparable && row.Ratio > 1 + row.Threshold))
            .OrderByDescending(row => row.Ratio ?? double.PositiveInfinity),
    ];

    /// <summary>Workloads that compute something else.</summary>
    public static IReadOnlyList<WorkloadComparison> OtherResults(ComparisonResult result) => [.. result.Workloads.Where(row => row.ResultMatch == false)];
}
