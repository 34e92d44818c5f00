using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Compares runs with stored runs made at another time; docs/statistics.md, "Against a stored baseline".</summary>
public static class BaselineComparison
{
    /// <exception cref="ComparisonInputException">One run on both sides, or a value that no log has.</exception>
    public static ComparisonResult Compare(SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options)
    {
        SideOfRuns.RefuseDuplicates(baseline.Sources.Concat(candidate.Sources));
        IReadOnlyList<string> obstacles = Comparability.Obstacles(baseline, candidate);
        HostSummary host = obstacles.Count == 0 ? HostChecks.Of(baseline, candidate, options) : new HostSummary(false, null, false);
        // A wrong result is one whatever it is held against, also of a workload the baseline does not have.
        string[] common = [.. candidate.WorkloadIds.Where(id => !HostChecks.IsProbe(id)
            && (baseline.WorkloadIds.Contains(id) || Comparability.WrongLaunch(id, candidate) is not null))];

        var pairs = new List<WorkloadPair>();
        var rows = new List<WorkloadComparison>();
        foreach (string id in common)
        {
            (WorkloadPair? pair, WorkloadComparison? refused) = Pair(id, baseline, candidate, obstacles, options);
            if (pair is not null) pairs.Add(pair);
            if (refused is not null) rows.Add(refused);
        }
        IReadOnlyList<TestedPair> tested = WorkloadJudgement.Test(pairs, options);
        IReadOnlyList<WorkloadComparison> judged = WorkloadJudgement.Judge(tested, host, options);
        rows.AddRange(judged);
        rows.AddRange(pairs.Select(pair => AllocationComparison.Of(pair.Id, baseline, candidate, options)).OfType<WorkloadComparison>());
        WorkloadComparison[] ordered = [.. rows.Select(row => LostLaunches.Judged(row, baseline, candidate)).OrderBy(row => Array.IndexOf(common, row.Id)).ThenBy(row => row.Metric)];

        string[] missing = Missing(baseline, candidate, options);
        string[] added = [.. candidate.WorkloadIds.Except(baseline.WorkloadIds).Except(common).Where(id => !HostChecks.IsProbe(id))];
        (int exitCode, Verdict verdict) = GateOutcome.Of(ordered, missing.Length, options.AllowUndecided);
        return new ComparisonResult
        {
            Verdict = verdict,
            ExitCode = exitCode,
            Method = "baseline",
            FamilyErrorRate = options.FamilyErrorRate,
            Looks = 1,
            Look = 1,
            Baseline = Summary(baseline),
            Candidate = Summary(candidate),
            Host = host,
            Counts = Counts(ordered, missing.Length, added.Length),
            Workloads = ordered,
            Missing = missing,
            New = added,
            Warnings = [.. ComparisonWarnings.Of(baseline, candidate, host, obstacles, tested), .. pairs.SelectMany((pair, i) => LaunchShape.Warnings(pair, judged[i])),
                .. pairs.Select(pair => AllocationComparison.Warning(pair.Id, baseline, candidate)).OfType<ReceiptWarning>()],
            FamilySize = tested.Count,
            Obstacles = obstacles,
        };
    }

    private static (WorkloadPair? Pair, WorkloadComparison? Refused) Pair(
        string id, SideOfRuns baseline, SideOfRuns candidate, IReadOnlyList<string> obstacles, ComparisonOptions options)
    {
        WorkloadRecord record = Comparability.Records(id, candidate).Last().Record;
        IReadOnlyList<string> differences = obstacles.Count > 0 ? obstacles : Comparability.Differences(id, baseline, candidate);
        (bool? match, string? wrong) = Comparability.WrongLaunch(id, baseline, candidate) is { } launch ? (false, launch)
            : differences.Count == 0 ? Comparability.Results(id, baseline, candidate) : (null, null);
        SideSample? before = SideSample.Of(baseline, id, record.Better), after = SideSample.Of(candidate, id, record.Better);
        string? reason = wrong is not null ? $"wrong result, {wrong}: what was timed computes something else"
            : differences.Count > 0 ? string.Join("; ", differences)
            : before is null ? "no launch of the baseline measured it"
            : after is null ? "no launch of the candidate measured it"
            : null;
        if (reason is null) return (new WorkloadPair(id, record, before!, after!, match), null);
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

    private static string[] Missing(SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options)
    {
        WorkloadGlob[][] filters = [.. candidate.Sources.Select(source => source.Receipt.Filters.Select(filter => new WorkloadGlob(filter)).ToArray())];
        Func<string, bool> selected = options.Selected ?? (id => filters.Any(globs => WorkloadGlob.MatchesAny(globs, id)));
        return [.. baseline.WorkloadIds.Except(candidate.WorkloadIds).Where(id => !HostChecks.IsProbe(id) && selected(id))];
    }

    private static VerdictCounts Counts(IReadOnlyCollection<WorkloadComparison> rows, int missing, int added)
    {
        int Of(Verdict verdict) => rows.Count(row => row.Verdict == verdict);
        return new VerdictCounts(Of(Verdict.Regressed), Of(Verdict.Improved), Of(Verdict.Equivalent), Of(Verdict.NotSlower), Of(Verdict.Undecided),
            Of(Verdict.Incomparable), missing, added, rows.Count(row => row.Accepted is not null));
    }

    private static SideSummary Summary(SideOfRuns side) => new()
    {
        Receipts = [.. side.Sources.Select(source =>
            new ReceiptReference(source.Path, source.Receipt.Digest) { Run = source.Receipt.Run, CreatedUtc = source.Receipt.CreatedUtc })],
        HostKey = side.Newest.HostKey,
        Commit = side.Newest.Build.Commit,
        Runs = side.Sources.Count,
        NewestUtc = side.Newest.CreatedUtc,
    };
}
