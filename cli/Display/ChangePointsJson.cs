using BitNet.Perf.Reporter.History;

namespace BitNet.Perf.Cli.Display;

/// <summary>Change points as the document <c>change-points/1</c>. Commits and states are of a store of runs: a file of series has none.</summary>
internal static class ChangePointsJson
{
    public static object Of(IReadOnlyList<(string Name, SeriesAnalysis Analysis)> series) => new
    {
        Schema = "change-points/1",
        Series = series.Select(one => new
        {
            one.Name,
            N = one.Analysis.Points,
            ChangePoints = one.Analysis.ChangePoints.Select(point => new
            {
                point.Index,
                Kind = point.Kind == ChangeKind.Step ? "step" : "trend",
                point.End,
                point.Before,
                point.After,
                point.Ratio,
                Interval = point.Interval is { } interval ? new[] { interval.Lower, interval.Upper } : null,
                point.P,
                Direction = point.IsUp ? "up" : "down",
                point.ConfirmedAt,
                Commits = new { Good = (string?)null, Bad = (string?)null },
                State = "new",
            }),
            one.Analysis.Outliers,
            one.Analysis.Bimodal,
        }),
    };
}
