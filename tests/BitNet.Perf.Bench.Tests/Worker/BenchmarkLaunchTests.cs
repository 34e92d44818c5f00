using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Worker;

/// <summary>BenchmarkDotNet in this process, with workloads of a few microseconds. Alone: allocations are counted over the whole process.</summary>
[Collection(MeasuringAlone.Name)]
public class BenchmarkLaunchTests
{
    private static readonly WorkerTiming Timing = new() { KernelWarmups = 2, KernelIterations = 5 };

    private static WorkloadDefinition Definition(string name, TimingStrategy strategy = TimingStrategy.Throughput) => new()
    {
        Id = WorkloadId.Parse($"probe/{name}/t1"),
        Definition = "x/1",
        Unit = Unit.Nanoseconds,
        Strategy = strategy,
        Work = new WorkPerOperation(),
    };

    private static List<WorkerMessage> Run(IEnumerable<(string Name, long Operations, Action Body)> workloads, TimingStrategy strategy = TimingStrategy.Throughput, TimeSpan? timeout = null)
    {
        var bodies = workloads.ToDictionary(w => $"probe/{w.Name}/t1", w => w.Body);
        var messages = new List<WorkerMessage>();
        BenchmarkLaunch.Run(
            [.. workloads.Select(w => (Definition(w.Name, strategy), w.Operations))], Timing, timeout ?? TimeSpan.FromMinutes(1), id => new Delegated(bodies[id]), messages.Add);
        return messages;
    }

    [Fact]
    public void Workloads_are_measured_in_the_order_given_with_all_their_iterations()
    {
        var messages = Run([("zeta", 3, () => { }), ("alpha", 2, () => { }), ("mu", 4, () => { })]);
        Assert.Equal(["probe/zeta/t1", "probe/alpha/t1", "probe/mu/t1"], messages.OfType<MeasuredMessage>().Select(m => m.Id));
        Assert.Equal([3, 2, 4], messages.OfType<MeasuredMessage>().Select(m => m.Operations));
        Assert.All(messages.OfType<MeasuredMessage>(), m => Assert.Equal(5, m.Nanoseconds.Count));
        Assert.All(messages.OfType<MeasuredMessage>(), m => Assert.All(m.Nanoseconds, ns => Assert.True(ns > 0)));
    }

    [Fact]
    public void Operations_run_exactly_as_often_as_warm_up_and_iterations_say()
    {
        var calls = 0;
        Run([("count", 10, () => calls++)]);
        // BenchmarkDotNet calls the method once more before, to have it compiled.
        Assert.Equal((2 + 5) * 10 + 1, calls);
        calls = 0;
        Run([("count", 1, () => calls++)], TimingStrategy.Monitoring);
        Assert.Equal(1 + 3, calls);
    }

    [Fact]
    public void An_iteration_slower_than_the_others_is_kept()
    {
        var calls = 0;
        var messages = Run([("outlier", 1, () => Thread.Sleep(++calls == 6 ? 200 : 1))]);
        // A busy machine may make others slow too.
        var nanoseconds = Assert.Single(messages.OfType<MeasuredMessage>()).Nanoseconds;
        Assert.Equal(5, nanoseconds.Count);
        Assert.Contains(nanoseconds, ns => ns > 190e6);
    }

    [Fact]
    public void Allocations_are_counted_per_operation_and_none_are_added()
    {
        object? kept = null;
        var messages = Run([("none", 50, () => { }), ("array", 50, () => kept = new byte[1000])]);
        Assert.NotNull(kept);
        // 1000 bytes, length and header: 1024. The counter is the process's, and the test runner's own threads may add a little.
        Assert.Collection(messages.OfType<MeasuredMessage>().Select(m => m.AllocatedBytes!.Value), none => Assert.InRange(none, 0, 24), array => Assert.InRange(array, 1024, 1048));
    }

    [Fact]
    public void A_workload_that_throws_is_named_and_nothing_is_reported_after_it()
    {
        var messages = new List<WorkerMessage>();
        var e = Assert.Throws<LaunchFailedException>(() => BenchmarkLaunch.Run(
            [(Definition("good"), 1), (Definition("bad"), 1), (Definition("after"), 1)], Timing, TimeSpan.FromMinutes(1),
            id => id == "probe/bad/t1" ? throw new WrongResultException("not what it should be") : new Delegated(() => { }), messages.Add));
        Assert.Equal("probe/bad/t1", e.Workload);
        Assert.Equal("not what it should be", e.Message);
        Assert.Equal(["probe/good/t1"], messages.OfType<MeasuredMessage>().Select(m => m.Id));
    }

    [Fact]
    public void A_workload_that_throws_while_it_is_timed_loses_the_launch()
    {
        var e = Assert.Throws<LaunchFailedException>(() => Run([("bad", 1, () => throw new InvalidOperationException("in the middle"))]));
        Assert.Equal("probe/bad/t1", e.Workload);
        Assert.Contains("in the middle", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_workload_that_takes_longer_than_its_time_is_named()
    {
        using var ended = new ManualResetEventSlim();
        using var left = new ManualResetEventSlim();
        try
        {
            var e = Assert.Throws<LaunchFailedException>(() => Run([("endless", 1, () => WaitThenThrow(ended, left))], timeout: TimeSpan.FromMilliseconds(200)));
            Assert.Equal("probe/endless/t1", e.Workload);
        }
        finally
        {
            ended.Set();
        }
        // What is left of it ends while the next launch runs, and touches nothing of that.
        var next = Run([("next", 1, () => left.Wait(TimeSpan.FromMinutes(1)))]);
        Assert.Equal(5, Assert.Single(next.OfType<MeasuredMessage>()).Nanoseconds.Count);
    }

    [Fact]
    public void Nothing_is_left_in_the_working_folder()
    {
        var before = Left();
        Run([("tidy", 1, () => { })]);
        Assert.Equal(before, Left());

        // Other tests may write here at the same time.
        static IEnumerable<string> Left() => Directory.GetFileSystemEntries(Directory.GetCurrentDirectory(), "BenchmarkDotNet*").Order().ToList();
    }

    private static void WaitThenThrow(ManualResetEventSlim ended, ManualResetEventSlim left)
    {
        ended.Wait(TimeSpan.FromMinutes(1));
        left.Set();
        throw new InvalidOperationException("too late");
    }

    private sealed class Delegated(Action body) : Workload
    {
        public override void Run() => body();
    }
}
