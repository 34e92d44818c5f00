using BitNet.Perf.Bench.Tests.Runs;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Workloads;

public class ColdSetTests
{
    private static HostDescription Host(long? memory, params CacheDescription[] caches) =>
        Plans.Host with { MemoryBytes = memory, Cpu = Plans.Host.Cpu with { Caches = caches } };

    [Fact]
    public void The_set_is_eight_times_all_last_level_caches()
    {
        var host = Host(64L << 30, new(1, "data", 32 << 10, 16), new(2, "unified", 1 << 20, 16), new(3, "unified", 32 << 20, 2));
        Assert.Equal(new ColdSet(8L * 2 * (32 << 20), 8L * 2 * (32 << 20)), ColdSet.For(host));
    }

    [Fact]
    public void An_instruction_cache_holds_no_weights() =>
        Assert.Equal(8L << 20, ColdSet.For(Host(64L << 30, new(2, "unified", 1 << 20, 1), new(3, "instruction", 8 << 20, 1))).Bytes);

    [Fact]
    public void Unknown_caches_are_taken_for_64_MiB() => Assert.Equal(8 * (64L << 20), ColdSet.For(Host(64L << 30)).Bytes);

    [Fact]
    public void It_takes_at_most_a_quarter_of_the_memory_and_says_that_it_is_small()
    {
        var set = ColdSet.For(Host(512L << 20, new CacheDescription(3, "unified", 32 << 20, 1)));
        Assert.Equal(128L << 20, set.Bytes);
        Assert.True(set.Small);
        Assert.False(ColdSet.For(Host(null, new CacheDescription(3, "unified", 32 << 20, 1))).Small);
    }
}
