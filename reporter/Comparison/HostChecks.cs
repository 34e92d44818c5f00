using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>The control kernel and the probes, which are measured in every launch and do the same in every build: when they move, the host did.
/// They are never judged as workloads and never used to correct one.</summary>
internal static class HostChecks
{
    /// <summary>Chance that a host which did not change is said to have, over all checks, looks and both directions.</summary>
    private const double ErrorRate = 0.01;

    /// <param name="looks">At how many looks the host is checked.</param>
    public static HostSummary Of(SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options, int looks = 1)
    {
        var pairs = Probes(baseline, candidate, (side, id, better) => SideSample.Of(side, id, better, int.MaxValue)).ToList();
        HostCheck?[] checks = [.. pairs.Select(p => Check(p.Id, p.Baseline, p.Candidate, pairs.Count * looks, options))];
        return Summary(checks, pairs.Where(p => WorkloadId.IsControl(p.Id)).Select(p => p.Candidate.Mean - p.Baseline.Mean), baseline, candidate);
    }

    /// <summary>The same of launches that alternated: a probe that costs more beside one build than beside the other.</summary>
    public static HostSummary OfBlocks(SideOfRuns baseline, SideOfRuns candidate, Blocks blocks, ComparisonOptions options)
    {
        (string Id, double[] LogRatios)[] probes = [.. Probes(baseline, candidate, (_, id, better) => blocks.LogCosts(id, better))
            .Select(p => (p.Id, p.Baseline.LogRatios())).Where(p => p.Item2.Length > 0)];
        HostCheck[] checks = [.. probes.Select(p =>
        {
            var walsh = new WalshAverages(p.LogRatios);
            double threshold = options.ThresholdOf(p.Id), logRatio = walsh.Median;
            // So few pairs that even their whole range may miss more often: what all of them show is told all the same.
            Interval interval = walsh.Around(ErrorRate / probes.Length) ?? walsh.Range;
            return new HostCheck(p.Id, Math.Exp(logRatio), Math.Exp((interval.Upper - interval.Lower) / 2), threshold,
                !interval.Contains(0) && Math.Abs(logRatio) >= Math.Log(1 + threshold));
        })];
        return Summary(checks, probes.Where(p => WorkloadId.IsControl(p.Id)).Select(p => new WalshAverages(p.LogRatios).Median), baseline, candidate);
    }

    private static HostSummary Summary(IEnumerable<HostCheck?> checks, IEnumerable<double> controls, SideOfRuns baseline, SideOfRuns candidate)
    {
        HostCheck[] known = [.. checks.OfType<HostCheck>()];
        double? control = controls.OrderByDescending(Math.Abs).Select(r => (double?)Math.Exp(r)).FirstOrDefault();
        return new HostSummary(known.Any(check => check.Changed), control, Calibrated: false)
        {
            Checks = known,
            ControlCodeChanged = CodeChange.ChangedProbes(baseline, candidate).Any(WorkloadId.IsControl),
        };
    }

    private static IEnumerable<(string Id, T Baseline, T Candidate)> Probes<T>(SideOfRuns baseline, SideOfRuns candidate, Func<SideOfRuns, string, Better, T?> sample)
        where T : class
    {
        // Compiled differently, a probe is another loop: that it moved says nothing of the host.
        string[] otherLoops = [.. CodeChange.ChangedProbes(baseline, candidate)];
        foreach (string id in baseline.WorkloadIds.Intersect(candidate.WorkloadIds).Where(WorkloadId.IsProbe).Except(otherLoops))
        {
            Better better = Comparability.Records(id, candidate).First().Record.Better;
            // The multiply-add probe takes the instructions of the kernel in use: with another kernel it moves on the same host.
            if (Comparability.Differences(id, baseline, candidate).Count == 0
                && Comparability.Records(id, baseline).Concat(Comparability.Records(id, candidate)).Select(x => x.Record.Kernel).Distinct().Count() == 1
                && sample(baseline, id, better) is { } before && sample(candidate, id, better) is { } after)
            {
                yield return (id, before, after);
            }
        }
    }

    // Noise here is that between launches, and that between runs where it was observed, here or by the calibration. A run-to-run deviation that is only assumed
    // would hide the very thing looked for.
    private static HostCheck? Check(string id, SideSample baseline, SideSample candidate, int checks, ComparisonOptions options)
    {
        RunNoise noise = RunNoise.Of([(baseline, candidate)], assumed: 0, options.CalibratedNoise.OfProbe(id));
        if (Evidence.Of(baseline, candidate, noise) is not { } evidence) return null;
        double logRatio = candidate.Mean - baseline.Mean;
        double margin = evidence.Error.Critical(ErrorRate / 2 / checks);
        double threshold = options.ThresholdOf(id);
        return new HostCheck(id, Math.Exp(logRatio), Math.Exp(margin), threshold,
            Math.Abs(logRatio) > margin && Math.Abs(logRatio) >= Math.Log(1 + threshold));
    }
}
