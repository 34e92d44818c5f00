using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>What must be told of a run even where nobody watches it: a large file is made, something is not as asked.</summary>
internal class RunMessages(Action<string> tell) : IRunProgress
{
    private string? _model;

    public virtual void Report(RunProgress progress)
    {
        // The first report of this stage names file and size; those after it count.
        if (progress.Stage != RunStage.MakingModel || _model is not null)
            return;
        _model = progress.What;
        tell($"making the synthetic model {progress.What}; it is kept for later runs");
    }

    public void Warn(ReceiptWarning warning) => Tell(ReceiptText.Warning(warning));

    /// <summary>A line for people, also where nobody watches.</summary>
    public void Tell(string line) => tell(line);
}
