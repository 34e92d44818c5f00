using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Runs;

/// <summary>How long launches will take: from calibrated times where there are any, else from the work and rates of an ordinary machine.</summary>
public static class Prediction
{
    /// <summary>Start of a process, its runtime and of BenchmarkDotNet.</summary>
    private const double StartSeconds = 1.5;

    /// <summary>What BenchmarkDotNet takes for a workload beside its iterations.</summary>
    private const double WorkloadSeconds = 0.04;

    // An ordinary machine, for a run that has not begun: 10 GB/s and 60 GMAC/s a thread, 25 GB/s in all.
    private const double AssumedBytesPerSecond = 10e9, AssumedMostBytesPerSecond = 25e9, AssumedMultiplyAddsPerSecond = 60e9;

    public static TimeSpan Launch(IEnumerable<CalibratedWorkload> workloads, WorkerTiming timing) => TimeSpan.FromSeconds(
        StartSeconds + workloads.Sum(w => Workload(StrategyOf(w.Id), w.Operations, w.Nanoseconds, timing) + w.SetupSeconds));

    /// <summary>Before calibration.</summary>
    public static TimeSpan Launch(IEnumerable<WorkloadDefinition> definitions, WorkerTiming timing) => TimeSpan.FromSeconds(
        StartSeconds + definitions.Sum(d =>
        {
            var nanoseconds = AssumedNanoseconds(d);
            return Workload(d.Strategy, timing.Operations(d.Strategy, nanoseconds), nanoseconds, timing);
        }));

    /// <summary>Checks and calibration: three short runs and one check a workload; end to end, eight positions with the scalar kernel at about 1 GMAC/s a thread.</summary>
    public static TimeSpan Calibration(IReadOnlyList<WorkloadDefinition> definitions, long scalarMultiplyAdds)
    {
        var ways = definitions.Where(d => d.Strategy == TimingStrategy.Monitoring).Select(d => d.Id.Operation == "decode").Distinct().Count();
        var threads = definitions.Max(d => d.Id.Threads);
        return TimeSpan.FromSeconds(StartSeconds + ways * scalarMultiplyAdds / (1e9 * threads)
            + definitions.Sum(d => d.Strategy == TimingStrategy.Monitoring ? AssumedNanoseconds(d) / 1e9 : 0.1));
    }

    /// <summary>Seconds of all iterations of a workload in one launch.</summary>
    internal static double Workload(TimingStrategy strategy, long operations, double nanoseconds, WorkerTiming timing) =>
        WorkloadSeconds + (timing.Warmups(strategy) + timing.Iterations(strategy)) * operations * nanoseconds / 1e9;

    private static double AssumedNanoseconds(WorkloadDefinition d)
    {
        var bandwidth = Math.Min(AssumedBytesPerSecond * d.Id.Threads, AssumedMostBytesPerSecond);
        var seconds = Math.Max((d.Work.Bytes ?? 0) / bandwidth, (d.Work.MultiplyAdds ?? 0) / (AssumedMultiplyAddsPerSecond * d.Id.Threads));
        return Math.Max(seconds * 1e9, 1000);
    }

    private static TimingStrategy StrategyOf(string id) => id.StartsWith("e2e/", StringComparison.Ordinal) ? TimingStrategy.Monitoring : TimingStrategy.Throughput;
}
