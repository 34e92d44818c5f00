using System.CommandLine;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Cli.Commands;
using BitNet.Perf.Cli.Settings;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>The options of <c>ab</c>.</summary>
internal sealed class AbChoices
{
    private const string DefaultOutput = "artifacts";

    /// <summary>What a pair of launches measures unless told otherwise: end to end a launch takes three times as long.</summary>
    private const string DefaultFilter = "kernel/**";

    private static readonly Setting[] Measured = [PerfSettings.Suite, PerfSettings.Filter, PerfSettings.Model, PerfSettings.Threads];
    private static readonly Setting[] Comparison = [PerfSettings.Threshold, PerfSettings.AllowUndecided];

    private readonly AbSidesOptions _sides = new();
    private readonly Option<string> _resume = new("--resume") { Description = "Go on with the interrupted run of this folder.", HelpName = "DIR" };
    private readonly Option<string> _out = new("--out") { Description = $"Folder for the results; without it one of the run's name in {DefaultOutput}.", HelpName = "DIR" };
    private readonly Option<bool> _all = new("--all") { Description = "Show every workload, those without a change too." };
    private readonly Option<bool> _json = SharedOptions.Json();

    /// <summary>What a run is begun with; none of it can be changed when it goes on.</summary>
    private readonly Option[] _begun;

    public AbChoices() => _begun =
        [.. _sides.All, PerfSettings.Pairs.ToOption(), PerfSettings.Budget.ToOption(), .. Measured.Select(setting => setting.ToOption()), _out];

    public void AddTo(Command command)
    {
        foreach (Option option in _begun.Concat(Comparison.Select(setting => setting.ToOption())).Concat([_all, _resume, _json]))
            command.Add(option);
    }

    public AbRequest Read(CommandContext context)
    {
        string? resume = context.Value(_resume);
        if (resume is not null && _begun.FirstOrDefault(option => context.Parse.GetResult(option) is { Implicit: false }) is { } beside)
            throw CommandFailure.Usage($"--resume goes on with the run as it was begun; {beside.Name} cannot be changed");
        AbSides? sides = resume is null ? _sides.Read(context) : null;
        string? folder = context.Value(_out);
        return new AbRequest
        {
            Options = new InterleavedOptions
            {
                Measuring = Of(sides, context) with { Output = context.Surroundings.Absolute(DefaultOutput) },
                Pairs = context.Value(PerfSettings.Pairs),
                Budget = context.Value(PerfSettings.Budget),
                Folder = folder is null ? null : context.Surroundings.Absolute(folder),
            },
            Sides = sides,
            Resume = resume,
            Json = context.Value(_json),
            All = context.Value(_all),
            ComparisonArguments = [.. Comparison.Where(context.Settings.IsTyped).SelectMany(setting => Typed(context, setting))],
        };
    }

    private static RunOptions Of(AbSides? sides, CommandContext context) => sides?.Kind switch
    {
        null => new RunOptions(),
        SideKind.Command => OfCommands(context),
        _ => Measuring(context),
    };

    /// <summary>Of what commands print, only the workloads can be chosen.</summary>
    private static RunOptions OfCommands(CommandContext context)
    {
        if (Measured.FirstOrDefault(setting => setting != PerfSettings.Filter && context.Settings.IsTyped(setting)) is { } beside)
            throw CommandFailure.Usage($"{beside.OptionName} does not reach a command; put it into the command line");
        return new RunOptions { Filters = context.Value(PerfSettings.Filter) };
    }

    private static RunOptions Measuring(CommandContext context)
    {
        RunOptions options = MeasuringOptions.Read(context);
        return options.Filters.Count == 0 && !context.Settings.IsTyped(PerfSettings.Suite) ? options with { Filters = [DefaultFilter] } : options;
    }

    private static IEnumerable<string> Typed(CommandContext context, Setting setting) =>
        context.Parse.GetResult(setting.OptionName) is System.CommandLine.Parsing.OptionResult result ? [setting.OptionName, .. result.Tokens.Select(token => token.Value)] : [];
}
