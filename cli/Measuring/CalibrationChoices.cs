using System.CommandLine;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Measuring;

/// <param name="Runs">Runs to have in the end.</param>
/// <param name="Pairs">Most pairs of launches of an interleaved comparison beside each run; null for none.</param>
/// <param name="Folder">Where they lie, or will.</param>
/// <param name="Continued">Whether runs of it count that are there already.</param>
/// <param name="Again">The options as typed, for going on after an interruption.</param>
internal sealed record CalibrationRequest(RunOptions Options, int Runs, int? Pairs, TimeSpan Pause, string Folder, bool Continued, IReadOnlyList<string> Again);

/// <summary>The options of <c>doctor --calibrate</c>.</summary>
internal sealed class CalibrationChoices
{
    private const int DefaultRuns = 6;
    private const string DefaultFolder = "artifacts/calibration";
    private static readonly TimeSpan DefaultPause = TimeSpan.FromMinutes(10);

    private readonly Option<int> _runs = new("--runs") { Description = $"Runs of this build to compare with each other; {DefaultRuns} unless given, {CalibrationEstimate.LeastRuns} at least.", HelpName = "N", DefaultValueFactory = _ => DefaultRuns };
    private readonly Option<int?> _pairs = new("--pairs") { Description = "Before each run also compare this build with itself as ab does, with at most so many pairs of launches; not done unless given.", HelpName = "N" };
    private readonly Option<string> _out = new("--out") { Description = $"New folder for the runs; {DefaultFolder} unless given.", HelpName = "DIR" };
    private readonly Option<string> _from = new("--from") { Description = "Folder of runs made before: they count, and only those still lacking are measured. Receipts of ab in it count as interleaved comparisons.", HelpName = "DIR" };
    private readonly Option[] _measuring;

    public CalibrationChoices() => _measuring = [_runs, _pairs, PerfSettings.Pause.ToOption(), .. MeasuringOptions.Create(), PerfSettings.Baselines.ToOption()];

    public void AddTo(Command command)
    {
        foreach (Option option in _measuring.Append(_out).Append(_from))
            command.Add(option);
    }

    public CalibrationRequest Read(CommandContext context)
    {
        int runs = context.Value(_runs);
        if (runs is < CalibrationEstimate.LeastRuns or > 100)
            throw CommandFailure.Usage($"--runs: {runs}; expected a whole number from {CalibrationEstimate.LeastRuns} to 100");
        int? pairs = context.Value(_pairs);
        if (pairs is < 1 or > 1000)
            throw CommandFailure.Usage($"--pairs: {pairs}; expected a whole number from 1 to 1000");
        (string? folder, string? from) = (context.Value(_out), context.Value(_from));
        if (folder is not null && from is not null)
            throw CommandFailure.Usage("--out names a new folder and --from one that is there; expected one of them");
        TimeSpan pause = context.Value(PerfSettings.Pause);
        string chosen = context.Surroundings.Absolute(from ?? folder ?? DefaultFolder);
        return new CalibrationRequest(MeasuringOptions.Read(context) with { Output = chosen }, runs, pairs, pause > TimeSpan.Zero ? pause : DefaultPause, chosen, from is not null, Again(context));
    }

    /// <summary>They say nothing about a diagnosis.</summary>
    public void RefuseAll(CommandContext context)
    {
        if (_measuring.Append(_out).Append(_from).FirstOrDefault(option => option.Name != PerfSettings.Baselines.OptionName && context.Parse.GetResult(option) is { Implicit: false }) is { } stray)
            throw CommandFailure.Usage($"{stray.Name} belongs to --calibrate, which is not given");
    }

    private string[] Again(CommandContext context) =>
        [.. _measuring.Select(option => context.Parse.GetResult(option)).Where(result => result is { Implicit: false })
            .SelectMany(result => result!.Tokens.Select(token => token.Value).Prepend(result.Option.Name))];
}
