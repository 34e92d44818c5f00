using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>The rows of the terminal view: columns right-aligned at the right end, labels as wide as the rest leaves.</summary>
internal static class ComparisonRows
{
    private const int VerdictWidth = 13;
    private static readonly string Indent = new(' ', VerdictWidth);
    private const int MdeWidth = 7;
    private const int IntervalWidth = 15;
    private const int CostWidth = 9;
    private const int HeadWidth = 10;

    public static void Write(TextPage page, ComparisonResult result, IReadOnlyList<WorkloadComparison> rows)
    {
        // Labels are made from all workloads, so that a row is called the same whatever else is shown.
        IReadOnlyList<PatternGroup> groups = WorkloadNames.Patterns(result.Workloads.Select(w => w.Id).Distinct());
        bool first = true;
        foreach (PatternGroup group in groups.OrderBy(g => FirstRow(rows, g)))
        {
            WorkloadComparison[] own = [.. rows.Where(row => group.Labels.ContainsKey(row.Id))];
            if (own.Length == 0) continue;
            page.Blank();
            GroupLine(page, group.Pattern, first);
            foreach (WorkloadComparison row in own) Row(page, row, group.Labels[row.Id]);
            first = false;
        }
        Together(page, [.. rows.Where(NeedsRuns)]);
    }

    private static int FirstRow(IReadOnlyList<WorkloadComparison> rows, PatternGroup group)
    {
        for (int i = 0; i < rows.Count; i++)
            if (group.Labels.ContainsKey(rows[i].Id)) return i;
        return int.MaxValue;
    }

    private static (int Base, int Head, int Cost, int Interval, int Mde) Ends(TextPage page)
    {
        int mde = page.Width, interval = mde - MdeWidth, cost = interval - IntervalWidth, head = cost - CostWidth;
        return (head - HeadWidth, head, cost, interval, mde);
    }

    private static void GroupLine(TextPage page, string pattern, bool withColumns)
    {
        var line = new TextLine(page);
        line.Add(pattern, TextTone.Strong);
        if (withColumns)
        {
            var (atBase, atHead, atCost, atInterval, atMde) = Ends(page);
            if (line.Length + "  base".Length > atBase)
            {
                line.End();
                line = new TextLine(page);
            }
            line.AddRight("base", atBase, TextTone.Dim).AddRight("head", atHead, TextTone.Dim).AddRight("cost", atCost, TextTone.Dim)
                .AddRight("interval", atInterval, TextTone.Dim).AddRight("MDE", atMde, TextTone.Dim);
        }
        line.End();
    }

    private static void Row(TextPage page, WorkloadComparison row, string label)
    {
        var (atBase, atHead, atCost, atInterval, atMde) = Ends(page);
        string word = row.Verdict switch
        {
            Verdict.Regressed => row.Accepted is null ? "REGRESSED" : "accepted",
            Verdict.Improved => "improved",
            Verdict.Equivalent => "equivalent",
            Verdict.NotSlower => "not slower",
            _ => "undecided",
        };
        string name = row.Metric == ComparedMetric.Allocated ? $"{label} allocated" : label;
        string[] values = Values(row);
        var line = new TextLine(page);
        line.Add($"{page.Glyphs.Of(row.Verdict)} {word}".PadRight(VerdictWidth), Palette.Of(row.Verdict)).Add(name);
        // A label that reaches into the figures has its own line.
        if (line.Length + 1 + values[0].Length > atBase)
        {
            line.End();
            line = new TextLine(page);
        }
        line.AddRight(values[0], atBase).AddRight(values[1], atHead);
        int decimals = Percent.Decimals(row.Interval90);
        line.AddRight(row.Ratio is { } ratio ? Percent.Change(ratio, decimals) : page.Glyphs.Dash, atCost, Palette.Of(row.Verdict));
        if (row.Interval90 is { } interval) line.AddRight(Percent.Range(interval, decimals), atInterval, TextTone.Dim);
        if (row.Mde is { } mde) line.AddRight(Percent.Amount(mde), atMde, TextTone.Dim);
        line.End();
        if (row.LaunchesNeeded is { } launches)
        {
            string more = row.Detail?.Pairs is null ? Figures.Count(launches, "more launch", "more launches") : Figures.Count(launches, "more pair", "more pairs");
            page.Wrapped($"about {more} would decide, if the estimate stays", Indent, TextTone.Plain, Indent);
        }
        else if (row.Verdict == Verdict.Undecided && !NeedsRuns(row))
        {
            page.Wrapped(row.Reason, Indent, TextTone.Plain, Indent);
        }
        if ((row.Accepted is { } accepted ? $"accepted: {accepted}" : row.Lapsed) is { } acknowledged)
            page.Wrapped(acknowledged, Indent, TextTone.Plain, Indent);
    }

    internal static string[] Values(WorkloadComparison row)
    {
        double? relativeError = row.Interval90 is { } i ? Math.Log(i.Upper / i.Lower) / 2 : null;
        string[] values = Figures.Values([row.Baseline.Value ?? 0, row.Candidate.Value ?? 0], row.Unit, relativeError);
        return [.. values.Select(value => value.Replace("tok/s", "t/s", StringComparison.Ordinal))];
    }

    internal static bool NeedsRuns(WorkloadComparison row) => row.Verdict == Verdict.Undecided && row.LaunchesNeeded is null && row.Detail is { Needed: not null, Evidence: not null };

    // What noise between runs leaves undecided is said once for all such rows.
    private static void Together(TextPage page, WorkloadComparison[] rows)
    {
        foreach (var group in rows.GroupBy(row => (row.Detail!.Evidence!.Noise.Assumed, Percent.Amount(row.Detail.Evidence.Noise.Deviation))))
        {
            int? runs = group.Max(row => row.Detail!.Needed!.BaselineRuns), both = group.Max(row => row.Detail!.Needed!.RunsOnBothSides);
            bool none = group.Any(row => row.Detail!.Needed is { BaselineRuns: null, RunsOnBothSides: null });
            string upTo = group.Count() > 1 ? "up to" : "about";
            string what = none ? "nor would 100 more runs on each side decide every one"
                : both is { } b ? $"{upTo} {Figures.Count(b, "more run", "more runs")} on each side would"
                : $"{upTo} {Figures.Count(runs!.Value, "more baseline run", "more baseline runs")} would";
            page.Blank();
            page.Wrapped(
                $"{page.Glyphs.Undecided} {(group.Count() == 1 ? "one row" : $"{group.Count()} rows")}: no number of launches decides, for noise between runs is {(group.Key.Assumed ? "assumed to be " : "")}{group.Key.Item2}; {what}",
                "  ", TextTone.Unsure);
        }
    }
}
