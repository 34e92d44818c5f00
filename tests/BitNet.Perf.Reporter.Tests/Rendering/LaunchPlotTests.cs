using System.Xml.Linq;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;
using BitNet.Perf.Reporter.Tests.Comparison;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public class LaunchPlotTests
{
    [Fact]
    public void Every_launch_is_a_dot_and_slower_is_to_the_right_for_rates_as_well()
    {
        ComparisonResult result = Scenes.Mixed();
        WorkloadTable table = ReportContents.Of(SideOfRuns.Candidate(Sides.Sources(Scenes.MixedCandidate, "head")), result).Tables.Single(t => t.Group == "e2e");
        XElement[] circles = [.. XDocument.Parse(table.PlotSvg).Descendants().Where(e => e.Name.LocalName == "circle")];
        // Two workloads of 10 candidate and 100 baseline launches, and the legend's two.
        Assert.Equal(2 * 110 + 2, circles.Length);
        // Decoding improved: its candidate's dots carry negative costs.
        Assert.Equal(10, circles.Count(c => c.Value.StartsWith('-') && c.Attribute("class")!.Value == "head" && c.Value is "-6.2 %" or "-6.9 %"));
    }

    [Fact]
    public void Without_a_baseline_zero_is_the_median_of_the_table_and_the_axis_says_so()
    {
        SyntheticRun run = new SyntheticRun().With(SyntheticRun.Gemv, [400_000, 410_000, 900_000]).WithProbes(3);
        WorkloadTable table = ReportContents.Of(SideOfRuns.Candidate(Sides.Sources([run], "head")), null).Tables.Single(t => t.Group == "kernel/gemv");
        Assert.Equal("410 µs", table.Rows.Single().Value);
        XElement[] circles = [.. XDocument.Parse(table.PlotSvg).Descendants().Where(e => e.Name.LocalName == "circle")];
        Assert.Contains(circles, circle => circle.Value == "+0.0 %");
        Assert.Contains("against the median of the run, %", table.PlotSvg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.4, 0.4)]
    [InlineData(7.1, 9.2)]
    [InlineData(-80.0, -20.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(0.0, 1234.0)]
    public void The_axis_holds_all_values_and_zero_with_a_handful_of_round_ticks(double least, double most)
    {
        (double low, double high, double step) = LaunchPlot.Axis([least, most]);
        Assert.True(low < Math.Min(0, least) && high > Math.Max(0, most));
        Assert.InRange((high - low) / step, 3, 10);
        double mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9));
        Assert.Contains(Math.Round(mantissa, 6), new[] { 1.0, 2, 5 });
    }

    [Fact]
    public void Drawings_follow_the_readers_light_or_dark_scheme()
    {
        string svg = LaunchPlot.Draw("g", [new LaunchSeries("a", [1, 2], [], null)]);
        Assert.Contains("@media(prefers-color-scheme:dark)", svg, StringComparison.Ordinal);
        Assert.Equal("Launches of g", XDocument.Parse(svg).Root!.Attribute("aria-label")!.Value);
    }
}
