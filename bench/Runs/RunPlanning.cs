using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>Makes a run's plan: resolves the model, chooses the workloads, has them checked and calibrated.</summary>
internal sealed class RunPlanning(RunOptions options, RunEnvironment environment, IRunProgress progress)
{
    private readonly List<ReceiptWarning> _warnings = [];

    public async Task<RunPlan> PlanAsync(DateTimeOffset started, CancellationToken cancellationToken)
    {
        var threads = environment.Threads(options.Threads);
        var kernel = KernelCatalog.Choose(options.Kernel);
        var model = ModelSource.Resolve(options.Model, environment.Host, environment.Cache, progress, cancellationToken);
        Warn(model.Warning);
        progress.Report(new RunProgress(RunStage.HashingModel, model.Path, 0, null));
        var (description, shape) = ModelProbe.Describe(model.Path, environment.Cache);
        var cold = ColdSet.For(environment.Host);
        var definitions = WorkloadCatalog.Select(options.Suite, options.Filters, new CatalogInput(shape, kernel, KernelCatalog.Available, threads, cold.Bytes));
        if (cold.Small && definitions.Any(d => d.Id.Cold == true))
        {
            Warn(new ReceiptWarning(WarningCodes.ColdSetSmall, null,
                $"cold workloads rotate over {cold.Bytes >> 20} MiB; eight times the last-level caches are {cold.Needed >> 20} MiB, more than a quarter of the memory"));
        }
        var build = BuildProbe.Describe(environment.Variables);
        if (build.Configuration != "Release")
            Warn(new ReceiptWarning("debug-build", null, $"measured from a {build.Configuration} build; figures of a Release build differ"));
        IReadOnlyList<int> affinity = AllowedProcessors.Choose(environment.Allowed, environment.Topology, threads[^1]);
        var plan = new RunPlan
        {
            Schema = RunPlan.CurrentSchema,
            Run = RunName.Create(started),
            StartedUtc = started,
            Suite = options.Suite.Name,
            Filters = options.Filters,
            HostKey = HostKey.From(environment.Host, build.Runtime),
            Host = environment.Host,
            Build = build,
            BuildId = BuildProbe.BuildId,
            Model = description,
            ModelPath = Path.GetFullPath(model.Path),
            Kernel = kernel.Name,
            ForcedKernel = Forced(kernel),
            Threads = threads,
            Launches = Math.Max(1, options.Launches ?? options.Suite.Launches),
            Seed = options.Seed ?? Random.Shared.NextInt64(1, int.MaxValue),
            ColdBytes = cold.Bytes,
            Affinity = OperatingSystem.IsMacOS() ? null : affinity,
            Timing = options.Timing,
            WorkloadTimeoutSeconds = options.WorkloadTimeout.TotalSeconds,
            Environment = BuildProbe.RuntimeVariables(environment.Variables),
            Workloads = [],
            Warnings = [],
        };
        var calibrated = await CalibrateAsync(plan, definitions, cancellationToken);
        return plan with { Workloads = calibrated, Warnings = _warnings };
    }

    private string? Forced(TernaryKernel kernel) =>
        options.Kernel is not null || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(KernelCatalog.EnvironmentVariable)) ? kernel.Name : null;

    private async Task<IReadOnlyList<CalibratedWorkload>> CalibrateAsync(
        RunPlan plan, IReadOnlyList<WorkloadDefinition> definitions, CancellationToken cancellationToken)
    {
        var launches = plan.Launches * Prediction.Launch(definitions, plan.Timing);
        var found = await new CalibrationLaunch(environment.Worker, progress).RunAsync(plan, [.. definitions.Select(d => d.Id.Text)], launches, cancellationToken);
        return [.. definitions.Select(d => Calibrated(d, found[d.Id.Text]))];
    }

    private static CalibratedWorkload Calibrated(WorkloadDefinition d, CalibratedMessage m) =>
        new(d.Id.Text, d.Definition, d.Unit.Name, d.Kernel, d.Work, m.Result, m.Operations, m.Nanoseconds, m.SetupSeconds);

    private void Warn(ReceiptWarning? warning)
    {
        if (warning is null)
            return;
        _warnings.Add(warning);
        progress.Warn(warning);
    }
}
