using System.CommandLine;
using System.CommandLine.Parsing;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>The options of <c>run</c>, and of <c>gate</c>, which makes one run within a budget.</summary>
internal sealed class RunChoices
{
    private const string DefaultOutput = "artifacts";

    /// <summary>Of <c>gate</c>.</summary>
    private static readonly TimeSpan DefaultBudget = TimeSpan.FromMinutes(20);

    private readonly Setting<Suite> _suite;
    private readonly Setting<string> _baseline;
    private readonly bool _repeating;

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the workloads and the predicted duration; measure and write nothing." };
    private readonly Option<string> _resume = new("--resume") { Description = "Go on with the interrupted run of this folder.", HelpName = "DIR" };
    private readonly Option<string> _out = new("--out") { Description = $"Folder for the results; without it one of the run's name in {DefaultOutput}.", HelpName = "DIR" };

    /// <summary>What a run is begun with; none of it can be changed when it goes on.</summary>
    private readonly Option[] _begun;

    /// <summary>What it is held against; a resumed run takes it anew.</summary>
    private readonly Option[] _comparison;

    private RunChoices(Setting<Suite> suite, Setting<string> baseline, Setting[] begun, params Setting[] comparison)
    {
        (_suite, _baseline, _repeating) = (suite, baseline, begun.Contains(PerfSettings.Repeat));
        _begun = [.. MeasuringOptions.Create(suite), .. begun.Select(setting => setting.ToOption()), _dryRun, _out];
        _comparison = [baseline.ToOption(), .. comparison.Select(setting => setting.ToOption())];
    }

    public static RunChoices OfRun() =>
        new(PerfSettings.Suite, PerfSettings.Baseline, [PerfSettings.Repeat, PerfSettings.Pause], PerfSettings.Baselines, PerfSettings.FailOn);

    public static RunChoices OfGate() => new(
        PerfSettings.Suite.Otherwise(Suite.Gate, "Workloads to measure; gate unless given."),
        PerfSettings.Baseline.Otherwise(BaselineChoice.Auto, "What to compare with: receipts of several runs (a folder of them), or a baseline; auto is the stored baseline of this host and suite.", "PATH|auto"),
        [PerfSettings.Budget], PerfSettings.Baselines, PerfSettings.Threshold, PerfSettings.AllowUndecided);

    public void AddTo(Command command)
    {
        foreach (Option option in _begun.Concat(_comparison).Append(_resume))
            command.Add(option);
    }

    public RunRequest Read(CommandContext context)
    {
        string? resume = context.Value(_resume);
        if (resume is not null)
            RefuseBeside(context);
        string? folder = context.Value(_out);
        int repeat = _repeating && resume is null ? context.Value(PerfSettings.Repeat) : 1;
        return new RunRequest
        {
            Options = MeasuringOptions.Read(context, _suite) with
            {
                Output = context.Surroundings.Absolute(folder ?? DefaultOutput),
                Budget = _repeating ? null : context.Value(PerfSettings.Budget) ?? DefaultBudget,
                Folder = folder is not null && repeat == 1 ? context.Surroundings.Absolute(folder) : null,
            },
            Repeat = repeat,
            Pause = context.Value(PerfSettings.Pause),
            Baseline = context.Value(_baseline),
            Baselines = context.Surroundings.Openable(context.Value(PerfSettings.Baselines)),
            FailOnRegressed = context.Value(PerfSettings.FailOn) == "regressed",
            DryRun = context.Value(_dryRun),
            Resume = resume,
            // What a resumed run does not find in its folder.
            ComparisonArguments = [.. _comparison.Select(context.Parse.GetResult).OfType<OptionResult>().Where(result => !result.Implicit)
                .SelectMany(result => result.Tokens.Select(token => token.Value).Prepend(result.Option.Name))],
        };
    }

    private void RefuseBeside(CommandContext context)
    {
        if (_begun.FirstOrDefault(option => context.Parse.GetResult(option) is { Implicit: false }) is { } beside)
            throw CommandFailure.Usage($"--resume goes on with the run as it was begun; {beside.Name} cannot be changed");
    }
}
