using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Plots;

/// <summary>Made-up estimates with their 90 % intervals against ±τ; each verdict beside them is what the product's rule gives.</summary>
internal static class VerdictPlot
{
    private const double Threshold = 0.03;
    private const double Alpha = 0.01;
    private const int Workloads = 20;

    private static readonly (double Change, double StandardError, string Note)[] Examples =
    [
        (0.06, 0.009, "significant, and at least τ"),
        (-0.06, 0.009, "the mirror image"),
        (0.004, 0.009, "all of the interval within ±τ"),
        (0.02, 0.003, "significant, but proven to be less than τ"),
        (-0.03, 0.013, "could be faster; slower by τ it is not"),
        (0.02, 0.014, "could be either side of +τ"),
        (0, 0.045, "no difference found, no proof of none"),
    ];

    public static string Draw()
    {
        const int Width = 760, Row = 34, Top = 34, Left = 110, Right = 420;
        int bottom = Top + (Examples.Length + 1) * Row;
        var svg = new Svg(Width, bottom + 50, "Verdicts: intervals against the threshold");
        var axes = new Axes(svg, (Left, Right), (Top, bottom), (-0.1, 0.1), (0, 1));
        double lower = 1 / (1 + Threshold) - 1;
        svg.Box(axes.X(lower), Top, axes.X(Threshold) - axes.X(lower), bottom - Top, "band", "within the threshold");
        axes.HorizontalTicks([-0.08, -0.04, 0, 0.04, 0.08], value => value == 0 ? "0" : Percent.Change(1 + value, 0), "change of cost, with its 90 % interval");
        svg.Line(axes.X(lower), Top, axes.X(lower), bottom, "line").Line(axes.X(Threshold), Top, axes.X(Threshold), bottom, "line");
        svg.Text(axes.X(lower), Top - 8, "−τ", "middle", "soft").Text(axes.X(Threshold), Top - 8, "+τ", "middle", "soft");
        for (int i = 0; i < Examples.Length; i++)
        {
            (double change, double standardError, string note) = Examples[i];
            double logRatio = Math.Log(1 + change), middle = Top + (i + 0.5) * Row;
            var error = new EffectError(new VariancePart(standardError * standardError, double.PositiveInfinity));
            double half = error.Critical(VerdictRule.MarginalTail), y = middle;
            svg.Line(axes.X(Math.Exp(logRatio - half) - 1), y, axes.X(Math.Exp(logRatio + half) - 1), y, "mid")
                .Circle(axes.X(change), y, 4, "c0", Percent.Change(1 + change));
            svg.Text(Left - 12, middle + 4, Judged(logRatio, error).ToString(), "end").Text(Right + 14, middle + 4, note, kind: "soft");
        }
        double last = Top + (Examples.Length + 0.5) * Row;
        svg.Text(Left - 12, last + 4, nameof(Verdict.Incomparable), "end").Text(Right + 14, last + 4, "other host, model, definition or result", kind: "soft");
        return svg.ToString();
    }

    private static Verdict Judged(double logRatio, EffectError error)
    {
        double slower = Math.Min(1, Workloads * error.UpperTail(logRatio)), faster = Math.Min(1, Workloads * error.UpperTail(-logRatio));
        return VerdictRule.Decide(logRatio, slower, faster, error, Alpha, Threshold);
    }
}
