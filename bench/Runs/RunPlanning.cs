using System.Diagnostics;
using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Evidence;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>Makes a run's plan: resolves the model, chooses the workloads, has them checked and calibrated.</summary>
internal sealed class RunPlanning(RunOptions options, RunEnvironment environment, IRunProgress progress)
{
    private readonly List<ReceiptWarning> _warnings = [];

    public async Task<RunPlan> PlanAsync(DateTimeOffset started, CancellationToken cancellationToken)
    {
        // Threads and kernel are refused before a model is made.
        environment.Threads(options.Threads);
        var kernel = KernelCatalog.Choose(options.Kernel);
        var ground = RunGround.Prepare(options, environment, progress, Warn, cancellationToken);
        var definitions = WorkloadCatalog.Select(
            options.Suite, options.Filters, new CatalogInput(ground.Shape, kernel, KernelCatalog.Available, ground.Threads, ground.Cold.Bytes));
        var build = BuildProbe.Describe(environment.Variables);
        foreach (var warning in ground.Warnings(definitions.Select(d => d.Id.Text), build))
            Warn(warning);
        var plan = ground.Plan(
            started, build, BuildProbe.BuildId, kernel.Name, Math.Max(1, options.Launches ?? options.Suite.Launches), options.Seed ?? Random.Shared.NextInt64(1, int.MaxValue));
        var clock = Stopwatch.StartNew();
        var (calibrated, code) = await CalibrateAsync(plan, definitions, cancellationToken);
        foreach (var warning in code.Warnings)
            Warn(warning);
        plan = plan with { Workloads = calibrated, Methods = code.Methods, Warnings = _warnings, CheckingSeconds = clock.Elapsed.TotalSeconds };
        return options.Budget is { } budget ? LookPlanning.WithLooks(plan, budget) : plan;
    }

    private async Task<(IReadOnlyList<CalibratedWorkload> Workloads, CapturedCode Code)> CalibrateAsync(
        RunPlan plan, IReadOnlyList<WorkloadDefinition> definitions, CancellationToken cancellationToken)
    {
        var launches = plan.Launches * Prediction.Launch(definitions, plan.Timing);
        var found = await new CalibrationLaunch(environment.Worker, progress).RunAsync(plan, [.. definitions.Select(d => d.Id.Text)], launches, cancellationToken);
        return ([.. definitions.Select(d => Calibrated(d, found[d.Id.Text], found.Code))], found.Code);
    }

    private static CalibratedWorkload Calibrated(WorkloadDefinition d, CalibratedMessage m, CapturedCode code) =>
        new(d.Id.Text, d.Definition, d.Unit.Name, d.Kernel, d.Work, m.Result, m.Operations, m.Nanoseconds, m.SetupSeconds, m.Input, code.Of(d.Id.Text));

    private void Warn(ReceiptWarning warning)
    {
        _warnings.Add(warning);
        progress.Warn(warning);
    }
}
