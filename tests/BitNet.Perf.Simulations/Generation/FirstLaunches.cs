using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Simulations.Generation;

/// <summary>A run as it was after its first launches: what an interleaved comparison sees at a look.</summary>
internal static class FirstLaunches
{
    public static Receipt Of(Receipt receipt, int launches) => receipt.Launches.Count == launches ? receipt : receipt with
    {
        Launches = [.. receipt.Launches.Take(launches)],
        Workloads = [.. receipt.Workloads.Select(workload =>
        {
            LaunchSamples[] samples = [.. workload.Launches.Take(launches)];
            return workload with { Launches = samples, Summary = WorkloadFigures.Summarize(Unit.Find(workload.Unit)!, workload.Work, samples) };
        })],
    };
}
