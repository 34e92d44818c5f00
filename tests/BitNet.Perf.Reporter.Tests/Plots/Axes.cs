using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Plots;

/// <summary>A drawing with two linear axes; what is drawn into it is given in the axes' values.</summary>
internal sealed class Axes(Svg svg, (double Left, double Right) across, (double Top, double Bottom) down, (double From, double To) horizontal, (double From, double To) vertical)
{
    public double X(double value) => across.Left + (value - horizontal.From) / (horizontal.To - horizontal.From) * (across.Right - across.Left);

    public double Y(double value) => down.Bottom - (value - vertical.From) / (vertical.To - vertical.From) * (down.Bottom - down.Top);

    public Axes HorizontalTicks(IEnumerable<double> values, Func<double, string> text, string name)
    {
        foreach (double value in values)
            svg.Line(X(value), down.Top, X(value), down.Bottom, "grid").Text(X(value), down.Bottom + 16, text(value), "middle", "soft");
        svg.Text((across.Left + across.Right) / 2, down.Bottom + 36, name, "middle", "soft");
        return this;
    }

    public Axes VerticalTicks(IEnumerable<double> values, Func<double, string> text, string name)
    {
        foreach (double value in values)
            svg.Line(across.Left, Y(value), across.Right, Y(value), "grid").Text(across.Left - 8, Y(value) + 4, text(value), "end", "soft");
        svg.Text(across.Left, down.Top - 12, name, "start", "soft");
        return this;
    }

    /// <summary>A line through points; those beyond the axes are left out.</summary>
    public Axes Curve(IEnumerable<(double X, double Y)> points, string kind)
    {
        (double X, double Y)[] inside = [.. points.Where(p => p.X >= horizontal.From && p.X <= horizontal.To && p.Y >= vertical.From && p.Y <= vertical.To)];
        foreach (((double x1, double y1), (double x2, double y2)) in inside.Zip(inside.Skip(1)))
            svg.Line(X(x1), Y(y1), X(x2), Y(y2), kind);
        return this;
    }
}
