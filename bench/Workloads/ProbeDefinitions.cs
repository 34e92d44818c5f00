using BitNet.Perf.Bench.Workloads.Probes;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>Definitions of what every launch measures beside its workloads, to tell whether the host changed.</summary>
public static class ProbeDefinitions
{
    /// <summary>Read bandwidth over the cold set.</summary>
    public static WorkloadDefinition Read(int threads, long bytes) => new()
    {
        Id = WorkloadId.Parse($"probe/read/t{threads}"),
        Definition = "read/1",
        Unit = Unit.GigabytesPerSecond,
        Strategy = TimingStrategy.Throughput,
        Work = new WorkPerOperation { Bytes = ReadProbe.Bytes(bytes) },
        CopyBytes = bytes,
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
