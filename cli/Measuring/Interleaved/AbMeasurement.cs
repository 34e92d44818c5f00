using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>The measuring of <c>ab</c>, new or resumed, with its progress; interrupted, it says what is kept and how to go on.</summary>
internal sealed class AbMeasurement(CommandContext context, AbRequest request, RunEnvironment environment, PairedJudge judge)
{
    /// <returns>Null when interrupted, which it has told then.</returns>
    public async Task<InterleavedOutcome?> MeasureAsync()
    {
        InterleavedRun? run = null;
        InterleavedOutcome? outcome = null;
        NewFolder? made = null;
        try
        {
            // A folder without a program is told of before a model is made.
            Contestants? contestants = request.Sides is { } sides ? await AbContestants.OfAsync(sides, context, environment) : null;
            if (request.Resume is null)
                made = PrepareFolder();
            else
                RequireUnfinished(request.Resume);
            outcome = await AbProgress.ShowAsync(context, judge, async progress =>
            {
                run = contestants is null
                    ? await ReopenAsync(request.Resume!, progress)
                    : await InterleavedRun.PrepareAsync(request.Options, contestants, environment, judge, progress, context.Cancellation);
                return await run.FinishAsync(context.Cancellation);
            });
            if (outcome.End != InterleavedEnd.Interrupted)
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

    private async Task<InterleavedRun> ReopenAsync(string folder, IInterleavedProgress progress)
    {
        try
        {
            return await InterleavedRun.ReopenAsync(context.Surroundings.Absolute(folder), plan => AbContestants.Again(plan, environment), environment,
                judge, progress, context.Cancellation);
        }
        catch (RunRefusedException e)
        {
            throw CommandFailure.BadInput(e.Message, e);
        }
    }

    /// <summary>What would fail after minutes of checks fails now: a folder that is taken, or that cannot be written.</summary>
    private NewFolder PrepareFolder()
    {
        string folder = request.Options.Folder ?? request.Options.Measuring.Output;
        // Two runs in one folder would mix their launches.
        if (request.Options.Folder is not null && File.Exists(new InterleavedJournal(folder).PlanPath))
            throw CommandFailure.Usage($"--out: {context.Surroundings.Shown(folder)} holds a run already; expected a new folder");
        return ResultsFolder.Make(context, folder);
    }

    /// <summary>What was compared is never written again.</summary>
    private void RequireUnfinished(string folder)
    {
        if (File.Exists(new InterleavedJournal(context.Surroundings.Absolute(folder)).ComparisonPath))
            throw CommandFailure.BadInput($"{folder}: the run is complete; expected the folder of an interrupted ab");
    }

    private void TellInterrupted(InterleavedJournal? journal, InterleavedOutcome? outcome)
    {
        if (journal is null)
        {
            context.Tell("interrupted before the first launch; nothing is kept");
            return;
        }
        string folder = context.Surroundings.Shown(journal.Folder);
        context.Tell(outcome is null
            ? $"interrupted before a pair of launches was complete; {folder} holds the plan"
            : $"interrupted: {outcome.Receipts.Base.Launches.Count} of {outcome.Plan.Asked} pairs are kept in {folder}, the receipts there are marked incomplete");
        string[] arguments = ["ab", "--resume", folder, .. request.ComparisonArguments];
        context.Tell($"go on with: {ProgramName.In(context.Surroundings)} {string.Join(' ', arguments.Select(ProgramName.Quoted))}");
    }
}
