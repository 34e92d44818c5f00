using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Tests.Worker;

public class CalibrationTimeTests
{
    // As a first call that compiles: taken for the length of an operation, it left one operation to an iteration, and only the clock was timed.
    [Fact]
    public void A_slow_first_call_is_not_taken_for_the_length_of_an_operation()
    {
        using var workload = new SlowFirstCall();
        double nanoseconds = Calibration.Time(workload, TimingStrategy.Throughput);
        Assert.True(nanoseconds > 0);
        Assert.True(workload.Calls > 1000, $"{workload.Calls} calls");
        Assert.True(new WorkerTiming().Operations(TimingStrategy.Throughput, nanoseconds) > 1);
    }

    private sealed class SlowFirstCall : Workload
    {
        public long Calls { get; private set; }

        public override void Run()
        {
            if (Calls++ == 0)
                Thread.Sleep(20);
        }
    }
}
