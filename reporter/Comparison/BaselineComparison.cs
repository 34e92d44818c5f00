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
    public const string MethodName = "baseline";

    /// <exception cref="ComparisonInputException">One run on both sides, or a value that no log has.</exception>
    public static ComparisonResult Compare(SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options)
    {
        SideOfRuns.RefuseDuplicates(baseline.Sources.Concat(candidate.Sources));
        options = options.On(candidate.Newest.HostKey);
        options = options with { CalibratedNoise = CalibratedNoise.Between(baseline, candidate, options) };
        IReadOnlyList<string> obstacles = Comparability.Obstacles(baseline, candidate);
        LaunchLooks looks = LaunchLooks.Of(candidate);
        HostSummary host = (obstacles.Count == 0 ? HostChecks.Of(baseline, candidate, options, looks.Count) : HostSummary.Unchecked).With(options.Calibration, MethodName);
        MatchedWorkloads common = MatchedWorkloads.Of(baseline, candidate, obstacles, options, SideSample.Of);
        IReadOnlyList<WorkloadPair> pairs = ManyWorkloads.Each(common.Pairs, (pair, _) => AtLooks(pair, candidate, looks));
        IReadOnlyList<TestedPair> tested = WorkloadJudgement.Test(pairs, options);
        IReadOnlyList<WorkloadComparison> judged = WorkloadJudgement.Judge(tested, looks, host, options);
        IEnumerable<WorkloadComparison> rows =
            [.. common.Refused, .. judged, .. pairs.Select(pair => AllocationComparison.Of(pair.Id, baseline, candidate, options)).OfType<WorkloadComparison>()];
        return ResultAssembly.Build(baseline, candidate, common, rows, host, obstacles, new ComparisonMethod(MethodName, tested.Count, options.FamilyErrorRate) { Looks = looks.Count, Look = looks.Taken(candidate) }, options,
        [
            .. ComparisonWarnings.Of(baseline, candidate, host, obstacles, tested), .. ManyWorkloads.Each(pairs, (pair, i) => LaunchShape.Warnings(pair, judged[i]).ToArray()).SelectMany(ofOne => ofOne),
            .. CodeChange.Warnings(judged), .. pairs.Select(pair => AllocationComparison.Warning(pair.Id, baseline, candidate)).OfType<ReceiptWarning>(),
        ]);
    }

    private static WorkloadPair AtLooks(WorkloadPair pair, SideOfRuns candidate, LaunchLooks looks)
    {
        SampleAtLook[] samples = [.. looks.Samples(candidate, pair.Id, pair.Record.Better)];
        return pair with { Candidate = samples[^1].Sample, Look = samples[^1].Look, Earlier = samples[..^1] };
    }
}
