using BitNet.Perf.Bench.Worker;

namespace BitNet.Perf.Bench.Runs;

/// <summary>What the worker of each launch is told.</summary>
internal static class LaunchPlanning
{
    public static WorkerPlan Calibration(RunPlan plan, IReadOnlyList<string> ids) =>
        Base(plan, WorkerTask.Calibrate, 0) with { Workloads = [.. ids.Select(id => new PlannedWorkload(id, 0))] };

    /// <summary>Asks any build which workloads it has for the plan's choice.</summary>
    /// <param name="kernel">Null for the build's own choice.</param>
    public static WorkerPlan Listing(RunPlan plan, string? kernel) =>
        Base(plan, WorkerTask.List, 0) with { Build = null, Kernel = kernel, Choice = new WorkloadChoice(plan.Suite, plan.Filters), Affinity = null };

    /// <param name="phases">Whether this launch times the phases too.</param>
    public static WorkerPlan Launch(RunPlan plan, int launch, bool phases) => Base(plan, WorkerTask.Measure, launch) with
    {
        Workloads = LaunchOrder.Of([.. plan.Workloads.Select(w => new PlannedWorkload(w.Id, w.Operations))], plan.Seed, launch),
        PhasesOf = phases ? plan.PhasesOf : null,
    };

    private static WorkerPlan Base(RunPlan plan, WorkerTask task, int launch) => new()
    {
        Protocol = WorkerProtocol.Version,
        Build = plan.BuildId,
        Task = task,
        Launch = launch,
        ModelPath = plan.ModelPath,
        Kernel = plan.Kernel,
        Threads = plan.Threads,
        ColdBytes = plan.ColdBytes,
        Affinity = plan.Affinity,
        Timing = plan.Timing,
        Workloads = [],
        WorkloadTimeoutSeconds = plan.WorkloadTimeoutSeconds,
    };
}
