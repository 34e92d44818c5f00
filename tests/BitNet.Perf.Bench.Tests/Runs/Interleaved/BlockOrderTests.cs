using BitNet.Perf.Bench.Runs.Interleaved;

namespace BitNet.Perf.Bench.Tests.Runs.Interleaved;

public class BlockOrderTests
{
    [Fact]
    public void In_every_two_blocks_each_side_is_first_once()
    {
        foreach (var seed in Enumerable.Range(1, 50))
            Assert.All(BlockOrder.Of(20, seed).Chunk(2), pair => Assert.NotEqual(pair[0], pair[1]));
    }

    [Fact]
    public void Which_one_is_at_random()
    {
        // 1000 fair coins: outside of 420 to 580 once in four million times, and the seeds are fixed.
        var baseFirst = Enumerable.Range(1, 100).SelectMany(seed => BlockOrder.Of(20, seed).Where((_, i) => i % 2 == 0)).Count(first => first);
        Assert.InRange(baseFirst, 420, 580);
    }

    [Fact]
    public void The_same_seed_gives_the_same_order_and_a_longer_run_begins_alike()
    {
        Assert.Equal(BlockOrder.Of(20, 5), BlockOrder.Of(20, 5));
        Assert.Equal(BlockOrder.Of(20, 5), BlockOrder.Of(31, 5).Take(20));
        Assert.NotEqual(BlockOrder.Of(20, 5), BlockOrder.Of(20, 6));
    }

    [Fact]
    public void An_odd_number_of_blocks_has_one_more_of_one_side() => Assert.InRange(BlockOrder.Of(7, 3).Count(first => first), 3, 4);
}
