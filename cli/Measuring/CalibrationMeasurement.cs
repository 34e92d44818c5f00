using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Measuring.Interleaved;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>The measuring of a calibration: this very build, alone and against itself.</summary>
internal sealed class CalibrationMeasurement(CommandContext context, CalibrationRequest request, RunEnvironment environment)
{
    /// <returns>A complete run; null when interrupted.</returns>
    public async Task<ReceiptSource?> RunAsync() => await UnlessInterruptedAsync(async () =>
    {
        RunOutcome outcome = await LiveProgress.ShowAsync(context, progress => MeasurementRun.ExecuteAsync(request.Options, environment, progress, context.Cancellation));
        if (outcome.Receipt.Status != RunStatus.Complete)
            return null;
        if (outcome.WrongResults.Count > 0)
            throw new CommandFailure(ExitCode.WrongResult, $"{outcome.WrongResults[0]}: the output while it was timed was not the checked one; its figures mean nothing");
        return Verified(outcome.Receipt, outcome.Journal);
    });

    /// <summary>Launches of this build in turn with launches of this build.</summary>
    /// <returns>Both sides; null when interrupted.</returns>
    public async Task<IReadOnlyList<ReceiptSource>?> PairsAsync(int pairs) => await UnlessInterruptedAsync(async () =>
    {
        WorkerCommand program = WorkerCommand.OfThisProgram();
        var builds = new BuildContestants(new Sides<WorkerCommand>(program, program), _ => environment.Worker);
        var judge = new PairedJudge(CalibrationEstimate.Plain(Comparing.Options(context.Settings)), context.Settings.File);
        var options = new InterleavedOptions { Measuring = request.Options, Pairs = pairs };
        InterleavedOutcome outcome = await AbProgress.ShowAsync(context, judge, async progress =>
            await (await InterleavedRun.PrepareAsync(options, builds, environment, judge, progress, context.Cancellation)).FinishAsync(context.Cancellation));
        return outcome.End == InterleavedEnd.Interrupted
            ? null
            : new[] { Verified(outcome.Receipts.Base, outcome.Journal.Sides.Base), Verified(outcome.Receipts.Head, outcome.Journal.Sides.Head) };
    });

    private async Task<T?> UnlessInterruptedAsync<T>(Func<Task<T?>> measure) where T : class
    {
        try
        {
            context.Cancellation.ThrowIfCancellationRequested();
            return await measure();
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private ReceiptSource Verified(Receipt receipt, RunJournal journal)
    {
        string path = context.Surroundings.Shown(journal.ReceiptPath);
        ReceiptVerification.Require(receipt, path);
        return new ReceiptSource(path, receipt);
    }
}
