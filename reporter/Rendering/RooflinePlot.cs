using System.Globalization;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>What the probes reach with so many threads.</summary>
/// <param name="Bandwidth">GB/s of the read probe; null without one.</param>
/// <param name="MultiplyAdds">GMAC/s of the multiply-add probe; null without one.</param>
internal sealed record Roof(int Threads, double? Bandwidth, double? MultiplyAdds);

/// <summary>A workload under the roofs.</summary>
/// <param name="Label">Points of one label, thread count and memory share a written label.</param>
/// <param name="FromMemory">Whether its bytes come from memory: then the sloped roof binds it.</param>
/// <param name="Intensity">Multiply-adds a byte.</param>
/// <param name="Rate">GMAC/s.</param>
/// <param name="Hint">Shown under the pointer.</param>
internal sealed record RooflinePoint(string Label, int Threads, bool FromMemory, double Intensity, double Rate, string Hint);

/// <summary>The roofline model (Williams, Waterman, Patterson 2009, DOI 10.1145/1498765.1498785) on two logarithmic axes: multiply-adds a second over
/// multiply-adds a byte. The sloped roof is the read probe, the level one the multiply-add probe, one pair and one colour for each thread count.</summary>
internal static class RooflinePlot
{
    private const int Width = 760;
    private const int PlotHeight = 400;
    private const double Left = 58, Right = Width - 16, Top = 14, Bottom = Top + PlotHeight;
    private const int LegendRow = 20;
    private const int Colours = 4;

    public static string Draw(IReadOnlyList<Roof> roofs, IReadOnlyList<RooflinePoint> points)
    {
        RooflineAxes axes = RooflineAxes.Of(roofs, points);
        double X(double intensity) => Left + axes.Across(intensity) * (Right - Left);
        double Y(double rate) => Bottom - axes.Up(rate) * (Bottom - Top);
        int[] threads = [.. points.Select(point => point.Threads).Concat(roofs.Select(roof => roof.Threads)).Distinct().Order()];
        string Colour(int count) => FormattableString.Invariant($"{Array.IndexOf(threads, count) % Colours}");

        var svg = new Svg(Width, (int)Bottom + 66 + LegendRow * threads.Length, "Roofline: multiply-adds a second over multiply-adds a byte");
        Grid(svg, axes, X, Y);
        Segment[] lines = [.. roofs.SelectMany(roof => Lines(roof, axes).Select(line => new Segment(X(line.FromX), Y(line.FromY), X(line.ToX), Y(line.ToY), $"s{Colour(roof.Threads)}")))];
        foreach (Segment line in lines) svg.Line(line.X1, line.Y1, line.X2, line.Y2, line.Kind);

        var placement = new LabelPlacement(new LabelBox(Left + 2, Top, Right, Bottom), lines);
        foreach (RooflinePoint point in points)
        {
            svg.Circle(X(point.Intensity), Y(point.Rate), 4, $"{(point.FromMemory ? 'c' : 's')}{Colour(point.Threads)}", point.Hint);
            placement.Keep(X(point.Intensity), Y(point.Rate));
        }
        // The fastest of a kind carries the label.
        foreach (RooflinePoint point in points.GroupBy(p => (p.Label, p.Threads, p.FromMemory)).Select(kind => kind.MaxBy(p => p.Rate)!).OrderByDescending(p => p.Rate))
        {
            string label = Escaping.OneLine(point.Label);
            if (placement.Place(X(point.Intensity), Y(point.Rate), label) is not { } place) continue;
            if (place.Leader is { } leader) svg.Line(leader.X1, leader.Y1, leader.X2, leader.Y2, "line");
            svg.Text(place.X, place.Y, label, place.Anchor, "soft");
        }
        Legend(svg, threads, roofs, Colour);
        return svg.ToString();
    }

    /// <summary>A roof's slope up to where both meet, and its level from there; what is not known is not drawn.</summary>
    internal static IEnumerable<(double FromX, double FromY, double ToX, double ToY)> Lines(Roof roof, RooflineAxes axes)
    {
        double highest = Math.Min(roof.MultiplyAdds ?? axes.MostRate, axes.MostRate);
        double meet = roof.Bandwidth is { } bandwidth ? Math.Clamp(highest / bandwidth, axes.LeastIntensity, axes.MostIntensity) : axes.LeastIntensity;
        if (roof.Bandwidth is { } slope && meet > axes.LeastIntensity)
            yield return (axes.LeastIntensity, slope * axes.LeastIntensity, meet, slope * meet);
        if (roof.MultiplyAdds is { } level && meet < axes.MostIntensity)
            yield return (meet, level, axes.MostIntensity, level);
    }

    private static void Grid(Svg svg, RooflineAxes axes, Func<double, double> x, Func<double, double> y)
    {
        foreach (double tick in axes.IntensityTicks)
        {
            svg.Line(x(tick), Top, x(tick), Bottom, "grid");
            svg.Text(x(tick), Bottom + 16, Tick(tick), "middle", "soft");
        }
        foreach (double tick in axes.RateTicks)
        {
            svg.Line(Left, y(tick), Right, y(tick), "grid");
            svg.Text(Left - 6, y(tick) + 4, Tick(tick), "end", "soft");
        }
        svg.Text(Left, Bottom + 36, "up: GMAC/s (10⁹ multiply-adds a second), across: multiply-adds a byte", kind: "soft");
    }

    private static void Legend(Svg svg, IReadOnlyList<int> threads, IReadOnlyList<Roof> roofs, Func<int, string> colour)
    {
        double y = Bottom + 58;
        foreach (int count in threads)
        {
            Roof? roof = roofs.FirstOrDefault(r => r.Threads == count);
            string?[] figures =
            [
                Figures.Count(count, "thread", "threads"),
                roof?.Bandwidth is { } bandwidth ? $"reads {Figures.Number(bandwidth)} GB/s" : null,
                roof?.MultiplyAdds is { } products ? $"multiplies {Figures.Number(products)} GMAC/s" : null,
            ];
            svg.Line(Left, y - 4, Left + 26, y - 4, $"s{colour(count)}").Text(Left + 36, y, string.Join(", ", figures.OfType<string>()));
            y += LegendRow;
        }
        const double Second = 470;
        svg.Circle(Second, Bottom + 54, 4, "c0", "weights or cache from memory").Text(Second + 12, Bottom + 58, "from memory");
        svg.Circle(Second + 120, Bottom + 54, 4, "s0", "weights in the caches").Text(Second + 132, Bottom + 58, "used from caches");
    }

    private static string Tick(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
