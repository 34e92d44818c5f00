using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>Measures this build again and again with time between, compares it with itself, and stores what that shows of the host. Every run is kept as it
/// is done, so that an interrupted calibration goes on from its folder.</summary>
internal sealed class CalibrationJob(CommandContext context, CalibrationRequest request, RunEnvironment environment)
{
    public async Task<ExitCode> RunAsync(bool json)
    {
        (List<ReceiptSource> runs, IReadOnlyList<ReceiptSource> interleaved) = Before();
        if (runs.Count > 0 && runs.Count < request.Runs)
            RequireSameBuild(runs[^1]);
        while (runs.Count < request.Runs)
        {
            if (runs.Count > 0)
                await PauseAsync(runs);
            if (await MeasureAsync() is not { } run)
                return Interrupted(runs.Count);
            runs.Add(run);
        }
        Calibration calibration = CalibrationEstimate.Of(runs, Pairs(interleaved), Options(), DateTimeOffset.UtcNow);
        string path = CalibrationFile.PathOf(context.Surroundings.Openable(context.Value(PerfSettings.Baselines)), calibration.HostKey);
        calibration = CalibrationFile.Write(path, calibration);
        if (json)
            context.Out.WriteLine(CalibrationFile.Text(calibration));
        else
            context.WriteLines([.. CalibrationText.Lines(calibration), "", context.Surroundings.Shown(path)]);
        return ExitCode.Done;
    }

    /// <summary>Complete runs of the folder, oldest first, and receipts of interleaved comparisons; an incomplete run does not count.</summary>
    private (List<ReceiptSource> Runs, IReadOnlyList<ReceiptSource> Interleaved) Before()
    {
        if (!request.Continued)
        {
            if (Directory.Exists(request.Folder) && Directory.EnumerateFileSystemEntries(request.Folder).Any())
                throw CommandFailure.Usage($"{context.Surroundings.Shown(request.Folder)} is not empty; go on with its runs by --from, or name another folder by --out");
            return ([], []);
        }
        ILookup<bool, ReceiptSource> found = ReceiptSources.Read([request.Folder]).Where(source => source.Receipt.Status == RunStatus.Complete)
            .OrderBy(source => source.Receipt.CreatedUtc).Select(source => new ReceiptSource(context.Surroundings.Shown(source.Path), source.Receipt))
            .ToLookup(source => source.Receipt.Interleaving is not null);
        return ([.. found[false]], [.. found[true]]);
    }

    /// <summary>What would be refused after hours of measuring is refused before.</summary>
    private void RequireSameBuild(ReceiptSource before)
    {
        BuildDescription build = BuildProbe.Describe(environment.Variables);
        Receipt receipt = before.Receipt;
        if (receipt.Build.Commit != build.Commit || receipt.Build.Dirty != build.Dirty)
            throw CommandFailure.BadInput($"{before.Path}: measured by build {receipt.Build.Commit ?? "unknown"}; this is {build.Commit ?? "unknown"}, and a calibration compares one build with itself");
        if (receipt.Suite != request.Options.Suite.Name || !receipt.Filters.SequenceEqual(request.Options.Filters))
            throw CommandFailure.BadInput($"{before.Path}: measured with --suite {receipt.Suite}{string.Concat(receipt.Filters.Select(filter => $" --filter '{filter}'"))}; expected the same options again");
    }

    private async Task PauseAsync(IReadOnlyList<ReceiptSource> runs)
    {
        TimeSpan left = runs[^1].Receipt.CreatedUtc + request.Pause - DateTimeOffset.UtcNow;
        context.Tell($"run {runs.Count} of {request.Runs} is done; the next one begins in {FigureText.Duration(left > TimeSpan.Zero ? left : TimeSpan.Zero)}");
        if (left > TimeSpan.Zero)
            await Task.Delay(left, context.Cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <returns>Null when interrupted.</returns>
    private async Task<ReceiptSource?> MeasureAsync()
    {
        try
        {
            context.Cancellation.ThrowIfCancellationRequested();
            RunOutcome outcome = await LiveProgress.ShowAsync(context, progress => MeasurementRun.ExecuteAsync(request.Options, environment, progress, context.Cancellation));
            if (outcome.Receipt.Status != RunStatus.Complete)
                return null;
            string path = context.Surroundings.Shown(outcome.Journal.ReceiptPath);
            ReceiptVerification.Require(outcome.Receipt, path);
            return outcome.WrongResults.Count == 0
                ? new ReceiptSource(path, outcome.Receipt)
                : throw new CommandFailure(ExitCode.WrongResult, $"{outcome.WrongResults[0]}: the output while it was timed was not the checked one; its figures mean nothing");
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private ExitCode Interrupted(int done)
    {
        context.Tell($"interrupted: {done} of {request.Runs} runs are complete");
        if (done > 0)
        {
            string[] arguments = ["doctor", "--calibrate", "--from", context.Surroundings.Shown(request.Folder), .. request.Again];
            context.Tell($"go on with: {ProgramName.In(context.Surroundings)} {string.Join(' ', arguments.Select(ProgramName.Quoted))}");
        }
        return ExitCode.Interrupted;
    }

    private ComparisonOptions Options() => new()
    {
        Threshold = context.Value(PerfSettings.Threshold),
        Thresholds = [.. context.Settings.File.Thresholds.Select(rule => new ThresholdRule(rule.Pattern, rule.Threshold))],
    };

    /// <summary>Both sides of each interleaved comparison of one build with itself.</summary>
    private IReadOnlyList<ComparisonResult> Pairs(IReadOnlyList<ReceiptSource> interleaved) =>
    [
        .. interleaved.Where(source => source.Receipt.Interleaving!.Side == InterleavedSide.Base)
            .Select(first => (Base: first, Head: interleaved.FirstOrDefault(other => other.Receipt.Run == first.Receipt.Interleaving!.Partner)))
            .Where(pair => pair.Head is { } head && head.Receipt.Build.Commit == pair.Base.Receipt.Build.Commit)
            .Select(pair => PairedComparison.Compare(SideOfRuns.Baseline([pair.Base]), SideOfRuns.Candidate([pair.Head!]), Options())),
    ];
}
