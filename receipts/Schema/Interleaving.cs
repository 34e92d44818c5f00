namespace BitNet.Perf.Receipts.Schema;

/// <summary>How this run's launches alternated with those of another build: launch i of both receipts is block i, measured one right after the
/// other. Everything that decides when verdicts are drawn was declared before the first block.</summary>
public sealed record Interleaving
{
    public required InterleavedSide Side { get; init; }

    /// <summary>Run name of the other side's receipt, whose partner is this one.</summary>
    public required string Partner { get; init; }

    /// <summary>For each block whether the base was measured first.</summary>
    public required IReadOnlyList<bool> BaseFirst { get; init; }

    /// <summary>After how many blocks verdicts were to be drawn, ascending, and the share of every error rate that each look has; declared before the first
    /// block. The last one is after the most blocks there could be.</summary>
    public required IReadOnlyList<DeclaredLook> Looks { get; init; }

    /// <summary>Workloads that only this side has, so that they were not measured.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>Workloads judged together, fixed at the start: m.</summary>
    public required int FamilySize { get; init; }

    /// <summary>α over all workloads and all looks.</summary>
    public required double FamilyErrorRate { get; init; }
}

public enum InterleavedSide { Base, Head }
