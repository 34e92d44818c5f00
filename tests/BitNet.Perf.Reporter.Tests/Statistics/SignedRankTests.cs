using BitNet.Perf.Reporter.Statistics;
using Pragmastat;

namespace BitNet.Perf.Reporter.Tests.Statistics;

public class SignedRankTests
{
    private static readonly double[][] Samples =
    [
        [0.3],
        [-0.3, 0.1],
        [1, 2, 3, 4, 5],
        [-1, 2, -3, 4, 5, 6, 7, -8],
        [0.5, 0.5, -0.5, 1, 1, 2],         // ties
        [0, 0.2, -0.1, 0, 0.4, 0.3],       // zeros
        [0, 0, 1, -1, 1, 1, -2, 2, 0, 3],  // both
        [-5, -4, -3, -2, -1],
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, 8)];

    // Naive oracle: every choice of signs of the non-zero differences, middle ranks among all of them.
    [Theory, MemberData(nameof(Indices))]
    public void The_tail_is_the_share_of_all_choices_of_signs_that_reach_the_statistic(int index)
    {
        double[] d = Samples[index];
        double[] ranks = [.. d.Select(x => d.Count(y => Math.Abs(y) < Math.Abs(x)) + (d.Count(y => Math.Abs(y) == Math.Abs(x)) + 1) / 2.0)];
        int[] nonzero = [.. Enumerable.Range(0, d.Length).Where(i => d[i] != 0)];
        double observed = nonzero.Where(i => d[i] > 0).Sum(i => ranks[i]);
        int reaching = Enumerable.Range(0, 1 << nonzero.Length)
            .Count(signs => nonzero.Where((_, bit) => (signs >> bit & 1) == 1).Sum(i => ranks[i]) >= observed - 1e-9);
        Assert.Equal((double)reaching / (1 << nonzero.Length), SignedRank.UpperTail(d), 1e-14);
    }

    [Fact]
    public void Nothing_but_zeros_shows_nothing() => Assert.Equal(1, SignedRank.UpperTail([0, 0, 0]));

    [Theory]
    [InlineData(7, 0.0078125)]   // 1 of 128
    [InlineData(15, 3.0517578125e-5)]
    public void The_smallest_p_of_n_differences_is_two_to_the_minus_n(int n, double p) =>
        Assert.Equal(p, SignedRank.UpperTail([.. Enumerable.Range(1, n).Select(i => (double)i)]), 1e-18);

    // F. Wilcoxon's own table: n = 10, W ≤ 10 has 42 of 1024 choices of signs; n = 16, W ≤ 29 is the last below 2.5 %.
    [Fact]
    public void Tabulated_critical_values_are_met()
    {
        Assert.Equal(43.0 / 1024, SignedRank.Cdf(10, 10), 1e-14);
        Assert.True(SignedRank.Cdf(16, 29) <= 0.025);
        Assert.True(SignedRank.Cdf(16, 30) > 0.025);
    }

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-4)]
    [InlineData(1e-6)]
    public void Beyond_the_exact_size_the_expansion_continues_the_exact_distribution(double tail)
    {
        const int N = SignedRank.MaxExactSize;
        int leftOut = SignedRank.LeftOut(N, 2 * tail)!.Value;
        double exact = SignedRank.Cdf(N, leftOut);
        double expansion = SignedRankEdgeworth.UpperTail([.. Enumerable.Range(1, N).Select(r => 2 * r)], 2 * (N * (N + 1) / 2 - leftOut));
        Assert.InRange(expansion / exact, 0.99, 1.01);
    }

    // Not the interval alone: the claim is that it misses with at most the rate asked for and that one more average would miss more often.
    [Theory]
    [InlineData(5, 0.1)]
    [InlineData(12, 0.01)]
    [InlineData(20, 0.0002)]
    [InlineData(50, 0.1)]
    public void The_averages_left_out_are_as_many_as_the_rate_allows_and_no_more(int n, double misrate)
    {
        int leftOut = SignedRank.LeftOut(n, misrate)!.Value;
        Assert.True(2 * SignedRank.Cdf(n, leftOut) <= misrate);
        Assert.True(2 * SignedRank.Cdf(n, leftOut + 1) > misrate);
    }

    [Fact]
    public void Too_few_differences_have_no_interval()
    {
        Assert.Null(SignedRank.LeftOut(4, 0.1));
        Assert.NotNull(SignedRank.LeftOut(5, 0.1));
        Assert.Null(new WalshAverages([1, 2, 3, 4]).Around(0.1));
    }

    // The interval and the test are two sides of one thing.
    [Fact]
    public void A_shift_is_rejected_exactly_when_the_one_sided_interval_excludes_it()
    {
        var noise = new Noise(7);
        const double Level = 0.003;
        int rejected = 0;
        for (int i = 0; i < 500; i++)
        {
            double[] d = [.. noise.Normals(14).Select(z => z + 0.8)];
            bool byTest = SignedRank.UpperTail(d) <= Level;
            Assert.Equal(byTest, new WalshAverages(d).Around(2 * Level)!.Value.Lower > 0);
            if (byTest) rejected++;
        }
        Assert.InRange(rejected, 50, 450);
    }

    [Fact]
    public void The_middle_of_the_averages_is_Pragmastats_center()
    {
        var noise = new Noise(8);
        foreach (int n in new[] { 1, 2, 3, 8, 21, 60 })
        {
            double[] d = [.. noise.Normals(n).Select(z => z + 10)];
            Assert.Equal(Toolkit.Center(new Sample(d)).NominalValue, new WalshAverages(d).Median, 1e-12);
        }
    }

    [Fact]
    public void The_estimate_follows_shifts_and_turns_its_sign_with_the_differences()
    {
        double[] d = [.. new Noise(9).Normals(11)];
        double middle = new WalshAverages(d).Median;
        Assert.Equal(middle + 3, new WalshAverages([.. d.Select(x => x + 3)]).Median, 1e-12);
        Assert.Equal(-middle, new WalshAverages([.. d.Select(x => -x)]).Median, 1e-12);
    }
}
