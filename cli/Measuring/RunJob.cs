using System.Runtime.InteropServices;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Receipts.Schema;
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
        var measurement = new SingleRun(context, request, environment);
        var results = new RunResults(context);
        // A baseline, acceptance, calibration or threshold that cannot be used is told of before minutes of measuring, not after.
        BaselineChoice baseline = BaselineChoice.Read(context, request.Baseline, request.Baselines, HostKeyHere, measurement.Suite());
        if (baseline.Sources.Count > 0)
        {
            _ = Comparing.Options(context.Settings, HostKeyHere);
            ThresholdPatterns.Require(context.Settings.File, [.. baseline.Sources.SelectMany(source => source.Receipt.Workloads).Select(workload => workload.Id), .. measurement.WorkloadIds()]);
        }
        var outcomes = new List<RunOutcome>();
        var codes = new List<ExitCode>();
        ComparisonResult? comparison = null;
        for (int i = 0; i < request.Repeat; i++)
        {
            if (i > 0)
                await PauseAsync(i);
            if (await measurement.MeasureAsync() is not { } outcome)
                return ExitCode.Interrupted;
            outcomes.Add(outcome);
            codes.Add(results.Check(outcome));
            comparison = Report(results, outcomes, baseline);
        }
        if (baseline.Wanted)
            codes.Add(Conclude(outcomes, baseline, comparison));
        return ExitCodes.First(codes);
    }

    private string HostKeyHere => HostKey.From(environment.Host, RuntimeInformation.FrameworkDescription);

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

    /// <summary>Writes the report of the newest run, which speaks of all so far, and tells of it.</summary>
    private ComparisonResult? Report(RunResults results, IReadOnlyList<RunOutcome> outcomes, BaselineChoice baseline)
    {
        ReceiptSource[] candidate = [.. outcomes.Select(results.Source)];
        ComparisonResult? comparison = baseline.Sources.Count == 0 ? null : Comparing.Compare(context.Settings, baseline.Sources, candidate);
        results.Write(outcomes[^1], candidate, comparison);
        return comparison;
    }

    private ExitCode Conclude(IReadOnlyList<RunOutcome> outcomes, BaselineChoice baseline, ComparisonResult? comparison)
    {
        if (comparison is null)
            TellUnpublished(outcomes, baseline);
        else
            ComparisonOutput.Write(context, comparison, NextSteps.Selection(outcomes[^1].Receipt), all: false, context.Surroundings.Shown(RunResults.ReportPath(outcomes[^1])));
        // Another result is an error whatever the time, and no matter of choice.
        if (comparison is { ExitCode: (int)ExitCode.WrongResult })
            return ExitCode.WrongResult;
        if (comparison is { ExitCode: not 0 } && !request.FailOnRegressed)
            context.WriteLines("", "This run does not fail on it; with --fail-on regressed it would.");
        return request.FailOnRegressed ? (ExitCode)(comparison?.ExitCode ?? (int)ExitCode.Incomparable) : ExitCode.Done;
    }

    /// <summary>Probes tell of the machine, they are not what is measured.</summary>
    private static int Measured(Receipt receipt) => receipt.Workloads.Count(workload => !WorkloadId.IsProbe(workload.Id));

    private void TellUnpublished(IReadOnlyList<RunOutcome> outcomes, BaselineChoice baseline)
    {
        Receipt newest = outcomes[^1].Receipt;
        string receipts = string.Join(' ', outcomes.Select(outcome => ProgramName.Quoted(context.Surroundings.Shown(outcome.Journal.ReceiptPath))));
        context.WriteLines(
            $"No baseline for {newest.HostKey} ({context.Surroundings.Shown(baseline.Path)}): {Measured(newest)} measured, nothing compared.",
            $"To hold later runs against {(outcomes.Count == 1 ? "this one" : "these")}: {ProgramName.In(context.Surroundings)} baseline publish {receipts} --reason TEXT");
    }
}
