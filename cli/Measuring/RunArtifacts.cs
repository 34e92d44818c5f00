using BitNet.Perf.Bench.Runs;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>The files that stand beside a receipt.</summary>
internal static class RunArtifacts
{
    /// <returns>Every file of the run that people look at, the receipt first.</returns>
    public static IReadOnlyList<string> Write(CommandContext context, RunOutcome outcome)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        return [outcome.Journal.ReceiptPath, outcome.Journal.SamplesPath];
    }
}
