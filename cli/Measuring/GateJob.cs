using System.Runtime.InteropServices;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>Measure, measure on what is open, compare, decide.</summary>
internal sealed class GateJob(CommandContext context, RunRequest request, RunEnvironment environment)
{
    public async Task<ExitCode> RunAsync()
    {
        if (request.DryRun)
            return DryRun();
        IReadOnlyList<ReceiptSource> baseline = [];
        var measurement = new SingleRun(context, request, environment, progress => new LookJudge(
            soFar => Comparing.Compare(context.Settings, baseline, [new ReceiptSource(soFar.Run, soFar)]), progress.Tell));
        baseline = Baseline(measurement);
        if (await measurement.MeasureAsync() is not { } outcome)
            return ExitCode.Interrupted;
        var results = new RunResults(context);
        ExitCode check = results.Check(outcome);
        ReceiptSource candidate = results.Source(outcome);
        ComparisonResult comparison = Comparing.Compare(context.Settings, baseline, [candidate]);
        results.Write(outcome, [candidate], comparison);
        ComparisonOutput.Write(context, comparison, NextSteps.Selection(outcome.Receipt), all: false, context.Surroundings.Shown(RunResults.ReportPath(outcome)));
        return ExitCodes.First([check, (ExitCode)comparison.ExitCode]);
    }

    private ExitCode DryRun()
    {
        var preview = RunPreview.Of(request.Options, environment);
        context.WriteLines(PreviewText.Workloads(preview));
        context.WriteLines("", PreviewText.Duration(preview, repeat: 1),
            $"then, up to {FigureText.Duration(request.Options.Budget!.Value)} in all, further launches of what is suspicious or undecided");
        return ExitCode.Done;
    }

    /// <summary>What makes a decision impossible is told of before minutes of measuring, not after.</summary>
    private IReadOnlyList<ReceiptSource> Baseline(SingleRun measurement)
    {
        if (request.Baseline == BaselineChoice.None)
            throw CommandFailure.Usage($"--baseline: \"{BaselineChoice.None}\"; gate needs one: expected a path or {BaselineChoice.Auto}");
        string here = HostKey.From(environment.Host, RuntimeInformation.FrameworkDescription), suite = measurement.Suite();
        _ = Comparing.Options(context.Settings, here);
        var choice = BaselineChoice.Read(context, request.Baseline, request.Baselines, here, suite);
        if (choice.Sources.Count == 0)
        {
            throw new CommandFailure(ExitCode.Incomparable,
                $"no baseline for {here} ({context.Surroundings.Shown(choice.Path)}); make one of several runs: {ProgramName.In(context.Surroundings)} run --suite {suite} --repeat 5 --pause 30m, then baseline publish");
        }
        var side = SideOfRuns.Baseline(choice.Sources, context.Value(PerfSettings.AllowIncomplete));
        if (side.Sources.FirstOrDefault(source => source.Receipt.HostKey != here) is { } other)
            throw new CommandFailure(ExitCode.Incomparable, $"{other.Path}: measured on {other.Receipt.HostKey}; this host is {here}, and no figure is compared across hosts");
        ThresholdPatterns.Require(context.Settings.File, [.. side.WorkloadIds, .. measurement.WorkloadIds()]);
        return choice.Sources;
    }
}
