using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>How a comparison was made.</summary>
/// <param name="Name">"baseline" or "paired".</param>
/// <param name="FamilySize">m: workloads tested together.</param>
/// <param name="Looks">How often verdicts were to be drawn.</param>
/// <param name="Look">How many of them were reached.</param>
internal sealed record ComparisonMethod(string Name, int FamilySize, double FamilyErrorRate, int Looks = 1, int Look = 1);

/// <summary>Compares runs with stored runs made at another time; docs/statistics.md, "Against a stored baseline".</summary>
public static class BaselineComparison
{
    /// <exception cref="ComparisonInputException">One run on both sides, or a value that no log has.</exception>
    public static ComparisonResult Compare(SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options)
    {
        SideOfRuns.RefuseDuplicates(baseline.Sources.Concat(candidate.Sources));
        options = options.On(candidate.Newest.HostKey);
        IReadOnlyList<string> obstacles = Comparability.Obstacles(baseline, candidate);
        HostSummary host = (obstacles.Count == 0 ? HostChecks.Of(baseline, candidate, options) : HostSummary.Unchecked).With(options.Calibration);
        CommonWorkloads common = CommonWorkloads.Of(baseline, candidate, obstacles, options, SideSample.Of);
        IReadOnlyList<WorkloadPair> pairs = common.Pairs;
        IReadOnlyList<TestedPair> tested = WorkloadJudgement.Test(pairs, options);
        IReadOnlyList<WorkloadComparison> judged = WorkloadJudgement.Judge(tested, host, options);
        IEnumerable<WorkloadComparison> rows =
            [.. common.Refused, .. judged, .. pairs.Select(pair => AllocationComparison.Of(pair.Id, baseline, candidate, options)).OfType<WorkloadComparison>()];
        return ResultAssembly.Build(baseline, candidate, common, rows, host, obstacles, new ComparisonMethod("baseline", tested.Count, options.FamilyErrorRate), options,
        [
            .. ComparisonWarnings.Of(baseline, candidate, host, obstacles, tested), .. pairs.SelectMany((pair, i) => LaunchShape.Warnings(pair, judged[i])),
            .. pairs.Select(pair => AllocationComparison.Warning(pair.Id, baseline, candidate)).OfType<ReceiptWarning>(),
        ]);
    }
}
