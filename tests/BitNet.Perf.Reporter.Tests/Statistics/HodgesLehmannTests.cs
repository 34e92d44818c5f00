using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Statistics;

public class HodgesLehmannTests
{
    private static readonly double[] X = [412, 415.5, 409, 431, 411, 413], Y = [400, 399, 402.5, 398, 405];

    // Oracle: every pairwise ratio, sorted, the middle one.
    private static double Naive(double[] x, double[] y)
    {
        double[] ratios = [.. x.SelectMany(a => y.Select(b => Math.Log(a) - Math.Log(b))).Order()];
        int half = ratios.Length / 2;
        return Math.Exp(ratios.Length % 2 == 1 ? ratios[half] : (ratios[half - 1] + ratios[half]) / 2);
    }

    [Fact]
    public void The_ratio_is_the_median_of_all_pairwise_ratios_with_ties_as_well()
    {
        var noise = new Noise(11);
        for (int trial = 0; trial < 200; trial++)
        {
            // Rounded values make ties common.
            double[] x = [.. noise.Normals(1 + trial % 9).Select(z => Math.Round(100 * Math.Exp(0.02 * z)))];
            double[] y = [.. noise.Normals(1 + trial % 7).Select(z => Math.Round(100 * Math.Exp(0.02 * z)))];
            Assert.Equal(Naive(x, y), HodgesLehmann.Ratio(x, y), 1e-12);
        }
    }

    [Fact]
    public void Scaling_a_side_scales_ratio_and_interval()
    {
        double[] scaled = [.. X.Select(v => v * 3)];
        Assert.Equal(3 * HodgesLehmann.Ratio(X, Y), HodgesLehmann.Ratio(scaled, Y), 1e-12);
        Interval before = HodgesLehmann.RatioInterval(X, Y, 0.1)!.Value, after = HodgesLehmann.RatioInterval(scaled, Y, 0.1)!.Value;
        Assert.Equal(3 * before.Lower, after.Lower, 1e-12);
        Assert.Equal(3 * before.Upper, after.Upper, 1e-12);
    }

    [Fact]
    public void Swapping_the_sides_inverts_ratio_and_interval()
    {
        Assert.Equal(1 / HodgesLehmann.Ratio(X, Y), HodgesLehmann.Ratio(Y, X), 1e-12);
        Interval forward = HodgesLehmann.RatioInterval(X, Y, 0.1)!.Value, backward = HodgesLehmann.RatioInterval(Y, X, 0.1)!.Value;
        Assert.Equal(1 / forward.Upper, backward.Lower, 1e-12);
        Assert.Equal(1 / forward.Lower, backward.Upper, 1e-12);
    }

    [Fact]
    public void One_wild_launch_hardly_moves_the_ratio()
    {
        double[] wild = [.. X[..^1], 10 * X[^1]];
        Assert.Equal(HodgesLehmann.Ratio(X, Y), HodgesLehmann.Ratio(wild, Y), 0.02);
    }

    // 3,000 intervals of 90 % on skewed noise (log-normal and exponential tails): misses stay within the 99 % binomial limit of 10 %.
    [Fact]
    public void A_90_percent_interval_holds_the_true_ratio_in_90_percent_of_samples_whatever_the_distribution()
    {
        const int Trials = 3000;
        var noise = new Noise(5);
        int missed = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            double[] Side(double middle) => [.. Enumerable.Range(0, 7).Select(_ => middle * Math.Exp(0.02 * -Math.Log(1 - noise.Uniform())))];
            if (!HodgesLehmann.RatioInterval(Side(1.08), Side(1), 0.1)!.Value.Contains(1.08)) missed++;
        }
        Assert.InRange(missed, 1, BinomialLimit.Upper(Trials, 0.1));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_without_logarithm_is_refused(double bad) =>
        Assert.Throws<ArgumentException>(() => HodgesLehmann.Ratio([1, bad], [1]));
}
