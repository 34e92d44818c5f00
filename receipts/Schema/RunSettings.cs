namespace BitNet.Perf.Receipts.Schema;

/// <summary>How the run was made; enough to make it again.</summary>
public sealed record RunSettings
{
    public required IReadOnlyList<int> Threads { get; init; }
    public required int LaunchesPlanned { get; init; }
    public required int KernelWarmups { get; init; }
    public required int KernelIterations { get; init; }
    public required double KernelIterationMilliseconds { get; init; }
    public required int EndToEndWarmups { get; init; }
    public required int EndToEndIterations { get; init; }

    /// <summary>Cold workloads rotate over copies that together have at least this many bytes; null when none ran.</summary>
    public long? ColdBytes { get; init; }

    /// <summary>Kernel forced by option or environment; null when the catalog chose.</summary>
    public string? ForcedKernel { get; init; }

    /// <summary>Seed of the random workload order in the launches.</summary>
    public required long OrderSeed { get; init; }

    /// <summary>How threads were placed, e.g. "first N allowed processors"; null when the platform has no affinity.</summary>
    public string? AffinityPolicy { get; init; }

    /// <summary>Variables of the environment that may change the result, by name.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}

/// <summary>One process start that measured every selected workload once.</summary>
public sealed record LaunchRecord
{
    /// <summary>1-based.</summary>
    public required int Index { get; init; }
    public required LaunchOutcome Outcome { get; init; }
    public required DateTimeOffset StartedUtc { get; init; }
    public required double WallSeconds { get; init; }

    /// <summary>Workload ids in the order they were measured.</summary>
    public required IReadOnlyList<string> Order { get; init; }

    /// <summary>Processors the launch was bound to; null when it was not.</summary>
    public IReadOnlyList<int>? Affinity { get; init; }

    /// <summary>Share of processor time taken by other guests of the same machine during the launch (/proc/stat); null when unknown.</summary>
    public double? StealShare { get; init; }

    /// <summary>What went wrong, for a launch that was lost.</summary>
    public string? Failure { get; init; }
}

public enum LaunchOutcome { Complete, Crashed, TimedOut, Interrupted }
