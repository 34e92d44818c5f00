using System.CommandLine;
using BitNet.Perf.Cli.Settings;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>The options of <c>run</c>.</summary>
internal sealed class RunChoices
{
    private const string DefaultOutput = "artifacts";

    private static readonly Setting[] Repeating = [PerfSettings.Repeat, PerfSettings.Pause];
    private static readonly Setting<string>[] Comparison = [PerfSettings.Baseline, PerfSettings.Baselines, PerfSettings.FailOn];

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the workloads and the predicted duration; measure and write nothing." };
    private readonly Option<string> _resume = new("--resume") { Description = "Go on with the interrupted run of this folder.", HelpName = "DIR" };
    private readonly Option<string> _out = new("--out") { Description = $"Folder for the results; without it one of the run's name in {DefaultOutput}.", HelpName = "DIR" };

    /// <summary>What a run is begun with; none of it can be changed when it goes on.</summary>
    private readonly Option[] _begun;

    public RunChoices() => _begun = [.. MeasuringOptions.Create(), .. Repeating.Select(setting => setting.ToOption()), _dryRun, _out];

    public void AddTo(Command command)
    {
        foreach (Option option in _begun.Concat(Comparison.Select(setting => setting.ToOption())).Append(_resume))
            command.Add(option);
    }

    public RunRequest Read(CommandContext context)
    {
        string? resume = context.Value(_resume);
        if (resume is not null)
            RefuseBeside(context);
        string? folder = context.Value(_out);
        int repeat = resume is null ? context.Value(PerfSettings.Repeat) : 1;
        return new RunRequest
        {
            Options = MeasuringOptions.Read(context) with
            {
                Output = context.Surroundings.Absolute(folder ?? DefaultOutput),
                Folder = folder is not null && repeat == 1 ? context.Surroundings.Absolute(folder) : null,
            },
            Repeat = repeat,
            Pause = context.Value(PerfSettings.Pause),
            Baseline = context.Value(PerfSettings.Baseline),
            Baselines = context.Surroundings.Openable(context.Value(PerfSettings.Baselines)),
            FailOnRegressed = context.Value(PerfSettings.FailOn) == "regressed",
            DryRun = context.Value(_dryRun),
            Resume = resume,
            // What a resumed run does not find in its folder.
            ComparisonArguments = [.. Comparison.Where(context.Settings.IsTyped).SelectMany(setting => new[] { setting.OptionName, context.Value(setting) })],
        };
    }

    private void RefuseBeside(CommandContext context)
    {
        if (_begun.FirstOrDefault(option => context.Parse.GetResult(option) is { Implicit: false }) is { } beside)
            throw CommandFailure.Usage($"--resume goes on with the run as it was begun; {beside.Name} cannot be changed");
    }
}
