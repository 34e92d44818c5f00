using System.Text.Json.Serialization;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Worker;

/// <summary>What a worker process is told to do: one line of JSON on its standard input. The input stays open; when it ends, the
/// orchestrator is gone and the worker stops.</summary>
public sealed record WorkerPlan
{
    public required int Protocol { get; init; }

    /// <summary>The worker must be of this build (BuildProbe): a program that was built again during a run is another one. Null while it is not known.</summary>
    public required string? Build { get; init; }

    public required WorkerTask Task { get; init; }

    /// <summary>1-based; 0 for calibration.</summary>
    public required int Launch { get; init; }

    public required string ModelPath { get; init; }

    /// <summary>Ternary kernel of the end-to-end workloads; null for the build's own choice.</summary>
    public required string? Kernel { get; init; }

    /// <summary>All thread counts of the run, ascending.</summary>
    public required IReadOnlyList<int> Threads { get; init; }

    public required long ColdBytes { get; init; }

    /// <summary>Processors to bind to; null for none.</summary>
    public IReadOnlyList<int>? Affinity { get; init; }

    public required WorkerTiming Timing { get; init; }

    /// <summary>What to list; null for the other tasks.</summary>
    public WorkloadChoice? Choice { get; init; }

    /// <summary>In the order in which they are to be measured.</summary>
    public required IReadOnlyList<PlannedWorkload> Workloads { get; init; }

    /// <summary>Decode workload whose tokens' phases are to be timed after the measurements; null for none.</summary>
    public string? PhasesOf { get; init; }

    /// <summary>File in which the worker's JIT is to list the code it makes; for the process's environment, not for the worker. Null for none.</summary>
    [JsonIgnore]
    public string? CodeListing { get; init; }

    /// <summary>A workload that takes longer is given up, and with it the launch.</summary>
    public required double WorkloadTimeoutSeconds { get; init; }
}

/// <param name="Operations">Per iteration; 0 while not calibrated.</param>
public sealed record PlannedWorkload(string Id, long Operations);

/// <param name="Filters">Patterns of workload ids; none for the whole suite.</param>
public sealed record WorkloadChoice(string Suite, IReadOnlyList<string> Filters);

public enum WorkerTask
{
    /// <summary>Say which workloads this build has. Nothing is computed.</summary>
    List,

    /// <summary>Check every workload's result, and find how many operations fill an iteration. Nothing is timed for the receipt.</summary>
    Calibrate,

    Measure,
}

/// <summary>Numbers of iterations. Defaults are those of the design.</summary>
public sealed record WorkerTiming
{
    public int KernelWarmups { get; init; } = 3;
    public int KernelIterations { get; init; } = 15;
    public double KernelIterationMilliseconds { get; init; } = 25;
    public int EndToEndWarmups { get; init; } = 1;
    public int EndToEndIterations { get; init; } = 3;

    public int Warmups(TimingStrategy strategy) => strategy == TimingStrategy.Throughput ? KernelWarmups : EndToEndWarmups;

    public int Iterations(TimingStrategy strategy) => strategy == TimingStrategy.Throughput ? KernelIterations : EndToEndIterations;

    /// <summary>Operations that fill an iteration: at least one.</summary>
    /// <param name="nanoseconds">Of one operation.</param>
    public long Operations(TimingStrategy strategy, double nanoseconds) =>
        strategy == TimingStrategy.Monitoring || !(nanoseconds > 0) ? 1 : Math.Max(1, (long)Math.Round(KernelIterationMilliseconds * 1e6 / nanoseconds));
}
