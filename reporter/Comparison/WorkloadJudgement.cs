using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>A comparable workload on both sides, before it is known what the other workloads of the family look like.</summary>
/// <param name="Candidate">At the last look that measured it.</param>
internal sealed record WorkloadPair(string Id, WorkloadRecord Record, SideSample Baseline, SideSample Candidate, bool? ResultMatch)
{
    /// <summary>Index of the candidate's last look.</summary>
    public int Look { get; init; }

    /// <summary>The candidate at the looks before.</summary>
    public IReadOnlyList<SampleAtLook> Earlier { get; init; } = [];

    /// <summary>Whether the machine code differs; null where it is not known on both sides.</summary>
    public bool? CodeChanged { get; init; }

    public double LogRatio => Candidate.Mean - Baseline.Mean;

    /// <summary>At the first look, up to which every workload was measured whatever it showed.</summary>
    public SideSample First => Earlier is [var first, ..] ? first.Sample : Candidate;

    public string NoiseClass => RunNoise.ClassOf(Id);
}

/// <summary>A pair with its error; null evidence where nothing shows the noise, and then p is 1 both ways.</summary>
internal sealed class TestedPair
{
    /// <param name="pair">At its last look.</param>
    /// <param name="evidence">At its last look.</param>
    /// <param name="earlier">The same pair at the looks before.</param>
    public TestedPair(WorkloadPair pair, Evidence? evidence, params IReadOnlyList<TestedPair> earlier)
    {
        (Pair, Evidence, Earlier) = (pair, evidence, earlier);
        double tail = evidence?.Error.UpperTail(Math.Abs(pair.LogRatio)) ?? 1, opposite = evidence is null ? 1 : 1 - tail;
        (Slower, Faster) = pair.LogRatio >= 0 ? (tail, opposite) : (opposite, tail);
    }

    public IReadOnlyList<TestedPair> Earlier { get; }

    /// <summary>This look's and all earlier ones.</summary>
    public IEnumerable<TestedPair> Looks => Earlier.Append(this);

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

    /// <summary>Noise between runs is a class's at the first look, also at later ones: they have not all of its workloads.</summary>
    public static IReadOnlyList<TestedPair> Test(IReadOnlyList<WorkloadPair> pairs, ComparisonOptions options)
    {
        CalibratedNoise calibrated = options.CalibratedNoise;
        Dictionary<string, RunNoise> noise = pairs.GroupBy(pair => pair.NoiseClass).ToDictionary(
            group => group.Key,
            group => RunNoise.Of([.. group.Select(pair => (pair.Baseline, pair.First))], options.AssumedRunDeviation, calibrated.OfClass(group.Key)) with { CalibratedTooShort = calibrated.IsTooShort(group.Key) });
        return ManyWorkloads.Each(pairs, (pair, _) => Tested(pair, noise[pair.NoiseClass], calibrated, [.. pair.Earlier.Select(
            earlier => Tested(pair with { Candidate = earlier.Sample, Look = earlier.Look, Earlier = [] }, noise[pair.NoiseClass], calibrated))]));
    }

    private static TestedPair Tested(WorkloadPair pair, RunNoise ofClass, CalibratedNoise calibrated, params IReadOnlyList<TestedPair> earlier) => new(
        pair,
        Evidence.Of(pair.Baseline, pair.Candidate, RunNoise.OfWorkload(ofClass, pair.Baseline, pair.Candidate, calibrated.OfWorkload(pair.NoiseClass, pair.Id))),
        earlier);

    /// <summary>The verdicts alone, on a host that did not change.</summary>
    public static Verdict[] Verdicts(IReadOnlyList<TestedPair> tested, LaunchLooks looks, ComparisonOptions options)
    {
        (double[] slower, double[] faster) = Adjusted(tested, looks);
        return [.. tested.Select((t, i) => t.Evidence is { } evidence
            ? VerdictRule.Decide(t.Pair.LogRatio, slower[i], faster[i], evidence.Error, options.FamilyErrorRate, options.ThresholdOf(t.Pair.Id), looks.Tail(t.Pair.Look))
            : Verdict.Undecided)];
    }

    public static IReadOnlyList<WorkloadComparison> Judge(IReadOnlyList<TestedPair> tested, LaunchLooks looks, HostSummary host, ComparisonOptions options)
    {
        (double[] slower, double[] faster) = Adjusted(tested, looks);
        Verdict[] verdicts = Verdicts(tested, looks, options);
        return ManyWorkloads.Each(tested, (t, i) => t.Evidence is { } evidence
            ? Judge(t, evidence, verdicts[i], t.Pair.LogRatio >= 0 ? slower[i] : faster[i], tested.Count, looks, host, options)
            : Row(t.Pair, Verdict.Undecided, Reasons.SingleLaunch(), options));
    }

    /// <summary>What would decide at the last look, or after one look as it was.</summary>
    public static MoreEvidence Needed(TestedPair tested, Evidence evidence, int workloads, LaunchLooks looks, ComparisonOptions options)
    {
        int last = looks.Count - 1;
        double level = looks.Level(last, options.FamilyErrorRate, workloads), threshold = options.ThresholdOf(tested.Pair.Id);
        return MoreEvidence.Of(evidence, more => VerdictRule.IsDecisive(tested.Pair.LogRatio, more.Error, level, threshold, looks.Tail(last)));
    }

    private static WorkloadComparison Judge(
        TestedPair tested, Evidence evidence, Verdict verdict, double pAdjusted, int workloads, LaunchLooks looks, HostSummary host, ComparisonOptions options)
    {
        WorkloadPair pair = tested.Pair;
        EffectError error = evidence.Error;
        double logRatio = pair.LogRatio, threshold = options.ThresholdOf(pair.Id);
        double level = looks.Level(pair.Look, options.FamilyErrorRate, workloads), tail = looks.Tail(pair.Look);
        double detectable = error.MinimumDetectable(level, Power80);
        string reason = Reasons.Of(verdict, Math.Exp(logRatio), Around(logRatio, error.Critical(tail)), pAdjusted, options.FamilyErrorRate, threshold, evidence,
            tail, looks.IsSingle ? "" : $"; look {pair.Look + 1} of {looks.Count}");
        MoreEvidence? needed = null;
        if (verdict == Verdict.Undecided)
        {
            needed = Needed(tested, evidence, workloads, looks, options);
            reason = $"{reason.TrimEnd('.')}; {Reasons.Needed(needed, evidence)}.";
        }
        (verdict, reason) = OnHost(verdict, reason, host);
        return Row(pair, verdict, reason, options) with
        {
            Ratio = Math.Exp(logRatio),
            Interval90 = Around(logRatio, error.Critical(VerdictRule.MarginalTail)),
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

    // Holm's procedure with p carried over looks would be none: what it gives one workload depends on when the others are looked at.
    private static (double[] Slower, double[] Faster) Adjusted(IReadOnlyList<TestedPair> tested, LaunchLooks looks) => looks.IsSingle
        ? (Holm.Adjust([.. tested.Select(t => t.Slower)]), Holm.Adjust([.. tested.Select(t => t.Faster)]))
        : ([.. tested.Select(t => looks.Adjust(t.Looks.Select(l => (l.Pair.Look, l.Slower)), tested.Count))],
            [.. tested.Select(t => looks.Adjust(t.Looks.Select(l => (l.Pair.Look, l.Faster)), tested.Count))]);

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
        CodeChanged = pair.CodeChanged,
        Reason = reason + CodeChange.Clause(verdict, pair.CodeChanged),
    };

    private static Interval Around(double logRatio, double half) => new(Math.Exp(logRatio - half), Math.Exp(logRatio + half));

    private static double[] Costs(SideSample side) => [.. side.LogCosts.Select(Math.Exp)];
}
