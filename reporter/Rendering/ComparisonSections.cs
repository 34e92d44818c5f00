using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>A comparison as text for templates.</summary>
internal static class ComparisonSections
{
    /// <summary>What is to be done about an improvement that nobody announced.</summary>
    public const string Review = "Expected: publish a new baseline, so that a later loss of it is seen. Not expected: find out why before trusting it.";

    public static ComparisonSection Of(ComparisonResult result, string suite, string program)
    {
        WorkloadComparison[] wrong = [.. result.Workloads.Where(w => w.ResultMatch == false)];
        double[] detectable = [.. result.Workloads.Select(w => w.Mde).OfType<double>()];
        WorkloadComparison[] undecided = [.. Sorted(result, Verdict.Undecided)];
        IReadOnlyList<UndecidedGroup> together = UndecidedGroup.Of(undecided);
        TimeSpan age = result.Candidate.NewestUtc - result.Baseline.NewestUtc;
        return new ComparisonSection
        {
            Verdict = Name(result.Verdict),
            ExitCode = result.ExitCode,
            Failures = result.ExitCode == 0 ? [] : GateOutcome.Failures(result),
            Total = result.Workloads.Count,
            WrongCount = wrong.Length,
            Regressed = result.Counts.Regressed - result.Counts.Accepted,
            Review = result.Counts.Improved > 0 ? Review : null,
            Improved = result.Counts.Improved,
            Equivalent = result.Counts.Equivalent,
            NotSlower = result.Counts.NotSlower,
            Undecided = result.Counts.Undecided,
            Incomparable = result.Counts.Incomparable - wrong.Length,
            BaseHostKey = result.Baseline.HostKey,
            HeadHostKey = result.Candidate.HostKey,
            BaseCommit = Figures.Commit(result.Baseline.Commit),
            BaseRuns = result.Baseline.Runs,
            Pairs = result.Method == "paired" ? ComparisonText.Pairs(result) : null,
            BaseAge = age >= TimeSpan.FromMinutes(1) ? Figures.Age(age) : null,
            HeadCommit = Figures.Commit(result.Candidate.Commit),
            HeadRuns = result.Candidate.Runs,
            Threshold = string.Join(" / ", ComparisonText.Thresholds(result)),
            FamilyErrorRate = Percent.Amount(result.FamilyErrorRate),
            FamilySize = result.FamilySize,
            Calibration = result.Host.Calibration is { } calibration ? CalibrationQuote.Of(calibration, result.Method) : null,
            HostChanged = result.Host.Changed,
            Control = result.Host.ControlRatio is { } control ? Percent.Change(control) : null,
            ControlCodeChanged = result.Host.ControlCodeChanged,
            HostChecks = [.. result.Host.Checks.Select(c =>
                new HostCheckRow(c.Id, Percent.Change(c.Ratio), Percent.Amount(c.Margin - 1), Percent.Amount(c.Threshold), c.Changed))],
            Obstacles = result.Obstacles,
            WouldHaveSeen = detectable.Length > 0 ? Percent.Amount(detectable.Max()) : null,
            NextSteps = NextSteps.Of(result, suite, program),
            Wrong = Rows(wrong),
            Changed = Rows(Sorted(result, Verdict.Regressed, Verdict.Improved).OrderBy(w => w.Accepted is not null)),
            UndecidedRows = Rows(undecided),
            UndecidedTogether = [.. together.Select(group => group.Sentence)],
            UndecidedAlone = Rows(undecided.Except(together.SelectMany(group => group.Rows))),
            Passing = Rows(Sorted(result, Verdict.Equivalent, Verdict.NotSlower).OrderByDescending(Size)),
            IncomparableRows = Rows(result.Workloads.Where(w => w.Verdict == Verdict.Incomparable && w.ResultMatch != false)),
            Missing = result.Missing,
            Added = result.New,
            Accepted = Rows(result.Workloads.Where(w => w.Accepted is not null)),
        };
    }

    public static string Name(Verdict verdict) => char.ToLowerInvariant(verdict.ToString()[0]) + verdict.ToString()[1..];

    /// <summary>By verdict in the order given, then the largest change first; what has no ratio (a new allocation) before all.</summary>
    public static IEnumerable<WorkloadComparison> Sorted(ComparisonResult result, params Verdict[] verdicts) =>
        result.Workloads.Where(w => verdicts.Contains(w.Verdict)).OrderBy(w => Array.IndexOf(verdicts, w.Verdict)).ThenByDescending(Size);

    private static double Size(WorkloadComparison row) => row.Ratio is { } ratio ? Math.Abs(Math.Log(ratio)) : double.MaxValue;

    private static ComparisonRow[] Rows(IEnumerable<WorkloadComparison> rows) => [.. rows.Select(Row)];

    private static ComparisonRow Row(WorkloadComparison row)
    {
        int decimals = Percent.Decimals(row.Interval90);
        bool valued = row.Baseline.Value is not null && row.Candidate.Value is not null;
        double? relativeError = row.Interval90 is { } i ? Math.Log(i.Upper / i.Lower) / 2 : null;
        string[]? values = valued ? Figures.Values([row.Baseline.Value!.Value, row.Candidate.Value!.Value], row.Unit, relativeError) : null;
        return new ComparisonRow
        {
            Id = row.Id,
            Verdict = Name(row.Verdict),
            Sign = Glyphs.Unicode.Of(row.Verdict),
            Allocated = row.Metric == ComparedMetric.Allocated,
            Base = values?[0],
            Head = values?[1],
            Cost = row.Ratio is { } ratio ? Percent.Change(ratio, decimals) : null,
            Interval = Text(row.Interval90),
            Simultaneous = Text(row.Simultaneous),
            Mde = row.Mde is { } mde ? Percent.Amount(mde) : null,
            Mde95 = row.Detail?.Mde95 is { } mde95 ? Percent.Amount(mde95) : null,
            AdjustedP = row.PAdjusted is { } p ? Reasons.P(p) : null,
            Threshold = Percent.Amount(row.Threshold),
            WouldDecide = UndecidedGroup.WouldDecide(row),
            Launches = FormattableString.Invariant($"{row.Baseline.Launches} / {row.Candidate.Launches}"),
            LaunchChange = LaunchChange(row.Detail),
            Code = row.CodeChanged switch { true => "changed", false => "same", null => "unknown" },
            Reason = row.Reason,
            Accepted = row.Accepted,
        };
    }

    private static string? Text(Interval? interval) => interval is { } i ? $"{Percent.Range(i, Percent.Decimals(i))} %" : null;

    private static string? LaunchChange(ComparisonDetail? detail)
    {
        if (detail is null) return null;
        int decimals = Percent.Decimals(detail.LaunchInterval90);
        return Percent.Change(detail.LaunchRatio, decimals) + (detail.LaunchInterval90 is { } i ? $" ({Percent.Range(i, decimals)})" : "");
    }
}
