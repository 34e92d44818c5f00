using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Tests.Workloads;

/// <summary>The tiny golden model with a cold set of 2 MiB.</summary>
internal static class TinyResources
{
    public static string ModelPath { get; } = Path.Combine(AppContext.BaseDirectory, "fixtures", "goldens", "tiny-seed1.gguf");

    public const long ColdBytes = 2 << 20;

    public static WorkerResources Create(int threads) => new(ModelPath, ColdBytes, threads);

    public static IReadOnlyList<WorkloadDefinition> Definitions(int threads) => WorkloadCatalog.Select(Suite.Full, [], new CatalogInput(
        WorkerResources.ReadShape(ModelPath), KernelCatalog.Available[0], KernelCatalog.Available, [threads], ColdBytes));
}
