namespace BitNet.Perf.Receipts.Schema;

/// <summary>Where figures come from that this program did not measure, and what was said about them there. Nothing of it was checked.</summary>
public sealed record FigureSource
{
    /// <summary>What measured, with its version where that is told: "BenchmarkDotNet 0.15.8", "llama-bench", "bitnet.cpp".</summary>
    public required string Harness { get; init; }

    /// <summary>Where the figures are published: an address, or a publication and the place in it. Null where they were read from the harness's own file.</summary>
    public required string? Citation { get; init; }

    /// <summary>Machine, build, model and settings as the source names them, in its words. What it does not tell is left out.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }
}
