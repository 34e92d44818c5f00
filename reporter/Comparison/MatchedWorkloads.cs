using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>What two sides have in common, before anything is judged.</summary>
/// <param name="Ids">Workloads that both sides have, and those of the candidate whose result is wrong, in the candidate's order; no probes.</param>
/// <param name="Pairs">Those that may be held against each other.</param>
/// <param name="Refused">A row for each of the others: Incomparable, with the reason.</param>
/// <param name="Missing">Workloads of the baseline that the candidate should have measured and did not.</param>
/// <param name="Added">Workloads of the candidate that the baseline does not have.</param>
internal sealed record MatchedWorkloads(
    IReadOnlyList<string> Ids, IReadOnlyList<WorkloadPair> Pairs, IReadOnlyList<WorkloadComparison> Refused, IReadOnlyList<string> Missing, IReadOnlyList<string> Added)
{
    /// <param name="obstacles">Why nothing can be compared at all; empty when nothing stands in the way.</param>
    /// <param name="sample">The launches of a workload on a side; null when it has none.</param>
    public static MatchedWorkloads Of(
        SideOfRuns baseline, SideOfRuns candidate, IReadOnlyList<string> obstacles, ComparisonOptions options, Func<SideOfRuns, string, Better, SideSample?> sample)
    {
        // A wrong result is one whatever it is held against, also of a workload the baseline does not have.
        string[] common = [.. candidate.WorkloadIds.Where(id => !WorkloadId.IsProbe(id)
            && (baseline.Has(id) || Comparability.WrongLaunch(id, candidate) is not null))];
        var pairs = new List<WorkloadPair>();
        var refused = new List<WorkloadComparison>();
        foreach ((WorkloadPair? pair, WorkloadComparison? row) in ManyWorkloads.Each(common, (id, _) => Pair(id, baseline, candidate, obstacles, options, sample)))
        {
            if (pair is not null) pairs.Add(pair);
            if (row is not null) refused.Add(row);
        }
        return new MatchedWorkloads(common, pairs, refused, Absent(baseline, candidate, options),
            [.. candidate.WorkloadIds.Except(baseline.WorkloadIds).Except(common).Where(id => !WorkloadId.IsProbe(id))]);
    }

    private static (WorkloadPair? Pair, WorkloadComparison? Refused) Pair(
        string id, SideOfRuns baseline, SideOfRuns candidate, IReadOnlyList<string> obstacles, ComparisonOptions options,
        Func<SideOfRuns, string, Better, SideSample?> sample)
    {
        WorkloadRecord record = Comparability.Records(id, candidate).Last().Record;
        IReadOnlyList<string> differences = obstacles.Count > 0 ? obstacles : Comparability.Differences(id, baseline, candidate);
        (bool? match, string? wrong) = Comparability.WrongLaunch(id, baseline, candidate) is { } launch ? (false, launch)
            : differences.Count == 0 ? Comparability.Results(id, baseline, candidate) : (null, null);
        SideSample? before = sample(baseline, id, record.Better), after = sample(candidate, id, record.Better);
        string? reason = wrong is not null ? $"wrong result, {wrong}: what was timed computes something else"
            : differences.Count > 0 ? string.Join("; ", differences)
            : before is null ? "no launch of the baseline measured it"
            : after is null ? "no launch of the candidate measured it"
            : null;
        if (reason is null) return (new WorkloadPair(id, record, before!, after!, match) { CodeChanged = CodeChange.Of(id, baseline, candidate) }, null);
        return (null, new WorkloadComparison
        {
            Id = id,
            Metric = record.Metric switch { Metric.Time => ComparedMetric.Time, Metric.Rate => ComparedMetric.Rate, _ => ComparedMetric.Size },
            Unit = record.Unit,
            Better = record.Better,
            Verdict = Verdict.Incomparable,
            // No ratio, and no two values beside each other that invite one.
            Baseline = new SideValue(null, before?.Launches ?? 0),
            Candidate = new SideValue(null, after?.Launches ?? 0),
            Threshold = options.ThresholdOf(id),
            ResultMatch = match,
            Reason = $"{char.ToUpperInvariant(reason[0])}{reason[1..]}.",
        });
    }

    private static string[] Absent(SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options)
    {
        WorkloadGlob[][] filters = [.. candidate.Sources.Select(source => source.Receipt.Filters.Select(filter => new WorkloadGlob(filter)).ToArray())];
        Func<string, bool> selected = options.Selected ?? (id => filters.Any(globs => WorkloadGlob.MatchesAny(globs, id)));
        return [.. baseline.WorkloadIds.Except(candidate.WorkloadIds).Where(id => !WorkloadId.IsProbe(id) && selected(id))];
    }
}
