using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Statistics;

public class AutocorrelationTests
{
    private const int Trials = 20_000;

    /// <summary>Share of simulated samples whose p is at most the level.</summary>
    private static double Share(double level, int runs, int values, int seed, Func<Noise, double> draw, double correlation = 0)
    {
        var noise = new Noise(seed);
        int found = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            double[][] sample = [.. Enumerable.Range(0, runs).Select(_ =>
            {
                double value = draw(noise);
                return Enumerable.Range(0, values).Select(_ => value = correlation * value + Math.Sqrt(1 - correlation * correlation) * draw(noise)).ToArray();
            })];
            if (Autocorrelation.Of(sample)!.P <= level) found++;
        }
        return (double)found / Trials;
    }

    // 4 standard errors of a share; the beta distribution is an approximation, and good for a tenth of the level.
    private static double Slack(double level) => 4 * Math.Sqrt(level / Trials) + 0.1 * level;

    [Theory]
    [InlineData(1, 8)]
    [InlineData(1, 20)]
    [InlineData(10, 5)]
    [InlineData(3, 50)]
    public void Independent_normal_values_are_called_correlated_as_often_as_the_level_says(int runs, int values)
    {
        foreach (double level in new[] { 0.05, 0.01, 0.001 })
            Assert.Equal(level, Share(level, runs, values, seed: 3, noise => noise.Normal()), Slack(level));
    }

    // Outliers separate themselves from both neighbours: that is no correlation, and the test becomes a cautious one.
    [Fact]
    public void Independent_heavy_tailed_values_are_called_correlated_no_more_often()
    {
        foreach (double level in new[] { 0.05, 0.01, 0.001 })
        {
            double share = Share(level, 1, 20, seed: 5, noise => noise.Normal() / Math.Sqrt(noise.ScaledChiSquare(3)));
            Assert.InRange(share, 0, level + Slack(level));
        }
    }

    // Three fifths of the samples: enough for a warning, not for a verdict.
    [Fact]
    public void Of_fifty_values_with_a_correlation_of_one_half_most_are_found_at_a_thousandth() =>
        Assert.InRange(Share(0.001, 1, 50, seed: 7, noise => noise.Normal(), correlation: 0.5), 0.5, 1);

    [Fact]
    public void Independent_values_have_the_mean_correlation_zero_however_few_they_are()
    {
        var noise = new Noise(11);
        double mean = Enumerable.Range(0, Trials).Average(_ => Autocorrelation.Of([noise.Normals(8)])!.Lag1);
        // The standard deviation is about 1/√8; the usual coefficient would be off by −1/8.
        Assert.Equal(0, mean, 4 / Math.Sqrt(8.0 * Trials));
    }

    [Fact]
    public void A_slope_is_correlation_and_alternation_is_none()
    {
        Assert.InRange(Autocorrelation.Of([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]])!.P, 0, 1e-6);
        Assert.InRange(Autocorrelation.Of([[1, 2, 1, 2, 1, 2, 1, 2, 1, 2]])!.P, 0.999, 1);
    }

    [Fact]
    public void The_end_of_one_run_and_the_start_of_the_next_are_no_neighbours()
    {
        double[] low = [1, 1.2, 1.1, 1.3, 1.05], high = [.. low.Select(value => value + 100)];
        Assert.Equal(Autocorrelation.Of([low, low])!.P, Autocorrelation.Of([low, high])!.P, 1e-9);
    }

    [Fact]
    public void Shift_and_scale_change_nothing()
    {
        double[] values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
        Autocorrelation one = Autocorrelation.Of([values])!, other = Autocorrelation.Of([[.. values.Select(value => 7 * value + 1000)]])!;
        Assert.Equal(one.Lag1, other.Lag1, 1e-9);
        Assert.Equal(one.P, other.P, 1e-9);
    }

    [Fact]
    public void Too_few_values_or_equal_ones_have_no_order()
    {
        Assert.Null(Autocorrelation.Of([[1, 2, 3, 4, 5, 6, 7]]));
        Assert.Null(Autocorrelation.Of([[1, 2], [1, 2], [1, 2], [1, 2], [1, 2]]));
        Assert.Null(Autocorrelation.Of([[2, 2, 2, 2, 2, 2, 2, 2, 2]]));
    }
}
