using Exact = BitNet.Perf.Reporter.Statistics.BinomialLimit;

namespace BitNet.Perf.Reporter.Tests.Statistics;

public class BinomialLimitTests
{
    // Without hits the limit is 1 − 0.05^(1/n): "0 of 24 only bounds 11.7 %".
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(24)]
    [InlineData(20_000)]
    public void Without_hits_it_is_the_root_of_five_percent(int trials) => Assert.Equal(1 - Math.Pow(0.05, 1.0 / trials), Exact.Upper(0, trials), 1e-12);

    [Fact]
    public void None_of_24_bounds_11_7_percent() => Assert.Equal(0.117, Exact.Upper(0, 24), 5e-4);

    // The definition, summed term by term.
    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 24)]
    [InlineData(9, 10)]
    [InlineData(160, 2000)]
    public void At_the_limit_so_few_hits_have_a_chance_of_five_percent(int hits, int trials)
    {
        double limit = Exact.Upper(hits, trials), term = Math.Pow(1 - limit, trials), sum = term;
        for (int k = 0; k < hits; k++) sum += term *= limit / (1 - limit) * (trials - k) / (k + 1);
        Assert.Equal(0.05, sum, 1e-9);
        Assert.True(limit > (double)hits / trials);
    }

    [Fact]
    public void The_lower_limit_mirrors_the_upper_one()
    {
        Assert.Equal(1 - Exact.Upper(2, 50), Exact.Lower(48, 50), 1e-12);
        Assert.Equal(0, Exact.Lower(0, 7));
        Assert.Equal(1, Exact.Upper(7, 7));
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    [InlineData(0, 0)]
    public void Counts_that_cannot_be_are_refused(int hits, int trials) => Assert.Throws<ArgumentOutOfRangeException>(() => Exact.Upper(hits, trials));
}
