using System.Globalization;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Plots;

/// <summary>The MDE (80 %) of `ab` and of `gate` over the launches that each side has.</summary>
internal static class SensitivityPlot
{
    private const int Workloads = 20;
    private const double Alpha = 0.01;
    private const double Power = 0.8;
    private const double Highest = 0.4;

    private static readonly int[] Launches = [3, 4, 5, 6, 8, 10, 11, 12, 14, 16, 18, 20, 24, 28, 32, 40, 50, 60];

    public static string Draw()
    {
        const int Width = 760, Height = 420, Left = 64, Right = 500;
        var svg = new Svg(Width, Height, "Minimum detectable effect of ab and gate over launches");
        Axes axes = new Axes(svg, (Left, Right), (40, Height - 56), (0, 60), (0, Highest))
            .HorizontalTicks([0, 10, 20, 30, 40, 50, 60], value => value.ToString("0", CultureInfo.InvariantCulture), "launches of each run of either side (ab: pairs)")
            .VerticalTicks([0, 0.05, 0.1, 0.2, 0.3, 0.4], Percent.Amount, "MDE, 80 %");
        (string Name, Func<int, double?> Effect)[] curves =
        [
            ("ab", OfPairs),
            ("gate, 1 run, 5 % assumed", launches => OfRuns(launches, 1, new RunNoise(0.05, double.PositiveInfinity, Assumed: true))),
            ("gate, 10 runs, σ_run 2 %", launches => OfRuns(launches, 10, new RunNoise(0.02, 9, Assumed: false))),
            ("gate, 20 runs, σ_run 1 %", launches => OfRuns(launches, 20, new RunNoise(0.01, 19, Assumed: false))),
        ];
        for (int i = 0; i < curves.Length; i++)
        {
            string kind = i.ToString(CultureInfo.InvariantCulture);
            (double, double)[] points = [.. Launches.Select(n => (X: (double)n, Y: curves[i].Effect(n))).Where(p => p.Y is not null).Select(p => (p.X, p.Y!.Value))];
            axes.Curve(points, "s" + kind);
            svg.Circle(Right + 24, 60 + 44 * i - 4, 4, "c" + kind, "").Text(Right + 34, 60 + 44 * i, curves[i].Name);
            svg.Text(Right + 34, 60 + 44 * i + 18, $"at 20: {Percent.Amount(curves[i].Effect(20)!.Value)}", kind: "soft");
        }
        return svg.ToString();
    }

    /// <summary>Null where so few pairs can reject nothing.</summary>
    private static double? OfPairs(int pairs)
    {
        if (pairs < LookPlan.LeastPairs(Workloads, Alpha)) return null;
        LookPlan looks = LookPlan.Of(pairs, Workloads, Alpha);
        return PairedPower.Detectable(pairs, looks.LevelOf(looks.Reached(pairs) - 1), Power) is { } shift ? Math.Exp(shift * Math.Sqrt(2) * PowerPlot.LaunchDeviation) - 1 : null;
    }

    private static double OfRuns(int launches, int baselineRuns, RunNoise noise)
    {
        int[] baseline = [.. Enumerable.Repeat(launches, baselineRuns)];
        var variance = new VariancePart(PowerPlot.LaunchDeviation * PowerPlot.LaunchDeviation, 1);
        EffectError error = new Evidence(baseline, [launches], new LaunchNoise(variance, variance, Pooled: true).For(baseline, [launches]), noise).Error;
        return Math.Exp(error.MinimumDetectable(Alpha / Workloads, Power)) - 1;
    }
}
