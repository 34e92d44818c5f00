namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Workloads that one build has and the other lacks: an interleaved run does not measure them, so its receipts do not show them, and they are
/// missing or new all the same.</summary>
public static class UnmeasuredWorkloads
{
    /// <param name="missing">Those only the baseline's build has.</param>
    /// <param name="added">Those only the candidate's has.</param>
    public static ComparisonResult Add(ComparisonResult result, IReadOnlyList<string> missing, IReadOnlyList<string> added, bool allowUndecided)
    {
        if (missing.Count + added.Count == 0) return result;
        string[] allMissing = [.. result.Missing.Union(missing)], allNew = [.. result.New.Union(added)];
        (int exitCode, Verdict verdict) = GateOutcome.Of(result.Workloads, allMissing.Length, allowUndecided);
        return result with
        {
            Missing = allMissing,
            New = allNew,
            Counts = result.Counts with { Missing = allMissing.Length, New = allNew.Length },
            ExitCode = exitCode,
            Verdict = verdict,
        };
    }
}
