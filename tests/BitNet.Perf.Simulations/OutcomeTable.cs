using System.Globalization;
using BitNet.Perf.Reporter.Statistics;
using BitNet.Perf.Simulations.Suites;

namespace BitNet.Perf.Simulations;

/// <summary>Outcomes as lines: k of n, the rate, and its one-sided 95 % limit on the side of the bound.</summary>
internal static class OutcomeTable
{
    private const double Confidence = 0.95;

    private static readonly string[] Columns =
        ["scenario", "suites", "false alarms", "limit 95 %", "significant alone", "limit 95 %", "found", "limit 95 %", "green", "looks", "bound", "kept", "seconds"];

    private static readonly int[] Widths = [31, 7, 14, 10, 17, 10, 16, 10, 16, 6, 9, 4, 8];

    public static string Head(TableForm form) => form == TableForm.Markdown
        ? Join(form, Columns) + Join(form, [.. Columns.Select((_, i) => i == 0 ? "---" : "---:")])
        : Join(form, Columns);

    public static string Line(TableForm form, Scenario scenario, SuiteTally tally, TimeSpan elapsed)
    {
        bool alarms = scenario.Counted == Counted.FalseAlarms;
        return Join(form,
        [
            scenario.Name, Number(tally.Suites),
            Of(tally.Alarms, tally.Suites), Percent(BinomialLimit.Upper(tally.Alarms, tally.Suites, Confidence)),
            Of(tally.Significant, tally.Suites), Percent(BinomialLimit.Upper(tally.Significant, tally.Suites, Confidence)),
            scenario.Counted == Counted.Found ? Of(tally.Found, tally.Suites) : "",
            scenario.Counted == Counted.Found ? Percent(BinomialLimit.Lower(tally.Found, tally.Suites, Confidence)) : "",
            Of(tally.Green, tally.Suites),
            ((double)tally.Looks / tally.Suites).ToString("0.0", CultureInfo.InvariantCulture),
            scenario.Bound is { } bound ? $"{(alarms ? "≤" : "≥")} {Percent(bound)}" : "",
            scenario.Bound is null ? "" : scenario.Holds(tally) ? "yes" : "NO",
            elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
        ]);
    }

    private static string Join(TableForm form, IReadOnlyList<string> cells) => form switch
    {
        TableForm.Csv => string.Join(',', cells) + "\n",
        TableForm.Markdown => $"| {string.Join(" | ", cells)} |\n",
        _ => string.Join("  ", cells.Select((cell, i) => i == 0 ? cell.PadRight(Widths[i]) : cell.PadLeft(Widths[i]))).TrimEnd() + "\n",
    };

    private static string Of(int hits, int suites) => $"{Number(hits)} ({Percent((double)hits / suites)})";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00} %");
}
