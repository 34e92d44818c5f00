using System.Globalization;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.History;

namespace BitNet.Perf.Cli.Display;

/// <summary>Change points for people: series with something to tell, the others counted.</summary>
internal static class ChangePointsText
{
    public static IEnumerable<string> Lines(IReadOnlyList<(string Name, SeriesAnalysis Analysis)> series)
    {
        int quiet = 0;
        foreach ((string name, SeriesAnalysis analysis) in series)
        {
            if (analysis is { ChangePoints.Count: 0, Outliers.Count: 0, Bimodal: false })
            {
                quiet++;
                continue;
            }
            yield return $"{name}   {analysis.Points} points";
            foreach (ChangePoint point in analysis.ChangePoints)
                yield return "  " + Line(point);
            if (analysis.Outliers.Count > 0)
                yield return $"  single outliers, no change: {string.Join(", ", analysis.Outliers)}";
            if (analysis.Bimodal)
                yield return "  jumps between two levels, no change";
        }
        yield return $"{series.Count} series, {series.Sum(one => one.Analysis.ChangePoints.Count)} change points, {quiet} series with nothing to tell";
    }

    private static string Line(ChangePoint point)
    {
        string place = point.End is int end ? $"slope from {point.Index} to {end}" : $"step at {point.Index}";
        string size = point.Ratio is double ratio
            ? Percent.Change(ratio) + (point.Interval is { } interval ? $" ({Percent.Change(interval.Lower)} … {Percent.Change(interval.Upper)})" : "")
            : FormattableString.Invariant($"{point.Before:G4} → {point.After:G4}");
        return string.Create(CultureInfo.InvariantCulture, $"{(point.IsUp ? "▲" : "▼")} {place}: {size}, noticed at {point.ConfirmedAt}");
    }
}
