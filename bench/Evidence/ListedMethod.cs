namespace BitNet.Perf.Bench.Evidence;

/// <summary>The listing of one method.</summary>
internal sealed record ListedMethod
{
    /// <summary>As the JIT writes it.</summary>
    public required string Name { get; init; }

    /// <summary>What it was compiled as; only "FullOpts" is measured.</summary>
    public required string Tier { get; init; }

    public required int Bytes { get; init; }

    public required IReadOnlyList<ListedInstruction> Instructions { get; init; }

    /// <summary>Index of the instruction behind each label.</summary>
    public required IReadOnlyDictionary<string, int> Labels { get; init; }

    /// <summary>Labels that tables of jumps name.</summary>
    public required IReadOnlyList<string> TableLabels { get; init; }

    /// <summary>Registers that point into the stack frame.</summary>
    public required IReadOnlyList<string> Frame { get; init; }

    /// <summary>Code, labels and constants, a line each, without comments.</summary>
    public required IReadOnlyList<string> Lines { get; init; }
}
