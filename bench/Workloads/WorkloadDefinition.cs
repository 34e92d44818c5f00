using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads;

/// <summary>How a workload is timed.</summary>
public enum TimingStrategy
{
    /// <summary>Many operations per iteration, about 25 ms; 3 warm-up and 15 measured iterations.</summary>
    Throughput,

    /// <summary>One operation per iteration; 1 warm-up and 3 measured iterations.</summary>
    Monitoring,
}

/// <summary>What is measured under one id. Data only: the orchestrator plans with it, the worker makes the workload from it.</summary>
public sealed record WorkloadDefinition
{
    public required WorkloadId Id { get; init; }

    /// <summary>Name and version of what is measured, e.g. "gemv/1"; goes up when what is timed under an id changes.</summary>
    public required string Definition { get; init; }

    public required Unit Unit { get; init; }

    public required TimingStrategy Strategy { get; init; }

    public required WorkPerOperation Work { get; init; }

    /// <summary>Ternary kernel of the catalog that runs; null where none does.</summary>
    public string? Kernel { get; init; }

    /// <summary>Bytes of weights or cache that one copy of the data takes; cold workloads rotate over copies of it.</summary>
    public long CopyBytes { get; init; }

    public override string ToString() => Id.Text;
}
