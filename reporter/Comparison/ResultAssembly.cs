namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Makes the result of a comparison from its rows.</summary>
internal static class ResultAssembly
{
    public static ComparisonResult Build(
        SideOfRuns baseline, SideOfRuns candidate, MatchedWorkloads common, IEnumerable<WorkloadComparison> rows, HostSummary host, IReadOnlyList<string> obstacles,
        ComparisonMethod method, ComparisonOptions options, IEnumerable<Receipts.Schema.ReceiptWarning> warnings)
    {
        Dictionary<string, int> order = common.Ids.Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i);
        // What computed something else comes first wherever rows are listed.
        WorkloadComparison[] ordered = [.. Acceptances.Applied(rows.Select(row => LostLaunches.Judged(row, baseline, candidate)), candidate.Newest.HostKey, options).OrderBy(row => row.ResultMatch != false).ThenBy(row => order[row.Id]).ThenBy(row => row.Metric)];
        // Not enough evidence may be allowed to pass. A host that changed, lost launches and a run that reached no look are no evidence at all.
        bool allowUndecided = options.AllowUndecided && !host.Changed && method.Look > 0 && !LostLaunches.Refuse(baseline, candidate);
        (int exitCode, Verdict verdict) = GateOutcome.Of(ordered, common.Missing.Count, allowUndecided);
        return new ComparisonResult
        {
            Verdict = verdict,
            ExitCode = exitCode,
            Method = method.Name,
            FamilyErrorRate = method.FamilyErrorRate,
            Looks = method.Looks,
            Look = method.Look,
            Baseline = Summary(baseline),
            Candidate = Summary(candidate),
            Host = host,
            Counts = Counts(ordered, common.Missing.Count, common.Added.Count),
            Workloads = ordered,
            Missing = common.Missing,
            New = common.Added,
            Warnings = [.. warnings],
            FamilySize = method.FamilySize,
            Obstacles = obstacles,
        };
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
