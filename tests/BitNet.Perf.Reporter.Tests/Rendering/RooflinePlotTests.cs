using System.Globalization;
using System.Xml.Linq;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public class RooflinePlotTests
{
    private static readonly Roof One = new(1, 32, 256), Two = new(2, 64, 512);

    private static readonly RooflinePoint[] Points =
    [
        new("gemv i2s", 1, true, 4, 100, "cold gemv"), new("gemv i2s", 1, true, 4, 90, "slower"), new("gemm i2s", 2, false, 512, 400, "gemm"), new("head f16", 1, true, 0.5, 12, "head"),
    ];

    private static XElement[] Elements(string svg, string name) => [.. XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == name)];

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static XElement[] Roofs(string svg) => [.. Elements(svg, "line").Where(line => line.Attribute("class")!.Value[0] == 's')];

    [Fact]
    public void The_roofs_meet_where_bandwidth_times_intensity_is_the_multiply_add_rate()
    {
        RooflineAxes axes = RooflineAxes.Of([One], Points);
        Assert.Equal([(0.25, 8.0, 8.0, 256.0), (8.0, 256.0, 1024.0, 256.0)], RooflinePlot.Lines(One, axes));
    }

    [Fact]
    public void A_roof_that_was_not_measured_is_not_drawn()
    {
        RooflineAxes axes = RooflineAxes.Of([One, Two], Points);
        Assert.Equal([(axes.LeastIntensity, 256.0, axes.MostIntensity, 256.0)], RooflinePlot.Lines(One with { Bandwidth = null }, axes));
        (double _, double _, double x, double y) = Assert.Single(RooflinePlot.Lines(One with { MultiplyAdds = null }, axes));
        Assert.Equal(32, y / x, 9);
        Assert.True(x <= axes.MostIntensity && y <= axes.MostRate * 1.0000001);
    }

    [Fact]
    public void A_point_on_a_roof_is_drawn_on_its_line_and_a_doubling_is_the_same_way_everywhere()
    {
        RooflinePoint[] onRoof = [new("a", 1, true, 1, 32, "a"), new("b", 1, true, 2, 64, "b"), new("c", 1, false, 64, 256, "c")];
        string svg = RooflinePlot.Draw([One], onRoof);
        XElement[] circles = Elements(svg, "circle"), lines = Roofs(svg);
        Assert.Equal(Number(lines[1], "y1"), Number(circles[2], "cy"), 0.11);
        double slope = (Number(lines[0], "y2") - Number(lines[0], "y1")) / (Number(lines[0], "x2") - Number(lines[0], "x1"));
        foreach (XElement circle in circles[..2])
            Assert.Equal(Number(lines[0], "y1") + slope * (Number(circle, "cx") - Number(lines[0], "x1")), Number(circle, "cy"), 0.2);
        Assert.Equal((Number(circles[2], "cx") - Number(circles[0], "cx")) / 6, Number(circles[1], "cx") - Number(circles[0], "cx"), 0.11);
    }

    [Fact]
    public void Every_workload_is_a_point_with_its_hint_and_every_kind_one_label()
    {
        string svg = RooflinePlot.Draw([One, Two], Points);
        Assert.Equal(["cold gemv", "slower", "gemm", "head"], Elements(svg, "circle")[..4].Select(circle => circle.Value));
        // Filled from memory, hollow from the caches; a colour for each thread count, that of its roofs.
        Assert.Equal(["c0", "c0", "s1", "c0"], Elements(svg, "circle")[..4].Select(circle => circle.Attribute("class")!.Value));
        Assert.Equal(["s0", "s0", "s1", "s1", "s0", "s1"], Roofs(svg).Select(line => line.Attribute("class")!.Value));
        Assert.Equal(["gemm i2s", "gemv i2s", "head f16"], Elements(svg, "text").Select(text => text.Value).Where(Points.Select(p => p.Label).Contains));
        Assert.Contains("1 thread, reads 32.0 GB/s, multiplies 256 GMAC/s", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Axes_hold_all_points_and_roofs_with_a_handful_of_round_ticks()
    {
        foreach (RooflinePoint point in new[] { Points[0], Points[0] with { Intensity = 0.03, Rate = 0.4 }, Points[0] with { Intensity = 100_000, Rate = 9e5 } })
        {
            RooflineAxes axes = RooflineAxes.Of([One, Two], [.. Points, point]);
            Assert.All(Points.Append(point), p => Assert.True(axes.Across(p.Intensity) is > 0 and < 1 && axes.Up(p.Rate) is > 0 and < 1));
            Assert.InRange(axes.Up(512), 0, 1);
            Assert.InRange(axes.IntensityTicks.Count, 5, 15);
            Assert.InRange(axes.RateTicks.Count, 4, 18);
            Assert.All(axes.IntensityTicks, tick => Assert.InRange(axes.Across(tick), -1e-9, 1 + 1e-9));
            Assert.All(axes.RateTicks, tick => Assert.InRange(axes.Up(tick), -1e-9, 1 + 1e-9));
        }
    }

    [Fact]
    public void A_workload_of_the_receipt_is_told_with_both_shares()
    {
        Receipt receipt = new SyntheticRun().With(SyntheticRun.Gemv, [400_000]).With(SyntheticRun.Read, [25], "GB/s").With("probe/mac/t2", [442.368], "GMAC/s").Build();
        string svg = RooflineSections.Of(receipt, "f")!.PlotSvg;
        Assert.Equal($"{SyntheticRun.Gemv}: 44.2 GMAC/s at 4.00 multiply-adds a byte, 44 % of probe/read, 10 % of probe/mac", Elements(svg, "circle")[0].Value);
        Assert.Null(RooflineSections.Of(new SyntheticRun().With(SyntheticRun.Gemv, [400_000]).Build(), "f"));
        Assert.Null(RooflineSections.Of(new SyntheticRun().With(SyntheticRun.Read, [25], "GB/s").Build(), "f"));
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        string svg = RooflinePlot.Draw([One], [new("</text><script>", 1, true, 4, 10, "\"><svg onload=\u0007 &")]);
        Assert.Empty(Elements(svg, "script"));
        Assert.Single(XDocument.Parse(svg).Descendants(), e => e.Name.LocalName == "svg");
        Assert.Contains(Elements(svg, "text"), text => text.Value == "</text><script>");
    }
}
