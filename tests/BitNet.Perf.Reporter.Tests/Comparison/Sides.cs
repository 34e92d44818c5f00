using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

/// <summary>Comparisons of synthetic runs in a line.</summary>
internal static class Sides
{
    public static ComparisonResult Compare(SyntheticRun baseline, SyntheticRun candidate, ComparisonOptions? options = null) =>
        Compare([baseline], [candidate], options);

    public static ComparisonResult Compare(
        IEnumerable<SyntheticRun> baseline, IEnumerable<SyntheticRun> candidate, ComparisonOptions? options = null) =>
        BaselineComparison.Compare(
            SideOfRuns.Baseline(Sources(baseline, "base")), SideOfRuns.Candidate(Sources(candidate, "head")), options ?? new ComparisonOptions());

    public static IEnumerable<ReceiptSource> Sources(IEnumerable<SyntheticRun> runs, string folder) =>
        runs.Select((run, i) => new ReceiptSource($"{folder}/{i + 1}.json", run.Build()));

    /// <summary>Runs whose means lie evenly around a middle: σ_run is the given deviation exactly, launches as steady as given.</summary>
    public static SyntheticRun[] Runs(
        int count, string id, double middle, int launches = 10, double runDeviation = 0.002, double launchDeviation = 0.002, string unit = "ns", string name = "b")
    {
        // ±d alternating (and 0 for the odd one out) has the sample variance d²·even/(count − 1).
        int even = count / 2 * 2;
        double d = count > 1 ? runDeviation * Math.Sqrt((count - 1.0) / even) : 0;
        return [.. Enumerable.Range(0, count).Select(i => new SyntheticRun($"{name}{i}")
            .With(id, SyntheticRun.Steady(middle * Math.Exp(i == even ? 0 : i % 2 == 0 ? d : -d), launches, launchDeviation), unit))];
    }
}
