using BitNet.Perf.Reporter.History;

namespace BitNet.Perf.Reporter.Tests.History;

public class SeriesAnalysisTests
{
    [Fact]
    public void A_step_has_its_place_size_and_the_night_it_was_noticed()
    {
        ChangePoint point = Assert.Single(SeriesAnalysis.Of(Nights(120, t => t < 80 ? 100 : 105)).ChangePoints);
        Assert.Equal((80, ChangeKind.Step, null, true), (point.Index, point.Kind, point.End, point.IsUp));
        Assert.InRange(point.ConfirmedAt, 80, 84);
        Assert.InRange(point.Ratio!.Value, 1.045, 1.055);
        Assert.True(point.Interval!.Value.Contains(1.05));
        Assert.InRange(point.P, 0, 1e-8);
    }

    [Fact]
    public void A_slope_is_one_trend_with_its_two_ends()
    {
        ChangePoint point = Assert.Single(SeriesAnalysis.Of(Nights(200, t => 100 * (1 + 0.08 * Math.Clamp((t - 90) / 30.0, 0, 1)))).ChangePoints);
        Assert.Equal(ChangeKind.Trend, point.Kind);
        Assert.InRange(point.Index, 84, 100);
        Assert.InRange(point.End!.Value, 110, 126);
    }

    [Fact]
    public void Scale_shift_of_the_logarithm_and_direction_change_no_place()
    {
        double[] nights = Nights(150, t => t < 100 ? 100 : 104);
        int[] places = Places(nights);
        Assert.Equal(places, Places([.. nights.Select(value => value * 1e-6)]));
        Assert.Equal(places, Places([.. nights.Select(value => 1 / value)]));
        Assert.Single(places);
    }

    [Fact]
    public void Each_night_sees_what_the_nights_before_saw()
    {
        // What was said is never taken back, so a series cut off has the first changes of the whole one.
        double[] values = [.. Nights(260, t => t < 70 ? 100 : t < 160 ? 104 : 99).Select(value => Math.Log(value))];
        var whole = new ChangeDetector();
        for (int t = 0; t < values.Length; t++)
        {
            LevelChange[] before = [.. whole.Changes];
            ChangeDetector resumed = ChangeDetector.After(values[..t], before);
            Assert.Equal(whole.Add(values[t]), resumed.Add(values[t]));
            Assert.Equal(before, whole.Changes.Take(before.Length));
        }
        Assert.Equal(2, whole.Changes.Count);
    }

    [Fact]
    public void Values_that_never_vary_have_no_change_until_they_change()
    {
        Assert.Empty(SeriesAnalysis.Of([.. Enumerable.Repeat(512.0, 60)]).ChangePoints);
        Assert.Equal(40, Assert.Single(SeriesAnalysis.Of([.. Enumerable.Repeat(512.0, 40), .. Enumerable.Repeat(544.0, 20)]).ChangePoints).Index);
    }

    [Fact]
    public void Values_of_zero_and_below_are_taken_as_they_are_and_have_no_ratio()
    {
        ChangePoint point = Assert.Single(SeriesAnalysis.Of([.. Nights(100, t => t < 60 ? 0 : 10)]).ChangePoints);
        Assert.Equal((60, null, null), (point.Index, point.Ratio, point.Interval));
        Assert.InRange(point.After - point.Before, 9, 11);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Too_few_nights_show_nothing(int nights) => Assert.Equal((nights, 0), (SeriesAnalysis.Of(Nights(nights, t => t < 3 ? 1 : 100)).Points, SeriesAnalysis.Of(Nights(nights, t => t < 3 ? 1 : 100)).ChangePoints.Count));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_that_is_not_finite_is_refused(double value) => Assert.Throws<ArgumentException>(() => SeriesAnalysis.Of([1, 2, value]));

    [Fact]
    public void Only_a_last_change_upwards_within_the_newest_nights_is_a_slowdown_to_act_on()
    {
        Assert.True(SeriesAnalysis.Of(Nights(120, t => t < 100 ? 100 : 106)).SlowedWithin(30));
        Assert.False(SeriesAnalysis.Of(Nights(120, t => t < 60 ? 100 : 106)).SlowedWithin(30));
        Assert.False(SeriesAnalysis.Of(Nights(120, t => t < 100 ? 106 : 100)).SlowedWithin(30));
        Assert.False(SeriesAnalysis.Of(Nights(140, t => t is < 100 or >= 120 ? 100 : 106)).SlowedWithin(60));
    }

    private static int[] Places(double[] values) => [.. SeriesAnalysis.Of(values).ChangePoints.Select(point => point.Index)];

    /// <summary>A level with 0.5 % of normal noise around it; around 0 that of a level of 100.</summary>
    private static double[] Nights(int count, Func<int, double> level)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(t => level(t) + 0.005 * 100 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }
}
