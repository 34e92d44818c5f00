using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>The phases of a token as one bar, with a legend that carries the figures: colours alone say nothing.</summary>
internal static class PhasePlot
{
    private const int Width = 760;
    private const int BarHeight = 30;
    private const int LegendRow = 20;
    private const int Colours = 6;

    /// <param name="breakdown">Widths are in proportion to its nanoseconds.</param>
    /// <param name="rows">The same phases in the same order, as text.</param>
    public static string Draw(PhaseBreakdown breakdown, IReadOnlyList<PhaseRow> rows)
    {
        const double Left = 10, Right = Width - 10;
        const int LegendTop = 10 + BarHeight + 24;
        var svg = new Svg(Width, LegendTop + rows.Count * LegendRow, $"Phases of {breakdown.Workload}");
        double from = Left;
        for (int i = 0; i < rows.Count; i++)
        {
            double width = (Right - Left) * breakdown.Phases[i].Nanoseconds / Math.Max(1, breakdown.TotalNanoseconds);
            string kind = FormattableString.Invariant($"c{i % Colours}");
            svg.Box(from, 10, width, BarHeight, kind, $"{rows[i].Name} {rows[i].Share}");
            double y = LegendTop + i * LegendRow;
            svg.Box(Left, y - 10, 12, 12, kind).Text(Left + 20, y, rows[i].Name).Text(Left + 250, y, rows[i].Time, "end").Text(Left + 340, y, rows[i].Share, "end");
            from += width;
        }
        return svg.ToString();
    }
}
