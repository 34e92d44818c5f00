using System.Runtime.InteropServices;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>The main job: measure, write the results, compare, tell.</summary>
internal sealed class RunJob(CommandContext context, RunRequest request, RunEnvironment environment)
{
    public async Task<ExitCode> RunAsync()
    {
        if (request.DryRun)
            return DryRun();
        // A baseline that cannot be used is told of before minutes of measuring, not after.
        BaselineChoice baseline = BaselineChoice.Read(context, request.Baseline, request.Baselines, HostKeyHere, Suite());
        var outcomes = new List<RunOutcome>();
        var codes = new List<ExitCode>();
        ComparisonResult? comparison = null;
        for (int i = 0; i < request.Repeat; i++)
        {
            if (i > 0)
                await PauseAsync(i);
            if (await MeasureAsync() is not { } outcome)
                return ExitCode.Interrupted;
            outcomes.Add(outcome);
            codes.Add(Check(outcome));
            comparison = Report(outcomes, baseline);
        }
        if (baseline.Wanted)
            codes.Add(Conclude(outcomes, baseline, comparison));
        return ExitCodes.First(codes);
    }

    private string HostKeyHere => HostKey.From(environment.Host, RuntimeInformation.FrameworkDescription);

    private string Suite() => request.Resume is { } folder ? Resuming(() => new RunJournal(context.Surroundings.Absolute(folder)).ReadPlan().Suite) : request.Options.Suite.Name;

    private ExitCode DryRun()
    {
        RunPreview preview = RunPreview.Of(request.Options, environment);
        context.WriteLines(PreviewText.Workloads(preview));
        context.WriteLines("", PreviewText.Duration(preview, request.Repeat));
        return ExitCode.Done;
    }

    private async Task PauseAsync(int done)
    {
        context.Tell($"run {done} of {request.Repeat} is done; the next one begins in {FigureText.Duration(request.Pause)}");
        await Task.Delay(request.Pause, context.Cancellation);
    }

    /// <returns>Null when interrupted.</returns>
    private async Task<RunOutcome?> MeasureAsync()
    {
        MeasurementRun? run = null;
        RunOutcome? outcome = null;
        try
        {
            PrepareFolder();
            outcome = await LiveProgress.ShowAsync(context, async progress =>
            {
                run = request.Resume is { } folder
                    ? Resuming(() => MeasurementRun.Reopen(context.Surroundings.Absolute(folder), environment, progress))
                    : await MeasurementRun.PrepareAsync(request.Options, environment, progress, context.Cancellation);
                return await run.FinishAsync(context.Cancellation);
            });
            if (outcome.Receipt.Status == RunStatus.Complete)
                return outcome;
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            // Told below.
        }
        TellInterrupted(run?.Journal, outcome);
        return null;
    }

    /// <summary>What would fail after minutes of checks fails now: a folder that is taken, or that cannot be written.</summary>
    private void PrepareFolder()
    {
        if (request.Resume is not null)
            return;
        string folder = request.Options.Folder ?? request.Options.Output;
        var journal = new RunJournal(folder);
        // Two runs in one folder would mix their launches.
        if (request.Options.Folder is not null && (File.Exists(journal.PlanPath) || File.Exists(journal.ReceiptPath)))
            throw CommandFailure.Usage($"--out: {context.Surroundings.Shown(folder)} holds a run already; expected a new folder");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.StoreFailed, $"{context.Surroundings.Shown(folder)}: cannot be made: {e.Message}", e);
        }
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
            context.Tell("interrupted before anything was measured; nothing is kept");
            return;
        }
        string folder = context.Surroundings.Shown(journal.Folder);
        context.Tell(outcome is null
            ? $"interrupted before the first launch was done; {folder} holds the plan"
            : $"interrupted: {outcome.Receipt.Launches.Count} of {outcome.Receipt.Settings.LaunchesPlanned} launches are kept in {folder}, the receipt there is marked incomplete");
        string[] arguments = ["run", "--resume", folder, .. request.ComparisonArguments];
        context.Tell($"go on with: {ProgramName.In(context.Surroundings)} {string.Join(' ', arguments.Select(ProgramName.Quoted))}");
    }

    /// <summary>Writes the report of the newest run, which speaks of all so far, and tells of it.</summary>
    private ComparisonResult? Report(IReadOnlyList<RunOutcome> outcomes, BaselineChoice baseline)
    {
        ReceiptSource[] candidate = [.. outcomes.Select(outcome => new ReceiptSource(context.Surroundings.Shown(outcome.Journal.ReceiptPath), outcome.Receipt))];
        ComparisonResult? comparison = baseline.Sources.Count == 0 ? null : Comparing.Compare(context.Settings, baseline.Sources, candidate);
        RunOutcome newest = outcomes[^1];
        string report = ReportPath(newest);
        Reporter.Rendering.Report.Render(ReportFormat.Markdown, SideOfRuns.Candidate(candidate), comparison).Write(report);
        context.WriteLines(RunText.Lines(newest.Receipt));
        context.WriteLines(["", .. new[] { newest.Journal.ReceiptPath, newest.Journal.SamplesPath, report }.Select(context.Surroundings.Shown), ""]);
        return comparison;
    }

    private static string ReportPath(RunOutcome outcome) => Path.Combine(outcome.Journal.Folder, "report.md");

    private ExitCode Conclude(IReadOnlyList<RunOutcome> outcomes, BaselineChoice baseline, ComparisonResult? comparison)
    {
        if (comparison is null)
            TellUnpublished(outcomes, baseline);
        else
            ComparisonOutput.Write(context, comparison, outcomes[^1].Receipt.Suite, all: false, context.Surroundings.Shown(ReportPath(outcomes[^1])));
        if (comparison is { ExitCode: not 0 } && !request.FailOnRegressed)
            context.WriteLines("", "This run does not fail on it; with --fail-on regressed it would.");
        return request.FailOnRegressed ? (ExitCode)(comparison?.ExitCode ?? (int)ExitCode.Incomparable) : ExitCode.Done;
    }

    /// <summary>A receipt that would not verify, or a result that changed while it was timed, must not look like a success.</summary>
    private ExitCode Check(RunOutcome outcome)
    {
        string path = context.Surroundings.Shown(outcome.Journal.ReceiptPath);
        IReadOnlyList<Finding> findings = ReceiptVerification.Verify(outcome.Receipt);
        foreach (Finding finding in findings)
            context.Tell($"{path}: {FailureMapping.OneLine(finding.ToString())}");
        foreach (string workload in outcome.WrongResults)
            context.Tell($"{workload}: the output while it was timed was not the checked one; its figures mean nothing");
        return findings.Count > 0 ? ExitCode.VerificationFailed : outcome.WrongResults.Count > 0 ? ExitCode.WrongResult : ExitCode.Done;
    }

    /// <summary>Probes tell of the machine, they are not what is measured.</summary>
    private static int Measured(Receipt receipt) => receipt.Workloads.Count(workload => !workload.Id.StartsWith("probe/", StringComparison.Ordinal));

    private void TellUnpublished(IReadOnlyList<RunOutcome> outcomes, BaselineChoice baseline)
    {
        Receipt newest = outcomes[^1].Receipt;
        string receipts = string.Join(' ', outcomes.Select(outcome => ProgramName.Quoted(context.Surroundings.Shown(outcome.Journal.ReceiptPath))));
        context.WriteLines(
            $"No baseline for {newest.HostKey} ({context.Surroundings.Shown(baseline.Path)}): {Measured(newest)} measured, nothing compared.",
            $"To hold later runs against {(outcomes.Count == 1 ? "this one" : "these")}: {ProgramName.In(context.Surroundings)} baseline publish {receipts} --reason TEXT");
    }
}
