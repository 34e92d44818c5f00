using System.Globalization;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Plots;

/// <summary>The chance that `ab` finds a true slowdown significant, over its size, with the effects found in 80 and 95 of 100 cases: the MDE.</summary>
internal static class PowerPlot
{
    /// <summary>Of launches on either side; a block's log ratio varies by √2 of it.</summary>
    public const double LaunchDeviation = 0.02;

    private const int Workloads = 8;
    private static readonly int[] Pairs = [12, 20, 40];

    public static string Draw()
    {
        const int Width = 760, Height = 400, Left = 64, Right = 560;
        var svg = new Svg(Width, Height, "Power of an interleaved comparison over the size of a slowdown");
        Axes axes = new Axes(svg, (Left, Right), (40, Height - 56), (0, 0.1), (0, 1))
            .HorizontalTicks(Enumerable.Range(0, 6).Select(i => i * 0.02), Percent.Amount, "true slowdown")
            .VerticalTicks([0, 0.2, 0.4, 0.6, 0.8, 0.95], Percent.Amount, "chance that it is found significant");
        for (int i = 0; i < Pairs.Length; i++)
        {
            int pairs = Pairs[i];
            string kind = i.ToString(CultureInfo.InvariantCulture);
            axes.Curve(Enumerable.Range(1, 66).Select(step => step / 67.0).Select(power => (Effect(pairs, power), power)), "s" + kind);
            double y = 60 + 64 * i;
            svg.Circle(Right + 24, y - 4, 4, "c" + kind, "").Text(Right + 34, y, $"{pairs} pairs");
            foreach (double power in (double[])[0.8, 0.95])
            {
                double effect = Effect(pairs, power);
                svg.Circle(axes.X(effect), axes.Y(power), 4, "c" + kind, $"{pairs} pairs: {Percent.Amount(effect)}");
                y += 18;
                svg.Text(Right + 34, y, $"MDE {Percent.Amount(power)}: {Percent.Amount(effect)}", kind: "soft");
            }
        }
        return svg.ToString();
    }

    /// <summary>At the level of the look after so many pairs.</summary>
    private static double Effect(int pairs, double power)
    {
        LookPlan looks = LookPlan.Of(pairs, Workloads, 0.01);
        double level = looks.LevelOf(looks.Reached(pairs) - 1);
        return Math.Exp(Math.Max(0, PairedPower.Detectable(pairs, level, power)!.Value * Math.Sqrt(2) * LaunchDeviation)) - 1;
    }
}
