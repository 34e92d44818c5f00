using BitNet.Perf.Bench.Runs;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>What the user asked <c>run</c> for.</summary>
internal sealed record RunRequest
{
    public required RunOptions Options { get; init; }
    public required int Repeat { get; init; }
    public required TimeSpan Pause { get; init; }

    /// <summary>A path, "auto" or "none".</summary>
    public required string Baseline { get; init; }

    /// <summary>Folder of the stored baselines.</summary>
    public required string Baselines { get; init; }

    public required bool FailOnRegressed { get; init; }
    public required bool DryRun { get; init; }

    /// <summary>Folder of an interrupted run; null for a new one.</summary>
    public required string? Resume { get; init; }

    /// <summary>The options about the comparison as typed; a resumed run needs them again.</summary>
    public required IReadOnlyList<string> ComparisonArguments { get; init; }
}
