using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>Where an interleaved run stands; told between launches only, never while a worker measures.</summary>
/// <param name="Block">1-based block that is measured.</param>
/// <param name="Blocks">Most there can be.</param>
/// <param name="NextLook">Declared number of blocks after which verdicts are drawn.</param>
/// <param name="Launching">Side whose launch begins now.</param>
/// <param name="Remaining">At most: a look may end the run earlier.</param>
public sealed record BlockProgress(int Block, int Blocks, int NextLook, string Launching, TimeSpan Remaining);

/// <summary>Is told how an interleaved run goes on.</summary>
public interface IInterleavedProgress : IRunProgress
{
    /// <summary>What was decided before the first launch.</summary>
    void Planned(InterleavedPlan plan);

    /// <summary>A launch begins.</summary>
    void Begins(BlockProgress progress);

    /// <summary>A block is whole: the receipts of all so far, marked incomplete.</summary>
    void Measured(Sides<Receipt> soFar);
}

/// <summary>Tells nobody.</summary>
public sealed class NoInterleavedProgress : IInterleavedProgress
{
    public static NoInterleavedProgress Instance { get; } = new();

    public void Report(RunProgress progress) { }

    public void Warn(ReceiptWarning warning) { }

    public void Planned(InterleavedPlan plan) { }

    public void Begins(BlockProgress progress) { }

    public void Measured(Sides<Receipt> soFar) { }
}
