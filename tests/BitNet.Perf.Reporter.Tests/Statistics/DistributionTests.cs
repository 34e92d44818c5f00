using BitNet.Perf.Reporter.Statistics;
using PerfolizerStudent = Perfolizer.Mathematics.Distributions.ContinuousDistributions.StudentDistribution;

namespace BitNet.Perf.Reporter.Tests.Statistics;

public class DistributionTests
{
    // Closed forms: P(T₁ > t) = 1/2 − atan(t)/π; P(T₂ > t) = (1 − t/√(2 + t²))/2, written without the cancellation for large t.
    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    [InlineData(6.3)]
    [InlineData(1000.0)]
    [InlineData(1e6)]
    public void The_tail_of_t_equals_its_closed_form_for_1_and_2_degrees_of_freedom(double t)
    {
        AssertClose(Math.Atan(1 / t) / Math.PI, StudentDistribution.UpperTail(t, 1), 1e-12);
        double root = Math.Sqrt(2 + t * t);
        AssertClose(1 / (root * (root + t)), StudentDistribution.UpperTail(t, 2), 1e-12);
    }

    // Independent oracle: the density integrated by Simpson's rule, for degrees of freedom that are not whole as well.
    [Theory]
    [InlineData(1.5, 3.0)]
    [InlineData(4.0, 10.9)]
    [InlineData(5.6, 2.2)]
    [InlineData(40.3, 4.0)]
    [InlineData(1560.0, 3.3)]
    public void The_tail_of_t_equals_the_integral_of_its_density(double df, double t)
    {
        // Substituting x = t/u folds the infinite tail onto (0, 1].
        double Folded(double u) => StudentDistribution.Density(t / u, df) * t / (u * u);
        const int Steps = 200_000;
        double sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double u = Math.Max(1e-9, (double)i / Steps);
            sum += Folded(u) * (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2);
        }
        AssertClose(sum / (3.0 * Steps), StudentDistribution.UpperTail(t, df), 1e-8);
    }

    [Fact]
    public void The_density_of_t_is_the_slope_of_its_tail()
    {
        foreach (double df in new[] { 1, 2.5, 9, 300 })
        {
            foreach (double t in new[] { -2, 0.01, 0.5, 3 })
            {
                double slope = (StudentDistribution.UpperTail(t - 1e-5, df) - StudentDistribution.UpperTail(t + 1e-5, df)) / 2e-5;
                Assert.Equal(StudentDistribution.Density(t, df), slope, 1e-8);
            }
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    [InlineData(4.5)]
    [InlineData(19.0)]
    [InlineData(1e5)]
    [InlineData(double.PositiveInfinity)]
    public void The_quantile_of_t_undoes_its_tail(double df)
    {
        foreach (double tail in new[] { 0.9, 0.5, 0.2, 0.05, 0.01, 1e-4, 1e-9, 1e-15 })
            AssertClose(tail, StudentDistribution.UpperTail(StudentDistribution.UpperQuantile(tail, df), df), 1e-10);
    }

    // Tables of t: 0.95 and 0.995 quantiles.
    [Theory]
    [InlineData(0.05, 1, 6.313752)]
    [InlineData(0.05, 4, 2.131847)]
    [InlineData(0.005, 9, 3.249836)]
    [InlineData(0.005, 30, 2.749996)]
    [InlineData(0.025, double.PositiveInfinity, 1.959964)]
    public void Quantiles_of_t_are_those_of_the_tables(double tail, double df, double expected) =>
        Assert.Equal(expected, StudentDistribution.UpperQuantile(tail, df), 1e-6);

    // Why Perfolizer's distributions are not used: a p of 0, or of 1/2, where it is neither. When this fails, use them.
    [Fact]
    public void Perfolizers_tails_vanish_where_ours_do_not()
    {
        Assert.Equal(0, new PerfolizerStudent(1).Cdf(-1e6));
        AssertClose(Math.Atan(1e-6) / Math.PI, StudentDistribution.UpperTail(1e6, 1), 1e-12);
        Assert.Equal(0.5, new PerfolizerStudent(1e10).Cdf(-5));
        AssertClose(2.8665157e-7, StudentDistribution.UpperTail(5, 1e10), 1e-6);
        Assert.Equal(0, Perfolizer.Mathematics.Distributions.ContinuousDistributions.NormalDistribution.Standard.Cdf(-6.2));
        AssertClose(2.823158e-10, NormalDistribution.UpperTail(6.2), 1e-6);
    }

    // Φ at 1.96 and 5 from tables (Abramowitz & Stegun 26.1, 26.2); P(Z > 10) and P(Z > 30) from the continued fraction to 30 digits.
    [Theory]
    [InlineData(1.959963984540054, 0.025)]
    [InlineData(5.0, 2.866515718791939e-7)]
    [InlineData(10.0, 7.619853024160526e-24)]
    [InlineData(30.0, 4.906713927148187e-198)]
    [InlineData(-1.0, 0.8413447460685429)]
    public void The_normal_tail_keeps_its_relative_accuracy(double z, double expected) =>
        AssertClose(expected, NormalDistribution.UpperTail(z), 1e-12);

    // P(T ≤ t) with noncentrality is the chance that Z + δ ≤ t·S: the definition, simulated.
    [Theory]
    [InlineData(2.0, 4, 1.0)]
    [InlineData(3.75, 4, 5.0)]
    [InlineData(-1.0, 10, 0.5)]
    public void The_noncentral_tail_is_that_of_a_shifted_normal_over_a_chi(double t, int df, double shift)
    {
        var noise = new Noise(7);
        const int Trials = 40_000;
        int hits = 0;
        for (int i = 0; i < Trials; i++)
            if (noise.Normal() + shift > t * Math.Sqrt(noise.ScaledChiSquare(df))) hits++;
        // 4 standard errors of a share at most 1/2.
        Assert.Equal((double)hits / Trials, DetectionPower.NoncentralUpperTail(t, df, shift), 4 * 0.5 / Math.Sqrt(Trials));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.3)]
    [InlineData(18.0)]
    [InlineData(5000.0)]
    public void Without_a_shift_the_noncentral_t_is_students(double df)
    {
        foreach (double t in new[] { -3, 0.0, 1, 4, 20 })
            Assert.Equal(StudentDistribution.UpperTail(t, df), DetectionPower.NoncentralUpperTail(t, df, 0), 1e-6);
    }

    // Tables of F: the upper 1 % points; and F on (1, ν) is t² (Abramowitz & Stegun 26.6).
    [Theory]
    [InlineData(3, 10, 6.552)]
    [InlineData(10, 10, 4.849)]
    [InlineData(5, 120, 3.174)]
    public void Tails_of_a_ratio_of_variances_are_those_of_the_tables(int numerator, int denominator, double onePercent)
    {
        Assert.Equal(0.01, StudentDistribution.VarianceRatioUpperTail(onePercent, numerator, denominator), 1e-5);
        Assert.Equal(2 * StudentDistribution.UpperTail(2.5, denominator), StudentDistribution.VarianceRatioUpperTail(6.25, 1, denominator), 1e-12);
    }

    [Fact]
    public void Less_than_one_degree_of_freedom_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentDistribution.UpperTail(1, 0.5));

    private static void AssertClose(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), $"expected {expected:R}, found {actual:R}");
}
