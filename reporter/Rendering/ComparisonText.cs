using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>How the terminal view of a comparison is shown.</summary>
public sealed record ComparisonTextOptions
{
    public int Width { get; init; } = 80;
    public bool Unicode { get; init; } = true;
    public bool Color { get; init; }

    /// <summary>Equivalent workloads and every undecided one as well.</summary>
    public bool All { get; init; }

    /// <summary>Suite and model of the candidate for the next command, from <see cref="NextSteps.Selection"/>.</summary>
    public string Suite { get; init; } = "quick";

    /// <summary>How this program is called in this terminal, for commands to copy.</summary>
    public string Program { get; init; } = ReportModel.ProgramName;

    /// <summary>The full report, where one was written.</summary>
    public string? ReportPath { get; init; }
}

/// <summary>A comparison for a terminal: verdict first, the changed rows, the undecided ones with what would decide, the rest counted,
/// the next command.</summary>
public static class ComparisonText
{
    /// <summary>Undecided rows shown without --all.</summary>
    private const int MostUndecided = 8;

    /// <returns>Lines of at most the width (but for ids, paths and commands longer than that), each ended by a line feed.</returns>
    public static string Render(ComparisonResult result, ComparisonTextOptions options)
    {
        var page = new TextPage(options);
        Header(page, result);
        Incomparable(page, result);
        WorkloadComparison[] changed = Sorted(result, Verdict.Regressed, Verdict.Improved);
        WorkloadComparison[] undecided = Sorted(result, Verdict.Undecided);
        WorkloadComparison[] passing = Sorted(result, Verdict.Equivalent, Verdict.NotSlower);
        WorkloadComparison[] shown = [.. changed, .. options.All ? undecided : undecided.Take(MostUndecided), .. options.All ? passing : []];
        ComparisonRows.Write(page, result, shown);
        if (result.Counts.Improved > 0)
        {
            page.Blank();
            page.Wrapped($"{page.Glyphs.Of(Verdict.Improved)} {result.Counts.Improved} improved: for review. {ComparisonSections.Review}", "  ", TextTone.Good);
        }
        Hidden(page, result, undecided.Except(shown).Count(), [.. passing.Except(shown)]);
        Footer(page, result);
        return page.ToString();
    }

    private static void Header(TextPage page, ComparisonResult result)
    {
        VerdictCounts counts = result.Counts;
        int wrong = result.Workloads.Count(w => w.ResultMatch == false);
        (int Count, Verdict Verdict, string Word)[] parts =
        [
            (wrong, Verdict.Incomparable, "WRONG RESULT"),
            (counts.Regressed - counts.Accepted, Verdict.Regressed, "regressed"),
            (counts.Accepted, Verdict.Regressed, "regressed, accepted"),
            (counts.Incomparable - wrong, Verdict.Incomparable, "incomparable"),
            (counts.Missing, Verdict.Incomparable, "missing"),
            (counts.Undecided, Verdict.Undecided, "undecided"),
            (counts.Improved, Verdict.Improved, "improved"),
            (counts.NotSlower, Verdict.NotSlower, "not slower"),
            (counts.Equivalent, Verdict.Equivalent, "equivalent"),
        ];
        string exit = FormattableString.Invariant($"exit {result.ExitCode}");
        var line = new TextLine(page);
        foreach ((int count, Verdict verdict, string word) in parts.Where(part => part.Count > 0))
        {
            string text = FormattableString.Invariant($"{page.Glyphs.Of(verdict)} {count} {word}");
            if (line.Length + 3 + text.Length + 1 + exit.Length > page.Width)
            {
                line.End();
                line = new TextLine(page);
            }
            line.Add(line.IsEmpty ? "" : "   ").Add(text, Palette.Of(verdict));
        }
        if (line.IsEmpty) line.Add("nothing compared", TextTone.Bad);
        line.AlignRight(exit).End();

        Sides(page, result);
        string family = $"family error {Percent.Amount(result.FamilyErrorRate)}{(result.Host.Calibrated ? "" : ", not calibrated")}";
        if (result.Baseline.HostKey != result.Candidate.HostKey)
        {
            page.Facts($"base host {result.Baseline.HostKey}", $"head host {result.Candidate.HostKey}");
            page.Facts("control kernel not comparable across hosts", family);
            return;
        }
        page.Facts(
            $"host {result.Candidate.HostKey}",
            result.Host.ControlRatio is { } control ? $"control kernel {Percent.Change(control)}, {(result.Host.Changed ? "HOST CHANGED" : "steady")}" : result.Host.ControlCodeChanged ? "control kernel's own code changed, no check" : "control kernel not measured",
            family);
        if (result.Host.Calibration is { } calibration) page.Facts(CalibrationQuote.Of(calibration, result.Method));
    }

    private static void Sides(TextPage page, ComparisonResult result)
    {
        string threshold = $"τ {string.Join(" / ", Thresholds(result))}";
        if (result.Method == "paired")
        {
            page.Facts($"base {Figures.Commit(result.Baseline.Commit)}", $"head {Figures.Commit(result.Candidate.Commit)}", Pairs(result), threshold);
            return;
        }
        TimeSpan age = result.Candidate.NewestUtc - result.Baseline.NewestUtc;
        page.Facts(
            $"base {Figures.Commit(result.Baseline.Commit)} · {Figures.Count(result.Baseline.Runs, "run", "runs")}{(age >= TimeSpan.FromMinutes(1) ? $", {Figures.Age(age)} older" : "")}",
            $"head {Figures.Commit(result.Candidate.Commit)} · {Figures.Count(result.Candidate.Runs, "run", "runs")}",
            threshold);
    }

    /// <summary>"20 pairs, look 3 of 3".</summary>
    internal static string Pairs(ComparisonResult result)
    {
        int pairs = result.Workloads.Select(w => w.Candidate.Launches).DefaultIfEmpty().Max();
        return Figures.Count(pairs, "pair", "pairs") + (result.Looks == 1 ? "" : FormattableString.Invariant($", look {result.Look} of {result.Looks}"));
    }

    internal static IReadOnlyList<string> Thresholds(ComparisonResult result) =>
        [.. result.Workloads.Where(w => w.Metric != ComparedMetric.Allocated).Select(w => w.Threshold).Distinct().Order().Select(Percent.Amount).DefaultIfEmpty(Percent.Amount(new ComparisonOptions().Threshold))];

    // Incomparable workloads have a block of their own that names the differing key, never a percentage; equal reasons are said once.
    private static void Incomparable(TextPage page, ComparisonResult result)
    {
        foreach (IGrouping<string, WorkloadComparison> reason in result.Workloads.Where(w => w.Verdict == Verdict.Incomparable)
            .OrderBy(w => w.ResultMatch ?? true).GroupBy(w => w.Reason))
        {
            page.Blank();
            page.Wrapped($"{page.Glyphs.Incomparable} {reason.Key}", "  ", TextTone.Bad);
            page.Ids(reason.Select(w => w.Id));
        }
        if (result.Missing.Count == 0) return;
        page.Blank();
        page.Wrapped($"{page.Glyphs.Incomparable} Missing: the baseline has them, the candidate should have measured them.", "  ", TextTone.Bad);
        page.Ids(result.Missing);
    }

    private static WorkloadComparison[] Sorted(ComparisonResult result, params Verdict[] verdicts) =>
        [.. result.Workloads.Where(w => verdicts.Contains(w.Verdict))
            .OrderBy(w => Array.IndexOf(verdicts, w.Verdict)).ThenByDescending(w => w.Ratio is { } r ? Math.Abs(Math.Log(r)) : double.MaxValue)];

    private static void Hidden(TextPage page, ComparisonResult result, int undecided, WorkloadComparison[] passing)
    {
        page.Blank();
        if (undecided > 0) page.Line(FormattableString.Invariant($"{page.Glyphs.Undecided} {undecided} more undecided, hidden (--all)"), TextTone.Unsure);
        var parts = new List<string>();
        if (passing.Length > 0)
        {
            string word = passing.All(w => w.Verdict == Verdict.Equivalent) ? "equivalent" : "equivalent or not slower";
            parts.Add(FormattableString.Invariant($"{page.Glyphs.Equivalent} {passing.Length} {word}, hidden (--all); largest {Percent.Change(passing.MaxBy(w => Math.Abs(Math.Log(w.Ratio ?? 1)))!.Ratio ?? 1)}"));
        }
        parts.Add(FormattableString.Invariant($"{result.Counts.Missing} missing"));
        parts.Add(FormattableString.Invariant($"{result.Counts.New} new"));
        page.Wrapped(string.Join("   ", parts), "  ", TextTone.Dim);
    }

    private static void Footer(TextPage page, ComparisonResult result)
    {
        string[] codes = ["host-changed", "baseline-stale", "not-interleaved", "modes-shifted", "launches-disagree", "same-code", "probe-code-changed", "run-noise-assumed", "kernel-differs", "settings-differ", "host-unchecked", "result-unchecked"];
        bool saidWithRows = result.Workloads.Any(ComparisonRows.NeedsRuns);
        ReceiptWarning[] warnings = [.. result.Warnings.Where(w => codes.Contains(w.Code) && !(w.Code == "run-noise-assumed" && saidWithRows)).OrderBy(w => Array.IndexOf(codes, w.Code))];
        foreach (ReceiptWarning warning in warnings.Take(page.Options.All ? int.MaxValue : 4))
            page.Wrapped($"! {(warning.Subject is null ? "" : warning.Subject + ": ")}{warning.Message}", "  ", TextTone.Plain);
        if (!page.Options.All && warnings.Length > 4) page.Line(FormattableString.Invariant($"! {warnings.Length - 4} more warnings (--all)"), TextTone.Plain);

        string[] differs = [.. result.Workloads.Where(w => w is { Verdict: Verdict.Regressed or Verdict.Improved, CodeChanged: true }).Select(w => w.Id)];
        if (differs.Length > 0)
        {
            page.Blank();
            page.Line("machine code differs:", TextTone.Plain);
            page.Ids(differs);
        }
        page.Blank();
        page.Wrapped("+ costs more, - costs less (rates inverted); interval 90 %, MDE at 80 % power", "  ", TextTone.Dim, "  ");
        string lead = "next  ";
        foreach (NextStep step in NextSteps.Of(result, page.Options.Suite, page.Options.Program))
        {
            page.Command(lead, step.Command, step.Purpose);
            lead = "      ";
        }
        if (page.Options.ReportPath is { } report) page.Command("      ", report, "full report");
    }
}
