using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>A comparable workload on both sides, before it is known what the other workloads of the family look like.</summary>
internal sealed record WorkloadPair(string Id, WorkloadRecord Record, SideSample Baseline, SideSample Candidate, bool? ResultMatch)
{
    public double LogRatio => Candidate.Mean - Baseline.Mean;

    public string NoiseClass => RunNoise.ClassOf(Id);
}

/// <summary>A pair with its error; null evidence where nothing shows the noise, and then p is 1 both ways.</summary>
internal sealed class TestedPair
{
    public TestedPair(WorkloadPair pair, Evidence? evidence)
    {
        (Pair, Evidence) = (pair, evidence);
        double tail = evidence?.Error.UpperTail(Math.Abs(pair.LogRatio)) ?? 1, opposite = evidence is null ? 1 : 1 - tail;
        (Slower, Faster) = pair.LogRatio >= 0 ? (tail, opposite) : (opposite, tail);
    }

    public WorkloadPair Pair { get; }
    public Evidence? Evidence { get; }

    /// <summary>One-sided p for slower.</summary>
    public double Slower { get; }

    /// <summary>One-sided p for faster.</summary>
    public double Faster { get; }
}

/// <summary>Judges the family of all comparable workloads together.</summary>
internal static class WorkloadJudgement
{
    internal const double Power80 = 0.8;
    internal const double Power95 = 0.95;

    /// <summary>A margin beyond a millionfold, as one degree of freedom gives far out, says nothing and is left out.</summary>
    internal const double MostLogRatio = 13.8;

    public static IReadOnlyList<TestedPair> Test(IReadOnlyList<WorkloadPair> pairs, ComparisonOptions options)
    {
        var calibrated = new CalibratedNoise(options.Calibration);
        Dictionary<string, RunNoise> noise = pairs.GroupBy(pair => pair.NoiseClass).ToDictionary(
            group => group.Key,
            group => RunNoise.Of([.. group.Select(pair => (pair.Baseline, pair.Candidate))], options.AssumedRunDeviation, calibrated.OfClass(group.Key)));
        return [.. pairs.Select(pair => new TestedPair(pair, Evidence.Of(pair.Baseline, pair.Candidate,
            RunNoise.OfWorkload(noise[pair.NoiseClass], pair.Baseline, pair.Candidate, calibrated.OfWorkload(pair.NoiseClass, pair.Id)))))];
    }

    /// <summary>The verdicts alone, on a host that did not change.</summary>
    public static Verdict[] Verdicts(IReadOnlyList<TestedPair> tested, ComparisonOptions options)
    {
        (double[] slower, double[] faster) = Adjusted(tested);
        return [.. tested.Select((t, i) => t.Evidence is { } evidence
            ? VerdictRule.Decide(t.Pair.LogRatio, slower[i], faster[i], evidence.Error, options.FamilyErrorRate, options.ThresholdOf(t.Pair.Id))
            : Verdict.Undecided)];
    }

    public static IReadOnlyList<WorkloadComparison> Judge(IReadOnlyList<TestedPair> tested, HostSummary host, ComparisonOptions options)
    {
        (double[] slower, double[] faster) = Adjusted(tested);
        Verdict[] verdicts = Verdicts(tested, options);
        double level = options.FamilyErrorRate / Math.Max(1, tested.Count);
        return [.. tested.Select((t, i) => t.Evidence is { } evidence
            ? Judge(t, evidence, verdicts[i], t.Pair.LogRatio >= 0 ? slower[i] : faster[i], level, host, options)
            : Row(t.Pair, Verdict.Undecided, Reasons.SingleLaunch(), options))];
    }

    private static WorkloadComparison Judge(
        TestedPair tested, Evidence evidence, Verdict verdict, double pAdjusted, double level, HostSummary host, ComparisonOptions options)
    {
        WorkloadPair pair = tested.Pair;
        EffectError error = evidence.Error;
        double logRatio = pair.LogRatio, threshold = options.ThresholdOf(pair.Id);
        double detectable = error.MinimumDetectable(level, Power80);
        Interval interval = Around(logRatio, error.Critical(VerdictRule.MarginalTail));
        string reason = Reasons.Of(verdict, Math.Exp(logRatio), interval, pAdjusted, options.FamilyErrorRate, threshold, evidence);
        MoreEvidence? needed = null;
        if (verdict == Verdict.Undecided)
        {
            needed = MoreEvidence.Of(evidence, more => VerdictRule.IsDecisive(logRatio, more.Error, level, threshold));
            reason = $"{reason.TrimEnd('.')}; {Reasons.Needed(needed, evidence)}.";
        }
        (verdict, reason) = OnHost(verdict, reason, host);
        return Row(pair, verdict, reason, options) with
        {
            Ratio = Math.Exp(logRatio),
            Interval90 = interval,
            Simultaneous = error.Critical(level) <= MostLogRatio ? Around(logRatio, error.Critical(level)) : null,
            P = logRatio >= 0 ? tested.Slower : tested.Faster,
            PAdjusted = pAdjusted,
            Mde = detectable <= MostLogRatio ? Math.Exp(detectable) - 1 : null,
            LaunchesNeeded = verdict == Verdict.Undecided ? needed?.Launches : null,
            Detail = new ComparisonDetail
            {
                Evidence = evidence,
                Mde95 = Math.Exp(error.MinimumDetectable(level, Power95)) - 1,
                Needed = needed,
                BaselineLaunches = pair.Baseline.LaunchValues,
                CandidateLaunches = pair.Candidate.LaunchValues,
                LaunchRatio = HodgesLehmann.Ratio(Costs(pair.Candidate), Costs(pair.Baseline)),
                LaunchInterval90 = HodgesLehmann.RatioInterval(Costs(pair.Candidate), Costs(pair.Baseline), 2 * VerdictRule.MarginalTail),
            },
        };
    }

    private static (double[] Slower, double[] Faster) Adjusted(IReadOnlyList<TestedPair> tested) =>
        (Holm.Adjust([.. tested.Select(t => t.Slower)]), Holm.Adjust([.. tested.Select(t => t.Faster)]));

    // A host that changed may hide a slowdown, so nothing passes on it; and it excuses none, so a regression stays one, marked.
    public static (Verdict Verdict, string Reason) OnHost(Verdict verdict, string reason, HostSummary host)
    {
        if (!host.Changed) return (verdict, reason);
        string moved = $"the host changed ({Reasons.HostChanged(host.Checks)})";
        return verdict switch
        {
            Verdict.Regressed => (verdict, $"{reason} Marked: {moved}; measure both builds again, close together."),
            Verdict.Undecided => (verdict, $"{reason} Also, {moved}."),
            _ => (Verdict.Undecided, $"Refused, {moved}; on a steady host it would read: {reason}"),
        };
    }

    public static WorkloadComparison Row(WorkloadPair pair, Verdict verdict, string reason, ComparisonOptions options) => new()
    {
        Id = pair.Id,
        Metric = pair.Record.Metric switch { Metric.Time => ComparedMetric.Time, Metric.Rate => ComparedMetric.Rate, _ => ComparedMetric.Size },
        Unit = pair.Record.Unit,
        Better = pair.Record.Better,
        Verdict = verdict,
        Baseline = new SideValue(pair.Baseline.Value, pair.Baseline.Launches),
        Candidate = new SideValue(pair.Candidate.Value, pair.Candidate.Launches),
        Threshold = options.ThresholdOf(pair.Id),
        ResultMatch = pair.ResultMatch,
        Reason = reason,
    };

    private static Interval Around(double logRatio, double half) => new(Math.Exp(logRatio - half), Math.Exp(logRatio + half));

    private static double[] Costs(SideSample side) => [.. side.LogCosts.Select(Math.Exp)];
}
