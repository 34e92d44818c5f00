using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Statistics;

public sealed class OrderStatisticTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(31, 1000)]
    [InlineData(64, 4)]
    [InlineData(501, 100)]
    public void Every_rank_is_the_one_of_the_sorted_values_also_among_equal_ones(int count, int different)
    {
        var random = new Random(count);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(different))];
        double[] sorted = [.. values.Order()];
        for (int rank = 0; rank < count; rank++)
        {
            double[] parted = [.. values];
            Assert.Equal(sorted[rank], OrderStatistic.Of(parted, rank));
            Assert.True(parted[..rank].All(value => value <= sorted[rank]) && parted[rank..].All(value => value >= sorted[rank]));
            Assert.Equal(sorted, parted.Order());
        }
    }

    [Fact]
    public void A_rank_that_no_value_has_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistic.Of([1, 2], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistic.Of([], 0));
    }
}
