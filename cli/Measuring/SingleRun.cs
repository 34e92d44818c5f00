using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>One run, new or resumed, with its progress; interrupted, it says what is kept and how to go on.</summary>
/// <param name="judge">Of a run that measures on, made with what is to be told of; null for any other.</param>
internal sealed class SingleRun(CommandContext context, RunRequest request, RunEnvironment environment, Func<RunMessages, ILookJudge>? judge = null)
{
    /// <summary>Of the new run, or of the one that goes on.</summary>
    public string Suite() => request.Resume is { } folder
        ? Resuming(() => new RunJournal(context.Surroundings.Absolute(folder)).ReadPlan().Suite)
        : request.Options.Suite.Name;

    /// <summary>What it is going to measure, or goes on measuring.</summary>
    public IEnumerable<string> WorkloadIds() => request.Resume is { } folder
        ? Resuming(() => new RunJournal(context.Surroundings.Absolute(folder)).ReadPlan().Workloads).Select(workload => workload.Id)
        : RunPreview.Of(request.Options, environment).Workloads.Select(workload => workload.Id.Text);

    /// <returns>Null when interrupted, which it has told then.</returns>
    public async Task<RunOutcome?> MeasureAsync()
    {
        MeasurementRun? run = null;
        RunOutcome? outcome = null;
        NewFolder? made = null;
        try
        {
            if (request.Resume is { } resumed)
                RequireUnfinished(resumed);
            else
                made = PrepareFolder();
            outcome = await LiveProgress.ShowAsync(context, async progress =>
            {
                run = request.Resume is { } folder
                    ? Resuming(() => MeasurementRun.Reopen(context.Surroundings.Absolute(folder), environment, progress))
                    : await MeasurementRun.PrepareAsync(request.Options, environment, progress, context.Cancellation);
                return await run.FinishAsync(context.Cancellation, judge?.Invoke(progress));
            });
            if (outcome.Receipt.Status == RunStatus.Complete)
                return outcome;
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            // Told below.
        }
        finally
        {
            made?.RemoveIfEmpty();
        }
        TellInterrupted(run?.Journal, outcome);
        return null;
    }

    /// <summary>What would fail after minutes of checks fails now: a folder that is taken, or that cannot be written.</summary>
    private NewFolder PrepareFolder()
    {
        string folder = request.Options.Folder ?? request.Options.Output;
        var journal = new RunJournal(folder);
        // Two runs in one folder would mix their launches.
        if (request.Options.Folder is not null && (File.Exists(journal.PlanPath) || File.Exists(journal.ReceiptPath)))
            throw CommandFailure.Usage($"--out: {context.Surroundings.Shown(folder)} holds a run already; expected a new folder");
        return ResultsFolder.Make(context, folder);
    }

    /// <summary>A complete receipt is never written again: its digest may be in a baseline or a report.</summary>
    private void RequireUnfinished(string folder)
    {
        var journal = new RunJournal(context.Surroundings.Absolute(folder));
        if (File.Exists(journal.ReceiptPath) && ReceiptFile.Read(journal.ReceiptPath).Status == RunStatus.Complete)
            throw CommandFailure.BadInput($"{folder}: the run is complete; expected the folder of an interrupted run");
    }

    private static T Resuming<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (RunRefusedException e)
        {
            throw CommandFailure.BadInput(e.Message, e);
        }
    }

    private void TellInterrupted(RunJournal? journal, RunOutcome? outcome)
    {
        if (journal is null)
        {
            context.Tell("interrupted before a launch was complete; nothing is kept");
            return;
        }
        string folder = context.Surroundings.Shown(journal.Folder);
        context.Tell(outcome is null
            ? $"interrupted before a launch was complete; {folder} holds the plan"
            : $"interrupted: {Kept(outcome.Receipt)} are kept in {folder}, the receipt there is marked incomplete");
        string[] arguments = [judge is null ? "run" : "gate", "--resume", folder, .. request.ComparisonArguments];
        context.Tell($"go on with: {ProgramName.In(context.Surroundings)} {string.Join(' ', arguments.Select(ProgramName.Quoted))}");
    }

    private static string Kept(Receipt receipt) => receipt.Launches.Count > receipt.Settings.LaunchesPlanned
        ? $"{receipt.Launches.Count} launches"
        : $"{receipt.Launches.Count} of {receipt.Settings.LaunchesPlanned} launches";
}
