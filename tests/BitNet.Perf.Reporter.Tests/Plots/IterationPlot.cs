using System.Globalization;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Plots;

/// <summary>Every iteration of one workload of a published baseline, launch by launch, with the interval for its mean that iterations would give if they
/// were independent, and the one that launches give.</summary>
internal static class IterationPlot
{
    public const string Baseline = "amd-epyc-f26m2s1-2c-avx512-linux-net10-32gb/kernels.json";
    public const string Workload = "kernel/norm/f32/avx512/2560/b1/hot/t1";

    public static string Draw(string baselines)
    {
        Receipt receipt = BaselineFile.Read(Path.Combine(baselines, Baseline)).Receipts[0];
        double[][] launches = [.. receipt.Workloads.Single(w => w.Id == Workload).Launches.Select(launch => launch.Values.ToArray())];
        double[] all = [.. launches.SelectMany(values => values)], medians = [.. launches.Select(values => WorkloadFigures.Median(values))];
        const int Width = 760, Height = 420, Left = 64, Right = 560, Top = 60, Bottom = Height - 56;
        double low = Math.Floor(all.Min() / 20) * 20, high = Math.Ceiling(all.Max() / 20) * 20;
        var svg = new Svg(Width, Height, $"Iterations of {Workload} by launch");
        svg.Text(Left, 22, $"{Workload}, commit {receipt.Build.Commit?[..7]}, {receipt.CreatedUtc.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}");
        Axes axes = new Axes(svg, (Left, Right), (Top, Bottom), (0, launches.Length), (low, high))
            .VerticalTicks(Enumerable.Range(0, (int)((high - low) / 20) + 1).Select(i => low + 20 * i), value => value.ToString("0", CultureInfo.InvariantCulture), "ns of each iteration");
        for (int i = 0; i < launches.Length; i++)
        {
            double[] values = launches[i];
            svg.Line(axes.X(i), Top, axes.X(i), Bottom, "grid").Line(axes.X(i + 0.08), axes.Y(medians[i]), axes.X(i + 0.92), axes.Y(medians[i]), "line");
            for (int j = 0; j < values.Length; j++)
                svg.Circle(axes.X(i + 0.1 + 0.8 * (j + 0.5) / values.Length), axes.Y(values[j]), 3, "c0", FormattableString.Invariant($"{values[j]:F1} ns"));
            svg.Text(axes.X(i + 0.5), Bottom + 16, FormattableString.Invariant($"launch {i + 1}"), "middle", "soft");
        }
        svg.Text(Right + 12, Top - 12, "90 % interval of the mean", kind: "soft");
        Interval(svg, axes, Right + 56, all, "s1", "c1", FormattableString.Invariant($"{all.Length} iterations"), Bottom + 16);
        Interval(svg, axes, Right + 146, medians, "s0", "c0", FormattableString.Invariant($"{medians.Length} launches"), Bottom + 34);
        return svg.ToString();
    }

    // Student's interval of the mean logarithm, as docs/statistics.md has it for one run.
    private static void Interval(Svg svg, Axes axes, double x, double[] values, string line, string mark, string name, double below)
    {
        double[] logs = [.. values.Select(value => Math.Log(value))];
        double mean = logs.Average(), variance = logs.Sum(v => (v - mean) * (v - mean)) / (logs.Length - 1);
        double half = new EffectError(new VariancePart(variance / logs.Length, logs.Length - 1)).Critical(VerdictRule.MarginalTail);
        double top = axes.Y(Math.Exp(mean + half)), bottom = axes.Y(Math.Exp(mean - half));
        svg.Line(x, top, x, bottom, line).Line(x - 8, top, x + 8, top, line).Line(x - 8, bottom, x + 8, bottom, line);
        svg.Circle(x, axes.Y(Math.Exp(mean)), 4, mark, Percent.Amount(Math.Exp(half) - 1));
        svg.Text(x, top - 8, "±" + Percent.Amount(Math.Exp(half) - 1), "middle").Text(x, below, name, "middle", "soft");
    }
}
