using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Runs;

/// <summary>What a run is asked to do.</summary>
public sealed record RunOptions
{
    public Suite Suite { get; init; } = Suite.Quick;

    /// <summary>Patterns of workload ids; none for the whole suite.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>A file, or synthetic:2b, synthetic:small, synthetic:tiny.</summary>
    public string Model { get; init; } = "synthetic:2b";

    /// <summary>Thread counts; null for 1 and all.</summary>
    public IReadOnlyList<int>? Threads { get; init; }

    /// <summary>Null for the suite's own number.</summary>
    public int? Launches { get; init; }

    /// <summary>Of the random order of workloads; null draws one, which the receipt records.</summary>
    public long? Seed { get; init; }

    /// <summary>Ternary kernel by name; null for the catalog's choice.</summary>
    public string? Kernel { get; init; }

    /// <summary>Folder in which the run makes a folder of its own name.</summary>
    public string Output { get; init; } = "artifacts";

    /// <summary>Folder of the run itself; null for one of its name in <see cref="Output"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>For checks and launches together, where the run measures on what its first launches leave open; null for a run that does not.</summary>
    public TimeSpan? Budget { get; init; }

    public WorkerTiming Timing { get; init; } = new();

    /// <summary>How a workload is given up.</summary>
    public TimeSpan WorkloadTimeout { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>A run cannot be made, or not resumed, as asked. One line: what, and what would do.</summary>
public sealed class RunRefusedException(string message) : Exception(message);

/// <summary>A run ended without any result. One line.</summary>
public sealed class RunFailedException(string message) : Exception(message);
