using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

/// <param name="Name">What is broken.</param>
/// <param name="Code">The rule that must find it, and no other.</param>
/// <param name="Path">Where.</param>
/// <param name="Break">Breaks exactly that in a sound receipt.</param>
internal sealed record Breakage(string Name, string Code, string Path, Func<Receipt, Receipt> Break);

/// <summary>One breakage for each thing that the rules look at.</summary>
internal static class Breakages
{
    public static IReadOnlyList<Breakage> All { get; } =
        [.. RunBreakages.All, .. MachineBreakages.All, .. LaunchBreakages.All, .. LookBreakages.All, .. InterleavingBreakages.All, .. WorkloadBreakages.All, .. MachineCodeBreakages.All, .. PhaseBreakages.All, .. RecordedFacts.Breakages];

    /// <summary>The receipt with one workload changed, all else as it was.</summary>
    public static Receipt With(this Receipt receipt, string id, Func<WorkloadRecord, WorkloadRecord> change) =>
        receipt with { Workloads = [.. receipt.Workloads.Select(workload => workload.Id == id ? change(workload) : workload)] };

    public static Receipt WithLaunch(this Receipt receipt, int index, Func<LaunchRecord, LaunchRecord> change) =>
        receipt with { Launches = [.. receipt.Launches.Select(launch => launch.Index == index ? change(launch) : launch)] };

    /// <summary>The samples of the workload's first launch changed; the summary computed again, so that it is not what is found.</summary>
    public static WorkloadRecord WithSamples(this WorkloadRecord workload, Func<LaunchSamples, LaunchSamples> change) =>
        (workload with { Launches = [change(workload.Launches[0]), .. workload.Launches.Skip(1)] }).Summarized();

    public static WorkloadRecord Summarized(this WorkloadRecord workload) =>
        workload with { Summary = WorkloadFigures.Summarize(Unit.Find(workload.Unit)!, workload.Work, workload.Launches) };

    /// <summary>The launch crashed before it measured anything.</summary>
    public static Receipt LoseLaunch(Receipt receipt, int index)
    {
        receipt = receipt.WithLaunch(index, launch => launch with { Outcome = LaunchOutcome.Crashed, Failure = "exit code 139", Order = [] });
        return receipt with
        {
            Workloads = [.. receipt.Workloads.Select(workload =>
                (workload with { Launches = [.. workload.Launches.Where(samples => samples.Launch != index)] }).Summarized())],
        };
    }
}
