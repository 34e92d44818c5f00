using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Workloads.Probes;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>Definitions of what every launch measures beside its workloads, to tell whether the host changed.</summary>
public static class ProbeDefinitions
{
    /// <summary>Read bandwidth over the cold set, with the fastest of the patterns tried.</summary>
    public static WorkloadDefinition Read(int threads, long bytes) => new()
    {
        Id = WorkloadId.Parse($"probe/read/t{threads}"),
        Definition = "read/2",
        Unit = Unit.GigabytesPerSecond,
        Strategy = TimingStrategy.Throughput,
        Work = new WorkPerOperation { Bytes = bytes },
        CopyBytes = bytes,
    };

    /// <summary>Multiply-adds in registers, by the instructions of the kernel's ISA level.</summary>
    public static WorkloadDefinition MultiplyAdd(TernaryKernel kernel, int threads) => new()
    {
        Id = WorkloadId.Parse($"probe/mac/t{threads}"),
        Definition = "mac/1",
        Unit = Unit.GigaMultiplyAddsPerSecond,
        Strategy = TimingStrategy.Throughput,
        Work = new WorkPerOperation { MultiplyAdds = MultiplyAddProbe.MultiplyAdds },
        Kernel = kernel.Name,
    };

    /// <summary>The frozen loop of <see cref="ControlKernel"/>.</summary>
    public static WorkloadDefinition Control { get; } = new()
    {
        Id = WorkloadId.Parse("probe/control/t1"),
        Definition = "control/1",
        Unit = Unit.Nanoseconds,
        Strategy = TimingStrategy.Throughput,
        Work = new WorkPerOperation(),
    };
}
