using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Statistics;

public class EffectErrorTests
{
    private static EffectError Error(double launches, double launchDf, double runs, double runDf = double.PositiveInfinity) =>
        new(new VariancePart(launches, launchDf), new VariancePart(runs, runDf));

    [Fact]
    public void With_one_part_only_it_is_students_t()
    {
        AssertStudent(Error(4, 5, 0), 2, 5);
        AssertStudent(Error(0, 0, 4, 7), 2, 7);
        AssertStudent(Error(0, 0, 4), 2, double.PositiveInfinity);
        AssertStudent(Error(3, 6, 1, 6), 2, 6); // both on the same: one variance of their sum

        static void AssertStudent(EffectError error, double standardError, double df)
        {
            Assert.Equal(StudentDistribution.UpperQuantile(0.001, df) * standardError, error.Critical(0.001), 1e-9);
            Assert.Equal(StudentDistribution.UpperTail(1.7, df), error.UpperTail(1.7 * standardError), 1e-10);
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.0005)]
    [InlineData(1e-9)]
    public void The_p_of_a_critical_value_is_its_level(double level)
    {
        EffectError error = Error(2.7e-4, 4, 5e-3);
        Assert.Equal(1, error.UpperTail(error.Critical(level)) / level, 1e-8);
        Assert.Equal(1 - level, error.UpperTail(-error.Critical(level)), 1e-12);
    }

    // The chance of a false alarm given the true variances A (estimated on ν) and B (known) is E Φ̄(critical(a) / √(A + B)) over a = A·χ²_ν/ν:
    // averaged over 4,000 seeded draws of χ², the normal tail computed, so that levels of 0.0005 need no millions of trials.
    private static double FalseAlarms(double share, int df, Func<double, double> critical)
    {
        var noise = new Noise(17);
        const int Draws = 4000;
        return Enumerable.Range(0, Draws).Average(_ => NormalDistribution.UpperTail(critical(share * noise.ScaledChiSquare(df))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(18)]
    public void False_alarms_never_exceed_the_level_however_the_noise_is_shared(int df)
    {
        foreach (double share in new[] { 0.05, 0.2, 0.5, 0.8, 0.95 })
        {
            foreach (double level in new[] { 0.05, 0.01, 0.0005 })
            {
                double rate = FalseAlarms(share, df, launches => Error(launches, df, 1 - share).Critical(level));
                // 3 % above for the error of 4,000 draws.
                Assert.True(rate <= 1.03 * level, $"ν {df}, launches' share {share}: {rate} instead of {level}");
            }
        }
    }

    // Why not Welch and Satterthwaite: 3 + 3 launches (ν = 4) with 4/5 of the variance from launches, at the level of 20 workloads.
    [Fact]
    public void Satterthwaites_degrees_of_freedom_would_raise_four_times_the_false_alarms_asked_for()
    {
        const double Share = 0.8, Level = 0.0005;
        double rate = FalseAlarms(Share, 4, launches =>
        {
            double sum = launches + 1 - Share, df = sum * sum / (launches * launches / 4);
            return StudentDistribution.UpperQuantile(Level, df) * Math.Sqrt(sum);
        });
        Assert.InRange(rate / Level, 3, 6);
    }

    [Theory]
    [InlineData(4, 2.7e-4, 5e-3)]
    [InlineData(18, 1e-4, 1e-5)]
    [InlineData(4, 1e-3, 0)]
    public void The_minimum_detectable_effect_is_detected_as_often_as_stated(int df, double launches, double runs)
    {
        const double Level = 0.001;
        double effect = Error(launches, df, runs).MinimumDetectable(Level, 0.8);
        var noise = new Noise(23);
        const int Trials = 4000;
        int called = 0;
        for (int i = 0; i < Trials; i++)
        {
            double estimate = effect + Math.Sqrt(launches + runs) * noise.Normal();
            double critical = Error(launches * noise.ScaledChiSquare(df), df, runs).Critical(Level);
            if (estimate >= critical) called++;
        }
        Assert.Equal(0.8, (double)called / Trials, 4 * 0.4 / Math.Sqrt(Trials));
    }

    [Fact]
    public void More_power_needs_a_larger_effect_and_half_the_power_the_critical_value()
    {
        EffectError error = Error(0, 0, 1e-4);
        double at50 = error.MinimumDetectable(0.001, 0.5), at80 = error.MinimumDetectable(0.001, 0.8), at95 = error.MinimumDetectable(0.001, 0.95);
        Assert.Equal(error.Critical(0.001), at50, 1e-7);
        // Known noise: z(level) + z(power) standard errors.
        Assert.Equal(0.01 * (3.090232 + 0.841621), at80, 1e-7);
        Assert.Equal(0.01 * (3.090232 + 1.644854), at95, 1e-7);
    }
}
