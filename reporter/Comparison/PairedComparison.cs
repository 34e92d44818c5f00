using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Compares two builds whose launches alternated; docs/statistics.md, "Interleaved comparison". What drifts or disturbs for longer than a
/// block hits both launches of it and cancels in their ratio.</summary>
public static class PairedComparison
{
    public const string MethodName = "paired";

    /// <summary>Verdicts at the last declared look that the blocks reach. Receipts that declare none are looked at once, with all their blocks.</summary>
    /// <exception cref="ComparisonInputException">The receipts are no pairs, one run is on both sides, or a value that no log has.</exception>
    public static ComparisonResult Compare(SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options) => Compare(baseline, candidate, options, atLook: true);

    /// <summary>The same with the figures of all blocks so far, also of those after the last look: for people who watch, no verdict to act on.</summary>
    public static ComparisonResult SoFar(SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options) => Compare(baseline, candidate, options, atLook: false);

    /// <summary>Whether every workload is decided so that nothing more needs to be measured. Before the last look a change counts at the look's own
    /// level, and equality where the simultaneous interval of the look proves it: the marginal one, looked at again and again, would prove too much.</summary>
    public static bool AllDecided(ComparisonResult atLook) => atLook.Look > 0 && atLook.Workloads.All(IsDecided);

    /// <inheritdoc cref="AllDecided"/>
    public static bool IsDecided(WorkloadComparison row) => row.Verdict is Verdict.Regressed or Verdict.Improved or Verdict.Incomparable
        || row.Metric == ComparedMetric.Allocated
        || (row.Verdict != Verdict.Undecided && row.Simultaneous is { } i && VerdictRule.Proven(new Interval(Math.Log(i.Lower), Math.Log(i.Upper)), row.Threshold) is not null);

    private static ComparisonResult Compare(SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options, bool atLook)
    {
        SideOfRuns.RefuseDuplicates(baseline.Sources.Concat(candidate.Sources));
        options = options.On(candidate.Newest.HostKey);
        var all = new Blocks(baseline, candidate);
        Interleaving? declared = all.Declared;
        // α is what was declared before the first block, not what is asked for when all is seen.
        double alpha = declared?.FamilyErrorRate ?? options.FamilyErrorRate;
        IReadOnlyList<DeclaredLook> planned = declared?.Looks ?? [new DeclaredLook(all.Count, 1)];
        int reached = planned.Count(look => look.Launches <= all.Count);
        Blocks blocks = atLook && reached > 0 ? new Blocks(baseline, candidate, planned[reached - 1].Launches) : all;

        IReadOnlyList<string> obstacles = Comparability.Obstacles(baseline, candidate);
        HostSummary host = (obstacles.Count == 0 ? HostChecks.OfBlocks(baseline, candidate, blocks, options) : HostSummary.Unchecked).With(options.Calibration, MethodName);
        MatchedWorkloads common = MatchedWorkloads.Of(baseline, candidate, obstacles, options, (side, id, better) => Sample(blocks, side == baseline, id, better));
        common = common with { Missing = [.. common.Missing.Union(blocks.Only.Base)], Added = [.. common.Added.Union(blocks.Only.Head)] };
        int family = Math.Max(declared?.FamilySize ?? 0, common.Pairs.Count);
        if (declared is null) RequireEnough(blocks, family, alpha);
        var looks = LookPlan.Declared(planned, Math.Max(1, family), alpha);
        PairedWorkload[] tested = PairedWorkload.Test(common.Pairs, blocks, looks, reached);
        WorkloadComparison[] judged = ManyWorkloads.Each(tested, (workload, _) => PairedJudgement.Row(workload, looks, reached, host, options));
        IEnumerable<WorkloadComparison> rows = [.. common.Refused, .. judged, .. common.Pairs.Select(pair => AllocationComparison.Of(pair.Id, baseline, candidate, options)).OfType<WorkloadComparison>()];
        return ResultAssembly.Build(baseline, candidate, common, rows, host, obstacles, new ComparisonMethod(MethodName, family, alpha, planned.Count, reached), options,
        [
            .. ComparisonWarnings.OfPairs(baseline, candidate, host, obstacles, common.Pairs, blocks),
            .. ManyWorkloads.Each(common.Pairs, (pair, i) => LaunchShape.Warnings(pair, judged[i]).ToArray()).SelectMany(ofOne => ofOne),
            .. CodeChange.Warnings(judged),
            .. common.Pairs.Select(pair => AllocationComparison.Warning(pair.Id, baseline, candidate)).OfType<ReceiptWarning>(),
        ]);
    }

    // Declared looks were refused before the first block where they could show nothing.
    private static void RequireEnough(Blocks blocks, int family, double alpha)
    {
        int least = LookPlan.LeastPairs(family, alpha);
        if (family > 0 && blocks.Count < least)
        {
            throw new ComparisonInputException(ComparisonInputFault.TooFewPairs,
                FormattableString.Invariant($"{blocks.Count} pairs of launches cannot show a change of any of {family} workloads at {alpha}; at least {least} were expected"));
        }
    }

    private static SideSample? Sample(Blocks blocks, bool isBase, string workload, Better better)
    {
        BlockedCosts costs = blocks.LogCosts(workload, better);
        double[] own = isBase ? costs.Base : costs.Head;
        return own.Length > 0 ? new SideSample([own], better) : null;
    }
}
