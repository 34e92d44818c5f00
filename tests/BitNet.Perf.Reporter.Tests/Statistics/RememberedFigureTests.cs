using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Statistics;

/// <summary>Shortcuts that a comparison of a thousand workloads needs give what the functions behind them give.</summary>
public class RememberedFigureTests
{
    [Fact]
    public void The_table_of_the_normal_distribution_is_off_by_less_than_1e_10()
    {
        double worst = Enumerable.Range(-100_000, 200_001).Select(i => i * 1e-4).Max(z => Math.Abs(NormalTable.Cdf(z) - NormalDistribution.Cdf(z)));
        Assert.InRange(worst, 0, 1e-10);
    }

    [Theory]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Beyond_the_table_the_normal_distribution_is_0_or_1(double z, double expected) => Assert.Equal(expected, NormalTable.Cdf(z));

    [Fact]
    public void A_remembered_quantile_is_the_computed_one_whatever_was_asked_in_between()
    {
        for (int round = 0; round < 2; round++)
        {
            foreach (double df in Enumerable.Range(1, 200).Select(i => (double)i).Append(double.PositiveInfinity))
            {
                foreach (double tail in new[] { 0.05, 0.01, 2e-4, 1e-5 })
                    Assert.Equal(StudentDistribution.UpperQuantile(tail, df), StudentQuantiles.Upper(tail, df));
            }
        }
    }

    // The definition: power at the detectable effect is the power asked for.
    [Theory]
    [InlineData(1e-4, 4, 2e-4, 4)]
    [InlineData(1e-4, 98, 2e-4, double.PositiveInfinity)]
    [InlineData(1e-4, 1, 0, 1)]
    public void The_detectable_effect_has_the_power_asked_for(double launches, double launchDf, double runs, double runDf)
    {
        var error = new EffectError(new VariancePart(launches, launchDf), new VariancePart(runs, runDf));
        foreach (double power in new[] { 0.3, 0.8, 0.95 })
            Assert.Equal(power, error.Power(error.MinimumDetectable(2e-4, power), 2e-4), 1e-6);
    }
}
