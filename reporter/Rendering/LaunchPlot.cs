using System.Globalization;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>One workload of a plot: launch medians as change of cost in percent of a reference.</summary>
/// <param name="Candidate">One for each launch.</param>
/// <param name="Baseline">Empty when there is none.</param>
internal sealed record LaunchSeries(string Label, IReadOnlyList<double> Candidate, IReadOnlyList<double> Baseline, double? Threshold);

/// <summary>Launches of a group of workloads as dots, one row each, on one axis in percent: of the baseline's geometric mean where
/// there is one, else of the run's own median. The axis spans the data, never forced to zero cost.</summary>
internal static class LaunchPlot
{
    private const int Width = 760;
    private const int RowHeight = 26;
    private const int Top = 12;
    private const int Bottom = 44;
    private const double LabelCharacter = 7.3;

    public static LaunchSeries Series(WorkloadRecord record, WorkloadComparison? row)
    {
        double[] medians = [.. record.Launches.Where(launch => launch.Values.Count > 0).Select(launch => WorkloadFigures.Median(launch.Values))];
        string label = WorkloadNames.WithinGroup(record.Id);
        if (row is { Detail: { } detail, Baseline.Value: { } reference })
        {
            return new LaunchSeries(label, [.. detail.CandidateLaunches.Select(v => Cost(v, reference))], [.. detail.BaselineLaunches.Select(v => Cost(v, reference))], row.Threshold);
        }
        double own = record.Summary.Median; // as the table gives it
        return new LaunchSeries(label, [.. medians.Select(v => Cost(v, own))], [], null);

        double Cost(double value, double of) => ((record.Better == Better.Lower ? value / of : of / value) - 1) * 100;
    }

    public static string Draw(string group, IReadOnlyList<LaunchSeries> series)
    {
        int height = Top + series.Count * RowHeight + Bottom;
        double left = Math.Min(320, 16 + series.Max(s => s.Label.Length) * LabelCharacter), right = Width - 20;
        (double low, double high, double step) = Axis([.. series.SelectMany(s => s.Candidate.Concat(s.Baseline))]);
        double X(double percent) => left + (percent - low) / (high - low) * (right - left);
        double bottom = Top + series.Count * RowHeight;
        bool compared = series.Any(s => s.Baseline.Count > 0);

        var svg = new Svg(Width, height, $"Launches of {group}");
        for (double tick = Math.Ceiling(low / step - 1e-9) * step; tick <= high + 1e-9; tick += step)
        {
            svg.Line(X(tick), Top, X(tick), bottom, Math.Abs(tick) < step / 1e3 ? "line" : "grid");
            svg.Text(X(tick), bottom + 16, Tick(tick, step), "middle", "soft");
        }
        svg.Text((left + right) / 2, bottom + 34, compared ? "cost of each launch against the geometric mean of the baseline's, %" : "cost of each launch against the median of the run, %", "middle", "soft");
        for (int i = 0; i < series.Count; i++) Row(svg, series[i], Top + i * RowHeight, left, X, (low, high));
        if (compared)
        {
            svg.Circle(left - 150, bottom + 30, 3.5, "head", "candidate").Text(left - 142, bottom + 34, "candidate", kind: "soft");
            svg.Circle(left - 68, bottom + 30, 3.5, "base", "baseline").Text(left - 60, bottom + 34, "baseline", kind: "soft");
        }
        return svg.ToString();
    }

    private static void Row(Svg svg, LaunchSeries series, double top, double left, Func<double, double> x, (double Low, double High) axis)
    {
        double middle = top + RowHeight / 2.0;
        int most = (int)((left - 16) / LabelCharacter);
        svg.Text(left - 10, middle + 4, series.Label.Length <= most ? series.Label : "…" + series.Label[^(most - 1)..], "end");
        if (series.Threshold is { } threshold)
        {
            double from = Math.Max(axis.Low, (1 / (1 + threshold) - 1) * 100), to = Math.Min(axis.High, threshold * 100);
            if (to > from) svg.Box(x(from), top + 3, x(to) - x(from), RowHeight - 6, "band", $"threshold {Percent.Amount(threshold)}");
        }
        bool both = series.Baseline.Count > 0;
        for (int i = 0; i < series.Baseline.Count; i++)
            svg.Circle(x(series.Baseline[i]), middle + 5 + Apart(i), 3, "base", $"baseline {Shown(series.Baseline[i])}");
        for (int i = 0; i < series.Candidate.Count; i++)
            svg.Circle(x(series.Candidate[i]), (both ? middle - 5 : middle) + Apart(i), 3, "head", Shown(series.Candidate[i]));
    }

    // Neighbouring launches a little up and down, so that equal ones do not hide each other.
    private static double Apart(int launch) => (launch % 3 - 1) * 2;

    /// <summary>An axis that holds all values and zero, with a tenth of room, and ticks at 1, 2 or 5 times a power of ten.</summary>
    internal static (double Low, double High, double Step) Axis(IReadOnlyList<double> values)
    {
        double low = Math.Min(0, values.DefaultIfEmpty(0).Min()), high = Math.Max(0, values.DefaultIfEmpty(0).Max());
        if (high - low < 0.2) (low, high) = (low - 0.1, high + 0.1); // differences below a tenth of a percent are no sight
        double room = (high - low) * 0.08;
        (low, high) = (low - room, high + room);
        double rough = (high - low) / 8, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10);
        return (low, high, step);
    }

    private static string Tick(double value, double step)
    {
        double rounded = Math.Abs(value) < step / 1e3 ? 0 : value;
        string text = Math.Abs(rounded).ToString(step < 1 ? "0.0#" : "0", CultureInfo.InvariantCulture);
        return rounded > 0 ? $"+{text}" : rounded < 0 ? $"-{text}" : "0";
    }

    private static string Shown(double percent) => Percent.Change(1 + percent / 100);
}
