namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>What an interleaved run is asked to do.</summary>
public sealed record InterleavedOptions
{
    public const int DefaultPairs = 20;

    /// <summary>Which workloads of which model, with how many threads.</summary>
    public RunOptions Measuring { get; init; } = new();

    /// <summary>Pairs of launches asked for; what is undecided then is measured on to the last declared look.</summary>
    public int Pairs { get; init; } = DefaultPairs;

    /// <summary>Time for the whole run: as many pairs as fit in, <see cref="Pairs"/> at most. Null for no limit.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>The run's folder; null for one of its name in <see cref="RunOptions.Output"/>.</summary>
    public string? Folder { get; init; }
}
