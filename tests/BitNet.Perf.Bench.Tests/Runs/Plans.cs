using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Runs;

/// <summary>Plans and surroundings for tests of runs.</summary>
internal static class Plans
{
    public static WorkerPlan Empty { get; } = new()
    {
        Protocol = WorkerProtocol.Version,
        Build = BuildProbe.BuildId,
        Task = WorkerTask.Measure,
        Launch = 1,
        ModelPath = "none",
        Kernel = "i2s-scalar",
        Threads = [1],
        ColdBytes = 1 << 20,
        Timing = new WorkerTiming(),
        Workloads = [],
        WorkloadTimeoutSeconds = 60,
    };

    public static BuildDescription Build { get; } = BuildProbe.Describe(WorkerEnvironment.Settings);

    /// <summary>This machine, with caches so small that the cold set is 8 MiB.</summary>
    public static HostDescription Host { get; } = SmallCaches(HostProbe.Describe());

    private static HostDescription SmallCaches(HostDescription host) => host with { Cpu = host.Cpu with { Caches = [new CacheDescription(2, "unified", 1 << 20, 1)] } };

    public static RunEnvironment Environment(string cache, IWorkerProcess worker) => RunEnvironment.Live() with { Host = Host, Cache = cache, Worker = worker };
}

/// <summary>A folder that goes when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("bitnet-perf-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
