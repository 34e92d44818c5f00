using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Comparison;

public class PercentTests
{
    [Theory]
    [InlineData(1.085, "+8.5 %")]
    [InlineData(0.936, "-6.4 %")]
    [InlineData(1.0, "+0.0 %")]
    [InlineData(0.99999, "+0.0 %")]
    [InlineData(2.0, "+100.0 %")]
    public void A_ratio_is_shown_as_a_signed_change(double ratio, string expected) => Assert.Equal(expected, Percent.Change(ratio));

    [Theory]
    [InlineData(0.03, "3 %")]
    [InlineData(0.028, "2.8 %")]
    [InlineData(0.274, "27 %")]
    [InlineData(0.0, "0 %")]
    [InlineData(123.0, "> 1000 %")]
    public void A_share_has_no_more_digits_than_it_deserves(double share, string expected) => Assert.Equal(expected, Percent.Amount(share));

    [Fact]
    public void A_wide_interval_gets_no_decimals() =>
        Assert.Equal("-11 … +13", Percent.Range(new Interval(0.89, 1.13), Percent.Decimals(new Interval(0.89, 1.13))));
}
