using System.CommandLine;
using BitNet.Perf.Cli.Settings;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>The options of <c>run</c>.</summary>
internal sealed class RunChoices
{
    private const string DefaultOutput = "artifacts";

    private readonly MeasuringOptions _measuring = new();
    private readonly SettingOption<int> _repeat = PerfSettings.Repeat.ToOption();
    private readonly SettingOption<TimeSpan> _pause = PerfSettings.Pause.ToOption();
    private readonly SettingOption<string> _baseline = PerfSettings.Baseline.ToOption();
    private readonly SettingOption<string> _baselines = PerfSettings.Baselines.ToOption();
    private readonly SettingOption<string> _failOn = PerfSettings.FailOn.ToOption();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the workloads and the predicted duration; measure and write nothing." };
    private readonly Option<string> _resume = new("--resume") { Description = "Go on with the interrupted run of this folder.", HelpName = "DIR" };
    private readonly Option<string> _out = new("--out") { Description = $"Folder for the results; without it one of the run's name in {DefaultOutput}.", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        _measuring.AddTo(command);
        foreach (Option option in new Option[] { _repeat, _pause, _baseline, _baselines, _failOn, _dryRun, _resume, _out })
            command.Add(option);
    }

    public RunRequest Read(CommandContext context)
    {
        string? resume = context.Value(_resume);
        if (resume is not null)
            RefuseBeside(context);
        string? folder = context.Value(_out);
        int repeat = resume is null ? context.Value(_repeat) : 1;
        return new RunRequest
        {
            Options = _measuring.Read(context) with
            {
                Output = context.Surroundings.Absolute(folder ?? DefaultOutput),
                Folder = folder is not null && repeat == 1 ? context.Surroundings.Absolute(folder) : null,
            },
            Repeat = repeat,
            Pause = context.Value(_pause),
            Baseline = context.Value(_baseline),
            Baselines = context.Surroundings.Openable(context.Value(_baselines)),
            FailOnRegressed = context.Value(_failOn) == "regressed",
            DryRun = context.Value(_dryRun),
            Resume = resume,
            // What a resumed run does not find in its folder.
            ComparisonArguments = [.. Typed(context, _baseline), .. Typed(context, _baselines), .. Typed(context, _failOn)],
        };
    }

    /// <summary>An interrupted run goes on as it was begun.</summary>
    private void RefuseBeside(CommandContext context)
    {
        Option[] begun = [.. _measuring.All, _repeat, _pause, _dryRun, _out];
        if (begun.FirstOrDefault(option => context.Parse.GetResult(option) is { Implicit: false }) is { } beside)
            throw CommandFailure.Usage($"--resume goes on with the run as it was begun; {beside.Name} cannot be changed");
    }

    private static IEnumerable<string> Typed(CommandContext context, SettingOption<string> option) =>
        context.Settings.IsTyped(option) ? [option.Name, context.Value(option)] : [];
}
