using System.Diagnostics;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Worker;

/// <summary>Finds how long one operation takes, only to fix how many fill an iteration.</summary>
public static class Calibration
{
    private const double LeastMilliseconds = 5;
    private const int Repeats = 3;

    /// <summary>Nanoseconds of one operation: least mean of three runs of at least 5 ms each. One run for an end-to-end workload.</summary>
    public static double Time(Workload workload, TimingStrategy strategy)
    {
        if (strategy == TimingStrategy.Monitoring)
            return Time(workload, 1);
        var operations = 1L;
        var elapsed = Time(workload, operations);
        while (elapsed * operations < LeastMilliseconds * 1e6)
        {
            operations = Math.Max(operations * 2, (long)(LeastMilliseconds * 1.2e6 / Math.Max(elapsed, 1)));
            elapsed = Time(workload, operations);
        }
        for (var repeat = 1; repeat < Repeats; repeat++)
            elapsed = Math.Min(elapsed, Time(workload, operations));
        return elapsed;
    }

    private static double Time(Workload workload, long operations)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0L; i < operations; i++)
            workload.Run();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;
    }
}
