using BitNet.Perf.Bench.Runs.Interleaved;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>What the user asked <c>ab</c> for.</summary>
internal sealed record AbRequest
{
    public required InterleavedOptions Options { get; init; }

    /// <summary>Null when a run goes on.</summary>
    public required AbSides? Sides { get; init; }

    /// <summary>Folder of an interrupted run; null for a new one.</summary>
    public required string? Resume { get; init; }

    public required bool Json { get; init; }

    /// <summary>Every workload, those without a change too.</summary>
    public required bool All { get; init; }

    /// <summary>The options about the comparison as typed; a resumed run needs them again.</summary>
    public required IReadOnlyList<string> ComparisonArguments { get; init; }
}
