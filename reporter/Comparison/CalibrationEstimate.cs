using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Makes a calibration of separate runs of one build: each run is compared with those before it by the very code that compares builds, and noise
/// between runs is estimated from all of them. Docs/statistics.md, "Calibration".</summary>
public static class CalibrationEstimate
{
    /// <summary>Fewer show noise between runs on so few degrees of freedom that the assumption is better.</summary>
    public const int LeastRuns = RunNoise.LeastDegreesOfFreedom + 1;

    /// <param name="runs">Of one build on one host, made at different times, in any order.</param>
    /// <param name="pairs">Both sides of A/A comparisons whose launches alternated; empty when there were none.</param>
    /// <param name="options">As comparisons of builds are made; taken <see cref="Plain"/>.</param>
    /// <exception cref="ComparisonInputException">Too few runs, an incomplete one, one twice, or runs that are not of one build on one host.</exception>
    public static Calibration Of(IReadOnlyList<ReceiptSource> runs, IReadOnlyList<(ReceiptSource Base, ReceiptSource Head)> pairs, ComparisonOptions options, DateTimeOffset now)
    {
        if (runs.Count < LeastRuns)
            throw Refused($"{runs.Count} runs; a calibration takes at least {LeastRuns}");
        SideOfRuns all = SideOfRuns.Baseline(runs);
        RequireOneBuild([.. all.Sources, .. pairs.SelectMany(pair => new[] { pair.Base, pair.Head })]);
        Receipt newest = all.Newest;
        string[] ids = [.. all.WorkloadIds.Where(id => all.Sources.All(source => source.Receipt.Workloads.Any(workload => workload.Id == id)))];
        (string Id, SideSample Sample)[] samples = [.. ids.Select(id => (id, SideSample.Of(all, id, Comparability.Records(id, all).Last().Record.Better))).Where(s => s.Item2?.Runs.Count == runs.Count)
            .Select(s => (s.id, s.Item2!))];
        int family = Math.Max(1, samples.Count(sample => !WorkloadId.IsProbe(sample.Id)));
        ComparisonOptions plain = Plain(options);
        ComparisonResult[] successive = [.. Enumerable.Range(1, runs.Count - 1).Select(i => BaselineComparison.Compare(
            SideOfRuns.Baseline(all.Sources.Take(i)), SideOfRuns.Candidate([all.Sources[i]]), plain))];
        ComparisonResult[] paired = [.. pairs.Select(pair => PairedComparison.Compare(SideOfRuns.Baseline([pair.Base]), SideOfRuns.Candidate([pair.Head]), plain))];
        return new Calibration
        {
            Schema = Calibration.CurrentSchema,
            HostKey = newest.HostKey,
            CreatedUtc = now,
            Commit = newest.Build.Commit,
            Dirty = newest.Build.Dirty,
            ElapsedSeconds = Math.Max(1, (newest.CreatedUtc - all.Sources[0].Receipt.Launches.Min(launch => launch.StartedUtc)).TotalSeconds),
            Runs = [.. all.Sources.Select(source => new CalibrationRun(source.Receipt.Run, source.Receipt.Digest!, source.Receipt.CreatedUtc, source.Receipt.Launches.Count))],
            FamilySize = family,
            Classes = [.. samples.GroupBy(sample => RunNoise.ClassOf(sample.Id)).Select(group => WithDetectable(Noise(group.Key, [.. group]), [.. group], options.FamilyErrorRate / family))],
            FalseAlarms = [.. new ComparisonResult[][] { successive, paired }.Where(results => results.Length > 0).Select(Count)],
        };
    }

    /// <summary>Without what makes a comparison pass all the same, which would hide an alarm, and without an earlier calibration.</summary>
    public static ComparisonOptions Plain(ComparisonOptions options) => options with { Calibration = null, Acceptances = [], AllowUndecided = false };

    private static void RequireOneBuild(IReadOnlyList<ReceiptSource> all)
    {
        ReceiptSource first = all[0];
        foreach (ReceiptSource source in all.Skip(1))
        {
            IReadOnlyList<string> obstacles = Comparability.Obstacles(SideOfRuns.Baseline([first]), SideOfRuns.Candidate([source]));
            if (obstacles.Count > 0)
                throw Refused($"{source.Path}: {obstacles[0]}; a calibration is of one host");
            if (Build(source) != Build(first))
                throw Refused($"{source.Path}: another build than {first.Path}; a calibration compares one build with itself");
        }
    }

    private static (string?, bool?, int?) Build(ReceiptSource source) => (source.Receipt.Build.Commit, source.Receipt.Build.Dirty, source.Receipt.Build.ExtraKernelWork);

    /// <summary>A class without its detectable slowdowns.</summary>
    /// <param name="members">Each workload of the class, in all runs.</param>
    internal static CalibratedClass Noise(string name, IReadOnlyList<(string Id, SideSample Sample)> members)
    {
        RunNoise noise = RunNoise.OfOneBuild([.. members.Select(member => member.Sample)]);
        return new CalibratedClass(name, noise.Deviation, (int)noise.DegreesOfFreedom, LaunchDeviation(members), [],
            [.. members.Select(member => new CalibratedWorkload(member.Id, RunNoise.OfOneBuild([member.Sample]).Deviation, LaunchDeviation([member])))]);
    }

    private static double? LaunchDeviation(IReadOnlyList<(string Id, SideSample Sample)> members)
    {
        int within = members.Sum(member => member.Sample.WithinDegreesOfFreedom);
        return within > 0 ? Math.Sqrt(members.Sum(member => member.Sample.WithinSquares) / within) : null;
    }

    // Against one stored run, as is often all there is, and against as many as were made here.
    private static CalibratedClass WithDetectable(CalibratedClass noise, IReadOnlyList<(string Id, SideSample Sample)> members, double level)
    {
        int runs = members[0].Sample.Runs.Count, launches = members[0].Sample.Runs[^1].Length;
        return noise with { Detectable = [.. new[] { 1, runs }.Select(baselineRuns => new DetectableSlowdown(baselineRuns, launches, Detectable(noise, baselineRuns, launches, level)))] };
    }

    // One run against stored ones, with the class's noise as it will be known then: from the calibration, or from the runs themselves.
    private static double? Detectable(CalibratedClass noise, int baselineRuns, int launches, double level)
    {
        if (noise.LaunchDeviation is not { } deviation || launches < 2) return null;
        int[] baseline = [.. Enumerable.Repeat(launches, baselineRuns)];
        int observed = baselineRuns - 1;
        var between = new RunNoise(noise.RunDeviation, observed >= RunNoise.LeastDegreesOfFreedom ? observed : noise.DegreesOfFreedom, Assumed: false);
        var known = new Evidence(baseline, [launches], new LaunchNoise(Part(deviation), Part(deviation), Pooled: true).For(baseline, [launches]), between);
        double effect = known.Error.MinimumDetectable(level, WorkloadJudgement.Power80);
        return effect <= WorkloadJudgement.MostLogRatio ? Math.Exp(effect) - 1 : null;
    }

    private static VariancePart Part(double deviation) => new(deviation * deviation, 1);

    private static FalseAlarmCount Count(IReadOnlyList<ComparisonResult> results)
    {
        int alarmed = results.Count(result => result.Counts.Regressed > 0);
        return new FalseAlarmCount(results[0].Method, results.Count, alarmed, BinomialLimit.Upper(alarmed, results.Count), results.Count(result => result.ExitCode == 0),
            results[0].FamilyErrorRate, [.. results.SelectMany(result => result.Baseline.Receipts.Concat(result.Candidate.Receipts)).Select(receipt => receipt.Digest).OfType<string>().Distinct()]);
    }

    private static ComparisonInputException Refused(string message) => new(ComparisonInputFault.NotOneBuild, message);
}
