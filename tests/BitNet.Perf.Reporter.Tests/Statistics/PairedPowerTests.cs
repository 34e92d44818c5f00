using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Statistics;

public class PairedPowerTests
{
    // Other samples than those the effect was found with: 2000 suites, 99.9 % limits around the power stated, plus the 2 % that the quantile itself may be off.
    [Theory]
    [InlineData(20, 1e-4, 0.80, 0.76, 0.84)]
    [InlineData(20, 1e-4, 0.95, 0.925, 0.97)]
    [InlineData(12, 3e-4, 0.80, 0.75, 0.84)]
    [InlineData(70, 1e-4, 0.80, 0.76, 0.84)]
    [InlineData(120, 1e-4, 0.95, 0.925, 0.97)]
    public void An_effect_of_the_detectable_size_is_found_as_often_as_stated(int pairs, double level, double power, double least, double most)
    {
        double effect = PairedPower.Detectable(pairs, level, power)!.Value;
        var noise = new Noise(31);
        const int Suites = 2000;
        int found = Enumerable.Range(0, Suites).Count(_ => SignedRank.UpperTail([.. noise.Normals(pairs).Select(z => z + effect)]) <= level);
        Assert.InRange((double)found / Suites, least, most);
    }

    [Fact]
    public void Too_few_pairs_detect_nothing() => Assert.Null(PairedPower.Detectable(12, 1e-4, 0.8));

    [Fact]
    public void With_more_and_more_pairs_the_effect_falls_like_the_root_of_their_number()
    {
        double Scaled(int n) => PairedPower.Detectable(n, 1e-4, 0.8)!.Value * Math.Sqrt(n);
        Assert.Equal(Scaled(PairedPower.MostSimulated), Scaled(PairedPower.MostSimulated + 1), 0.02);
        // √(π/3) (z of 10⁻⁴ + z of 0.8)
        Assert.Equal(1.0233267 * (3.7190165 + 0.8416212), Scaled(1_000), 0.05);
    }
}
