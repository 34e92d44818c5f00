using BitNet.Perf.Bench.Host;

namespace BitNet.Perf.Bench.Tests.Host;

public class AllowedProcessorsTests
{
    private static SysTopology Smt { get; } = new(
        [.. Enumerable.Range(0, 8).Select(i => new SysTopology.Processor(i, 0, [i % 4, i % 4 + 4]))], []);

    private static SysTopology Unknown { get; } = new([], []);

    [Fact]
    public void Threads_take_one_processor_of_each_core_before_any_second_one()
    {
        int[] all = [0, 1, 2, 3, 4, 5, 6, 7];
        Assert.Equal([0, 1, 2, 3], AllowedProcessors.Choose(all, Smt, 4));
        Assert.Equal([0, 1, 2, 3, 4, 5], AllowedProcessors.Choose(all, Smt, 6));
        Assert.Equal([1, 4], AllowedProcessors.Choose([1, 4, 5], Smt, 2));
        Assert.Equal([2, 3], AllowedProcessors.Choose([2, 3, 6], Smt, 2));
    }

    [Fact]
    public void More_threads_than_processors_get_all_that_are_allowed() => Assert.Equal([3, 5], AllowedProcessors.Choose([3, 5], Unknown, 16));

    [Theory]
    [InlineData(null, 4)]
    [InlineData(2.0, 2)]
    [InlineData(1.5, 1)]
    [InlineData(0.2, 1)]
    public void All_threads_are_one_a_core_within_the_limit(double? limit, int threads) =>
        Assert.Equal(threads, AllowedProcessors.AllThreads([0, 1, 2, 3, 4, 5, 6, 7], Smt, limit));

    [Fact]
    public void Without_a_topology_every_allowed_processor_is_a_core() => Assert.Equal(3, AllowedProcessors.AllThreads([0, 1, 2], Unknown, null));

    [Fact]
    public void The_allowed_list_is_read_from_the_process_status()
    {
        Assert.Equal([0, 2, 3], AllowedProcessors.FromStatus("Name:\tdotnet\nCpus_allowed:\td\nCpus_allowed_list:\t0,2-3\n"));
        Assert.Empty(AllowedProcessors.FromStatus("Name:\tdotnet\n"));
    }
}
