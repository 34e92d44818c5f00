using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Workloads.Memory;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>What of a plan depends on options, machine and model, and not on the build that measures.</summary>
internal sealed record RunGround(RunOptions Options, RunEnvironment Environment, IReadOnlyList<int> Threads, string ModelPath, ModelDescription Model, ModelShape Shape, ColdSet Cold)
{
    /// <summary>A kernel by option or environment; null for the catalog's choice.</summary>
    public string? ForcedKernel => Options.Kernel ?? (System.Environment.GetEnvironmentVariable(KernelCatalog.EnvironmentVariable) is { Length: > 0 } name ? name : null);

    private IReadOnlyList<int>? Affinity => OperatingSystem.IsMacOS() ? null : AllowedProcessors.Choose(Environment.Allowed, Environment.Topology, Threads[^1]);

    /// <exception cref="RunRefusedException">The options cannot be met.</exception>
    public static RunGround Prepare(RunOptions options, RunEnvironment environment, IRunProgress progress, Action<ReceiptWarning> warn, CancellationToken cancellationToken)
    {
        var threads = environment.Threads(options.Threads);
        var model = ModelSource.Resolve(options.Model, environment.Host, environment.Cache, progress, cancellationToken);
        if (model.Warning is { } substituted)
            warn(substituted);
        progress.Report(new RunProgress(RunStage.HashingModel, model.Path, 0, null));
        var (description, shape) = ModelProbe.Describe(model.Path, environment.Cache);
        return new RunGround(options, environment, threads, Path.GetFullPath(model.Path), description, shape, ColdSet.For(environment.Host));
    }

    /// <summary>Of what the chosen workloads and the build make notable.</summary>
    public IEnumerable<ReceiptWarning> Warnings(IEnumerable<string> ids, BuildDescription build)
    {
        if (Cold.Small && ids.Any(id => WorkloadId.Parse(id).Cold == true))
        {
            yield return new ReceiptWarning(WarningCodes.ColdSetSmall, null,
                $"cold workloads rotate over {Cold.Bytes >> 20} MiB; eight times the last-level caches are {Cold.Needed >> 20} MiB, more than a quarter of the memory");
        }
        if (build.Configuration != "Release")
            yield return new ReceiptWarning("debug-build", null, $"measured from a {build.Configuration} build; figures of a Release build differ");
        if (build.ExtraKernelWork is { } percent)
        {
            yield return new ReceiptWarning(WarningCodes.ExtraWork, null,
                FormattableString.Invariant($"a build with ExtraKernelWork={percent}: its quantiser does {percent} % more than it should, on purpose"));
        }
    }

    /// <summary>A plan without workloads, for a build.</summary>
    public RunPlan Plan(DateTimeOffset started, BuildDescription build, string buildId, string kernel, int launches, long seed) => new()
    {
        Schema = RunPlan.CurrentSchema,
        Run = RunName.Create(started),
        StartedUtc = started,
        Suite = Options.Suite.Name,
        Filters = Options.Filters,
        HostKey = HostKey.From(Environment.Host, build.Runtime),
        Host = Environment.Host,
        Build = build,
        BuildId = buildId,
        Model = Model,
        ModelPath = ModelPath,
        Kernel = kernel,
        ForcedKernel = ForcedKernel is null ? null : kernel,
        Threads = Threads,
        Launches = launches,
        Seed = seed,
        ColdBytes = Cold.Bytes,
        Affinity = Affinity,
        Timing = Options.Timing,
        WorkloadTimeoutSeconds = Options.WorkloadTimeout.TotalSeconds,
        Environment = BuildProbe.RuntimeVariables(Environment.Variables),
        Workloads = [],
        Warnings = [],
    };
}
