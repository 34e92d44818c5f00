using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import;

/// <summary>What an imported receipt says besides its samples.</summary>
public sealed record ImportFacts
{
    /// <summary>Name of the run (<see cref="RunName"/>); not later than <see cref="CreatedUtc"/>.</summary>
    public required string Run { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>The program that imports.</summary>
    public required Generator Generator { get; init; }

    /// <summary>What makes the figures comparable with others; well formed (<see cref="Schema.HostKey.IsWellFormed"/>).</summary>
    public required string HostKey { get; init; }

    /// <summary>With a <see cref="Source"/> the machine that measured, as far as it is told; else the one that imports, which measured only where
    /// <see cref="HostKey"/> is its key.</summary>
    public required HostDescription Host { get; init; }

    /// <summary>The program that imports, never the one that measured: its commit, file, compiler and build command are left out of the receipt.</summary>
    public required BuildDescription Build { get; init; }

    /// <summary>What the file says of its origin; null where it says nothing.</summary>
    public FigureSource? Source { get; init; }

    /// <summary>What the file says of its workloads besides their samples, by name.</summary>
    public IReadOnlyDictionary<string, ImportedWork> Work { get; init; } = new Dictionary<string, ImportedWork>();

    /// <summary>Put behind the warning that every imported receipt has.</summary>
    public IReadOnlyList<ReceiptWarning> Warnings { get; init; } = [];
}
