using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

public enum RunStage
{
    /// <summary>A synthetic model is being written; what: its file.</summary>
    MakingModel,

    /// <summary>The model's digest is being computed; what: its file.</summary>
    HashingModel,

    /// <summary>Results are checked and operations counted; what: the workload.</summary>
    Calibrating,

    /// <summary>A launch measures; what: launch and workload.</summary>
    Measuring,

    /// <summary>The receipt is being written; what: its file.</summary>
    Writing,
}

/// <summary>Where a run stands.</summary>
/// <param name="Fraction">Of the stage, 0 to 1.</param>
/// <param name="Remaining">Of the whole run; null while it cannot be told.</param>
public sealed record RunProgress(RunStage Stage, string What, double Fraction, TimeSpan? Remaining);

/// <summary>Is told how a run goes on. Called from one thread at a time.</summary>
public interface IRunProgress
{
    void Report(RunProgress progress);

    /// <summary>As soon as it is known; the receipt holds it too.</summary>
    void Warn(ReceiptWarning warning);
}

/// <summary>Tells nobody.</summary>
public sealed class NoRunProgress : IRunProgress
{
    public static NoRunProgress Instance { get; } = new();

    public void Report(RunProgress progress) { }

    public void Warn(ReceiptWarning warning) { }
}
