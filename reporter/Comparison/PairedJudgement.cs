using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>From a workload's pairs to its row.</summary>
internal static class PairedJudgement
{
    public static WorkloadComparison Row(PairedWorkload tested, LookPlan looks, int reached, HostSummary host, ComparisonOptions options)
    {
        WorkloadPair pair = tested.Pair;
        double logRatio = tested.Walsh.Median, threshold = options.ThresholdOf(pair.Id), alpha = looks.FamilyErrorRate;
        double level = looks.LevelOf(Math.Max(0, reached - 1));
        Interval? marginal = tested.Walsh.Around(2 * VerdictRule.MarginalTail);
        bool slower = logRatio >= 0;
        double adjusted = Math.Min(1, slower ? tested.SlowerAdjusted : tested.FasterAdjusted);
        // Before the first look nothing is a verdict, whatever the interval of so few pairs says.
        Verdict verdict = reached == 0 ? Verdict.Undecided
            : VerdictRule.Decide(logRatio, tested.SlowerAdjusted, tested.FasterAdjusted, marginal, alpha, threshold);
        PairedEvidence? evidence = PairedEvidence.Of(tested.LogRatios.Length, marginal);
        int? needed = verdict == Verdict.Undecided && reached > 0 ? evidence?.Needed(logRatio, level, threshold) : null;
        string reason = reached == 0 || evidence is null || marginal is not { } interval
            ? Reasons.TooFewPairs(tested.LogRatios.Length, looks, reached)
            : Reasons.OfPairs(verdict, Math.Exp(logRatio), Ratios(interval), adjusted, alpha, threshold, evidence, looks, reached);
        if (verdict == Verdict.Undecided && reached > 0 && evidence is not null)
            reason = $"{reason.TrimEnd('.')}; {Reasons.NeededPairs(needed)}.";
        (verdict, reason) = WorkloadJudgement.OnHost(verdict, reason, host);
        Interval? simultaneous = tested.Walsh.Around(2 * level);
        return WorkloadJudgement.Row(pair, verdict, reason, options) with
        {
            Ratio = Math.Exp(logRatio),
            Interval90 = marginal is { } m ? Ratios(m) : null,
            Simultaneous = simultaneous is { } s ? Ratios(s) : null,
            P = reached == 0 ? null : slower ? tested.Slower : tested.Faster,
            PAdjusted = reached == 0 ? null : adjusted,
            Mde = Effect(evidence?.Detectable(level, WorkloadJudgement.Power80)),
            LaunchesNeeded = verdict == Verdict.Undecided ? needed : null,
            Detail = new ComparisonDetail
            {
                Pairs = evidence,
                Mde95 = Effect(evidence?.Detectable(level, WorkloadJudgement.Power95)),
                Needed = verdict == Verdict.Undecided && reached > 0 && evidence is not null ? new MoreEvidence(needed, null, null) : null,
                BaselineLaunches = pair.Baseline.LaunchValues,
                CandidateLaunches = pair.Candidate.LaunchValues,
                LaunchRatio = Math.Exp(pair.LogRatio),
                LaunchInterval90 = null,
            },
        };
    }

    private static Interval Ratios(Interval logs) => new(Math.Exp(logs.Lower), Math.Exp(logs.Upper));

    private static double? Effect(double? logRatio) => logRatio is { } effect ? Math.Exp(effect) - 1 : null;
}
