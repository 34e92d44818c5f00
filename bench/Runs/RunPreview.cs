using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Bench.Workloads.EndToEnd;
using BitNet.Perf.Bench.Workloads.Memory;

namespace BitNet.Perf.Bench.Runs;

/// <summary>What a run would measure and how long that would take; nothing is measured or written for it.</summary>
/// <param name="Calibration">Checks of the results and counting of operations, once.</param>
/// <param name="Launch">Each launch.</param>
public sealed record RunPreview(IReadOnlyList<WorkloadDefinition> Workloads, int Launches, TimeSpan Calibration, TimeSpan Launch)
{
    /// <summary>By rates of an ordinary machine; a run corrects it once it has calibrated.</summary>
    public TimeSpan Total => Calibration + Launches * Launch;

    /// <exception cref="RunRefusedException">The options cannot be met.</exception>
    /// <exception cref="NoWorkloadsException">Suite and filters leave nothing.</exception>
    /// <exception cref="KernelNotAvailableException">The forced kernel cannot run here.</exception>
    public static RunPreview Of(RunOptions options, RunEnvironment environment)
    {
        var shape = ModelSource.ShapeOf(options.Model);
        var workloads = WorkloadCatalog.Select(options.Suite, options.Filters, new CatalogInput(
            shape, KernelCatalog.Choose(options.Kernel), KernelCatalog.Available, environment.Threads(options.Threads), ColdSet.For(environment.Host).Bytes));
        return new RunPreview(
            workloads, options.Launches ?? options.Suite.Launches,
            Prediction.Calibration(workloads, ForwardCheck.Positions * shape.LinearMultiplyAdds), Prediction.Launch(workloads, options.Timing));
    }
}
