using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>Measures this build again and again with time between, compares it with itself, and stores what that shows of the host. Every run is kept as it
/// is done, so that an interrupted calibration goes on from its folder.</summary>
internal sealed class CalibrationJob(CommandContext context, CalibrationRequest request, RunEnvironment environment)
{
    private readonly List<ReceiptSource> _runs = [];

    /// <summary>Both sides of each comparison of this build with itself whose launches alternated.</summary>
    private readonly List<(ReceiptSource Base, ReceiptSource Head)> _interleaved = [];

    private bool Done => _runs.Count >= request.Runs && (request.Pairs is null || _interleaved.Count >= request.Runs);

    /// <summary>Shorter pauses show next to nothing of what a host does between runs.</summary>
    private static readonly TimeSpan ShortPause = TimeSpan.FromMinutes(1);

    public async Task<ExitCode> RunAsync(bool json)
    {
        ReadBefore();
        RequireOneBuild([.. _runs, .. _interleaved.SelectMany(pair => new[] { pair.Base, pair.Head })]);
        if (!Done && request.Pause < ShortPause)
            context.Tell("--pause is under a minute; a calibration serves only comparisons of runs no further apart in time than it spans, and longer pauses make it worth more");
        if (!await MeasureAsync())
            return Interrupted();
        Calibration calibration = CalibrationEstimate.Of(_runs, _interleaved, Comparing.Options(context.Settings), DateTimeOffset.UtcNow);
        string path = CalibrationFile.PathOf(context.Surroundings.Openable(context.Value(PerfSettings.Baselines)), calibration.HostKey);
        calibration = CalibrationFile.Write(path, calibration);
        if (json)
            context.Out.WriteLine(CalibrationFile.Text(calibration));
        else
            context.WriteLines([.. CalibrationText.Lines(calibration), "", context.Surroundings.Shown(path)]);
        return ExitCode.Done;
    }

    /// <returns>False when interrupted.</returns>
    private async Task<bool> MeasureAsync()
    {
        var measurement = new CalibrationMeasurement(context, request, environment);
        while (!Done)
        {
            if (_runs.Count > 0)
                await PauseAsync();
            if (request.Pairs is { } pairs && _interleaved.Count < request.Runs)
            {
                if (await measurement.PairsAsync(pairs) is not { } sides)
                    return false;
                _interleaved.Add((sides[0], sides[1]));
            }
            if (_runs.Count < request.Runs)
            {
                if (await measurement.RunAsync() is not { } run)
                    return false;
                _runs.Add(run);
            }
        }
        return true;
    }

    /// <summary>Complete runs of the folder, oldest first, and interleaved comparisons; an incomplete run does not count.</summary>
    private void ReadBefore()
    {
        if (!request.Continued)
        {
            if (Directory.Exists(request.Folder) && Directory.EnumerateFileSystemEntries(request.Folder).Any())
                throw CommandFailure.Usage($"{context.Surroundings.Shown(request.Folder)} is not empty; go on with its runs by --from, or name another folder by --out");
            return;
        }
        ReceiptSource[] found =
        [
            .. ReceiptSources.Read([request.Folder]).Where(source => source.Receipt.Status == RunStatus.Complete).OrderBy(source => source.Receipt.CreatedUtc)
                .Select(source => new ReceiptSource(context.Surroundings.Shown(source.Path), source.Receipt)),
        ];
        _runs.AddRange(found.Where(source => source.Receipt.Interleaving is null));
        foreach (ReceiptSource first in found.Where(source => source.Receipt.Interleaving?.Side == InterleavedSide.Base))
        {
            if (found.FirstOrDefault(other => other.Receipt.Run == first.Receipt.Interleaving!.Partner) is { } second)
                _interleaved.Add((first, second));
        }
    }

    /// <summary>What would be refused after hours of measuring is refused before.</summary>
    private void RequireOneBuild(IReadOnlyList<ReceiptSource> before)
    {
        if (before.Count == 0)
            return;
        OneBuild[] builds = [.. before.Select(source => OneBuild.Of(source, Path.GetDirectoryName(context.Surroundings.Absolute(source.Path))!))];
        if (Array.FindIndex(builds, build => build != builds[0]) is var other and >= 0)
            throw CommandFailure.BadInput($"{before[other].Path}: another build than {before[0].Path}; a calibration compares one build with itself");
        if (Done)
            return;
        OneBuild here = OneBuild.Here(BuildProbe.Describe(environment.Variables));
        if (builds[0] != here)
            throw CommandFailure.BadInput($"{before[0].Path}: measured by build {builds[0]}; this is another one, {here}, and a calibration compares one build with itself");
        Receipt receipt = before[0].Receipt;
        if (receipt.Suite != request.Options.Suite.Name || !receipt.Filters.SequenceEqual(request.Options.Filters))
            throw CommandFailure.BadInput($"{before[0].Path}: measured with --suite {receipt.Suite}{string.Concat(receipt.Filters.Select(filter => $" --filter '{filter}'"))}; expected the same options again");
    }

    /// <summary>Until so much time has passed since the newest run; ends early when interrupted, which the next measurement tells.</summary>
    private async Task PauseAsync()
    {
        TimeSpan left = _runs[^1].Receipt.CreatedUtc + request.Pause - DateTimeOffset.UtcNow;
        if (left < TimeSpan.Zero)
            left = TimeSpan.Zero;
        context.Tell($"run {_runs.Count} of {request.Runs} is done; the next one begins in {FigureText.Duration(left)}");
        await Task.Delay(left, context.Cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private ExitCode Interrupted()
    {
        context.Tell($"interrupted: {_runs.Count} of {request.Runs} runs are complete");
        if (_runs.Count > 0)
        {
            string[] arguments = ["doctor", "--calibrate", "--from", context.Surroundings.Shown(request.Folder), .. request.Again];
            context.Tell($"go on with: {ProgramName.In(context.Surroundings)} {string.Join(' ', arguments.Select(ProgramName.Quoted))}");
        }
        return ExitCode.Interrupted;
    }
}
