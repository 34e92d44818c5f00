using BitNet.Perf.Simulations.History;

namespace BitNet.Perf.Simulations.Claims;

/// <summary>The short form: few series of every claim, none of which may contradict it. The long form is this program with <c>history --series N</c>;
/// docs/statistics.md, "History", has its figures.</summary>
public class HistoryClaimTests
{
    private const int Series = 40;
    private const double Doubt = 1e-5;

    public static TheoryData<string> Names => [.. HistoryClaim.All.Select(claim => claim.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void So_few_series_do_not_contradict_the_claim(string name)
    {
        HistoryClaim claim = HistoryClaim.All.Single(claim => claim.Name == name);
        Assert.False(claim.IsContradicted(claim.Count(Series, seed: 1, threads: 2), Series, Doubt));
    }

    [Fact]
    public void A_claim_that_does_not_hold_is_contradicted()
    {
        HistoryClaim alarm = HistoryClaim.All[0];
        Assert.True(alarm.IsContradicted(Series / 2, Series, Doubt));
        Assert.True((alarm with { Least = 0.9, Most = null }).IsContradicted(Series / 2, Series, Doubt));
    }
}
