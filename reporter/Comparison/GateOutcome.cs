namespace BitNet.Perf.Reporter.Comparison;

/// <summary>From what a comparison found to the process's exit code. Where several hold, the first of 4, 5, 1, 3, 2, 0 is returned;
/// 4 (a receipt fails verification) is found before anything is compared.</summary>
public static class GateOutcome
{
    public const int Passed = 0;
    public const int Regressed = 1;
    public const int Undecided = 2;
    public const int Incomparable = 3;
    public const int VerificationFailed = 4;
    public const int WrongResult = 5;

    /// <summary>What the workloads, and those missing, come to. A comparison of nothing is incomparable, never a pass.</summary>
    public static (int ExitCode, Verdict Verdict) Of(
        IReadOnlyCollection<WorkloadComparison> workloads, int missing, bool allowUndecided)
    {
        bool Any(Verdict verdict) => workloads.Any(w => w.Verdict == verdict);

        if (workloads.Any(w => w.ResultMatch == false)) return (WrongResult, Verdict.Incomparable);
        if (workloads.Any(w => w.Verdict == Verdict.Regressed && w.Accepted is null)) return (Regressed, Verdict.Regressed);
        if (Any(Verdict.Incomparable) || missing > 0 || workloads.Count == 0) return (Incomparable, Verdict.Incomparable);
        if (Any(Verdict.Undecided)) return (allowUndecided ? Passed : Undecided, Verdict.Undecided);
        if (Any(Verdict.Improved)) return (Passed, Verdict.Improved);
        return (Passed, Any(Verdict.NotSlower) ? Verdict.NotSlower : Verdict.Equivalent);
    }

    /// <summary>Every reason to fail that holds, most serious first, in words.</summary>
    public static IReadOnlyList<string> Failures(ComparisonResult result)
    {
        var failures = new List<string>();
        int wrong = result.Workloads.Count(w => w.ResultMatch == false);
        void Add(int count, string what)
        {
            if (count > 0) failures.Add($"{count} {what}");
        }

        Add(wrong, "with another result");
        Add(result.Counts.Regressed - result.Counts.Accepted, "regressed");
        Add(result.Counts.Incomparable - wrong, "incomparable");
        Add(result.Counts.Missing, "missing");
        if (result.Workloads.Count == 0) failures.Add("nothing compared");
        Add(result.Counts.Undecided, "undecided");
        return failures;
    }
}
