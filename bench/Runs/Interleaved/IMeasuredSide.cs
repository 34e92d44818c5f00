using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>One side while it is measured: launch by launch, each a process of its own.</summary>
internal interface IMeasuredSide
{
    string Name { get; }

    /// <summary>Names this side's receipt.</summary>
    string Run { get; }

    RunJournal Journal { get; }

    /// <summary>Kept launches, one for each block.</summary>
    IReadOnlyList<LaunchRecord> Launches { get; }

    /// <summary>Makes the launch of the next block; it counts once it is kept.</summary>
    /// <exception cref="OperationCanceledException">Cancelled: the launch is as if it had never been.</exception>
    Task<LaunchRecord> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the launch that was made last, in memory and in the folder.</summary>
    void Keep();

    /// <summary>Of the kept launches.</summary>
    /// <param name="planned">Launches planned; more than there are make it incomplete.</param>
    /// <exception cref="RunFailedException">No launch has samples.</exception>
    Receipt Receipt(int planned, Interleaving interleaving, DateTimeOffset created);
}
