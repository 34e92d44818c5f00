using System.Text.Json.Serialization;

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

    /// <summary>Numbers of launches after which verdicts are drawn, fixed before the first one; the first is <see cref="LaunchesPlanned"/>. Launches beyond
    /// a look measure only some of the workloads: those that were open there. Left out by runs that measure every workload in every launch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DeclaredLook>? Looks { get; init; }
}

/// <summary>A point at which a run that measures on draws verdicts.</summary>
/// <param name="Launches">All launches up to this number.</param>
/// <param name="Share">Of every error rate; the shares of all looks add up to 1.</param>
public sealed record DeclaredLook(int Launches, double Share);

/// <summary>One process start that measured every selected workload once; after a look, those that are measured on.</summary>
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
