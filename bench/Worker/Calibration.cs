using System.Diagnostics;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Worker;

/// <summary>Finds how long one operation takes, only to fix how many fill an iteration.</summary>
public static class Calibration
{
    private const double LeastMilliseconds = 5;
    private const int Repeats = 3;

    /// <summary>Nanoseconds of one operation: least mean of three runs, each of them of at least 5 ms. One run for an end-to-end workload.</summary>
    public static double Time(Workload workload, TimingStrategy strategy)
    {
        if (strategy == TimingStrategy.Monitoring)
            return Time(workload, 1);
        // The first call also compiles, which may take longer than many operations.
        workload.Run();
        for (var operations = 1L; ;)
        {
            var least = Enumerable.Range(0, Repeats).Min(_ => Time(workload, operations));
            // By the least, for a run that the system interrupted would look long enough.
            if (least * operations >= LeastMilliseconds * 1e6)
                return least;
            operations = Math.Max(operations * 2, (long)(LeastMilliseconds * 1.2e6 / Math.Max(least, 1)));
        }
    }

    private static double Time(Workload workload, long operations)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0L; i < operations; i++)
            workload.Run();
        // Not by TimeSpan, whose step of 100 ns makes a short operation take no time at all.
        return (Stopwatch.GetTimestamp() - start) * (1e9 / Stopwatch.Frequency) / operations;
    }
}
