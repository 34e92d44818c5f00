using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>The control kernel and the probes, which are measured in every launch and do the same in every build: when they move, the host did.
/// They are never judged as workloads and never used to correct one.</summary>
internal static class HostChecks
{
    private const string Prefix = "probe/";
    private const string Control = "probe/control/";

    /// <summary>Chance that a host which did not change is said to have, over all checks and both directions.</summary>
    private const double ErrorRate = 0.01;

    public static bool IsProbe(string workload) => workload.StartsWith(Prefix, StringComparison.Ordinal);

    public static HostSummary Of(SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options)
    {
        var pairs = new List<(string Id, SideSample Baseline, SideSample Candidate)>();
        foreach (string id in baseline.WorkloadIds.Intersect(candidate.WorkloadIds).Where(IsProbe))
        {
            Better better = Comparability.Records(id, candidate).First().Record.Better;
            // The multiply-add probe takes the instructions of the kernel in use: with another kernel it moves on the same host.
            if (Comparability.Differences(id, baseline, candidate).Count == 0
                && Comparability.Records(id, baseline).Concat(Comparability.Records(id, candidate)).Select(x => x.Record.Kernel).Distinct().Count() == 1
                && SideSample.Of(baseline, id, better) is { } before && SideSample.Of(candidate, id, better) is { } after)
            {
                pairs.Add((id, before, after));
            }
        }
        HostCheck[] checks = [.. pairs.Select(p => Check(p.Id, p.Baseline, p.Candidate, pairs.Count, options)).OfType<HostCheck>()];
        double? control = pairs.Where(p => p.Id.StartsWith(Control, StringComparison.Ordinal))
            .Select(p => p.Candidate.Mean - p.Baseline.Mean).OrderByDescending(Math.Abs).Select(r => (double?)Math.Exp(r)).FirstOrDefault();
        return new HostSummary(checks.Any(check => check.Changed), control, Calibrated: false) { Checks = checks };
    }

    // Noise here is that between launches, and that between runs where it was observed. A run-to-run deviation that is only assumed
    // would hide the very thing looked for.
    private static HostCheck? Check(string id, SideSample baseline, SideSample candidate, int checks, ComparisonOptions options)
    {
        RunNoise noise = RunNoise.Of([(baseline, candidate)], assumed: 0);
        if (Evidence.Of(baseline, candidate, noise) is not { } evidence) return null;
        double logRatio = candidate.Mean - baseline.Mean;
        double margin = evidence.Error.Critical(ErrorRate / 2 / checks);
        double threshold = options.ThresholdOf(id);
        return new HostCheck(id, Math.Exp(logRatio), Math.Exp(margin), threshold,
            Math.Abs(logRatio) > margin && Math.Abs(logRatio) >= Math.Log(1 + threshold));
    }
}
