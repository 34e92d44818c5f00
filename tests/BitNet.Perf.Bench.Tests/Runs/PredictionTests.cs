using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Runs;

public class PredictionTests
{
    private static CalibratedWorkload Workload(string id, long operations, double nanoseconds, double setup = 0) =>
        new(id, "x/1", "ns", null, new WorkPerOperation(), null, operations, nanoseconds, setup);

    [Fact]
    public void A_launch_is_its_start_its_setups_and_all_iterations()
    {
        var timing = new WorkerTiming();
        var launch = Prediction.Launch([Workload("kernel/norm/f32/avx2/2560/b1/hot/t1", 25_000, 1000, setup: 0.5)], timing);
        // 1.5 s start + 0.04 s for the workload + 18 iterations of 25 ms + setup
        Assert.Equal(1.5 + 0.04 + 18 * 0.025 + 0.5, launch.TotalSeconds, 6);
    }

    [Fact]
    public void End_to_end_counts_one_warm_up_and_three_iterations_of_one_operation()
    {
        var launch = Prediction.Launch([Workload("e2e/prefill/i2s/pp128/t2", 1, 2e9)], new WorkerTiming());
        Assert.Equal(1.5 + 0.04 + 4 * 2, launch.TotalSeconds, 6);
    }

    [Fact]
    public void An_operation_longer_than_an_iteration_is_counted_with_its_length()
    {
        Assert.Equal(0.04 + 18 * 0.1, Prediction.Workload(TimingStrategy.Throughput, 1, 100e6, new WorkerTiming()), 6);
    }

    [Fact]
    public void A_launch_may_take_ten_times_as_long_as_predicted_and_a_minute_more() =>
        Assert.Equal(TimeSpan.FromSeconds(260), MeasurementRun.Timeout(TimeSpan.FromSeconds(20)));

    [Fact]
    public void The_order_is_another_in_each_launch_and_the_same_for_the_same_seed()
    {
        int[] items = [.. Enumerable.Range(0, 20)];
        var first = LaunchOrder.Of(items, 5, 1);
        Assert.Equal(items, first.Order());
        Assert.Equal(first, LaunchOrder.Of(items, 5, 1));
        Assert.NotEqual(first, LaunchOrder.Of(items, 5, 2));
        Assert.NotEqual(first, LaunchOrder.Of(items, 6, 1));
    }

    // Each of 5 items is in each place in a fifth of 5,000 launches: 1,000 ± 6 standard deviations of 28.
    [Fact]
    public void Every_workload_comes_in_every_place_about_as_often()
    {
        var counts = new int[5, 5];
        for (var launch = 1; launch <= 5000; launch++)
        {
            var order = LaunchOrder.Of([0, 1, 2, 3, 4], 77, launch);
            for (var place = 0; place < 5; place++)
                counts[order[place], place]++;
        }
        Assert.All(counts.Cast<int>(), count => Assert.InRange(count, 1000 - 170, 1000 + 170));
    }
}
