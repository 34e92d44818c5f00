using System.Diagnostics;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Display;
using Spectre.Console;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>A bar for each stage of a run: what, how far, how long still. Only on a terminal; else nothing but <see cref="RunMessages"/>.
/// Drawn when a workload begins and never by a timer: the processor that draws is one of those that are measured.</summary>
internal sealed class LiveProgress : RunMessages
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(200);

    private readonly ProgressContext _context;
    private readonly Stopwatch _drawn = Stopwatch.StartNew();
    private RunStage? _stage;
    private ProgressTask? _task;

    private LiveProgress(IAnsiConsole console, ProgressContext context)
        : base(console.WriteLine) => _context = context;

    /// <summary>Does the work with progress shown on stderr where that is a terminal.</summary>
    public static async Task<T> ShowAsync<T>(CommandContext context, Func<IRunProgress, Task<T>> work)
    {
        if (!context.Terminal.ErrorIsTerminal || context.Surroundings.Variable("TERM") == "dumb")
            return await work(new RunMessages(context.Tell));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(context.Error),
            ColorSystem = Terminal.ColorWanted(context.Surroundings.Variable) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        console.Profile.Capabilities.Unicode = context.Terminal.Unicode;
        return await console.Progress().AutoRefresh(false).AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn())
            .StartAsync(progress => work(new LiveProgress(console, progress)));
    }

    public override void Report(RunProgress progress)
    {
        base.Report(progress);
        bool begins = _task is null || _stage != progress.Stage;
        if (begins)
        {
            _task?.Increment(100);
            _stage = progress.Stage;
            _task = _context.AddTask(Markup.Escape(Title(progress.Stage)));
        }
        _task!.Description = Markup.Escape(Description(progress));
        _task.Value = 100 * progress.Fraction;
        if (begins || _drawn.Elapsed > LeastInterval)
        {
            _context.Refresh();
            _drawn.Restart();
        }
    }

    internal static string Description(RunProgress progress)
    {
        string left = progress.Remaining is { TotalSeconds: >= 1 } remaining ? $", {FigureText.Duration(remaining)} left" : "";
        return progress.Stage is RunStage.Calibrating or RunStage.Measuring ? $"{Title(progress.Stage)} {progress.What}{left}" : $"{Title(progress.Stage)}{left}";
    }

    private static string Title(RunStage stage) => stage switch
    {
        RunStage.MakingModel => "making the model",
        RunStage.HashingModel => "reading the model",
        RunStage.Calibrating => "checking",
        RunStage.Measuring => "measuring",
        RunStage.Writing => "writing",
        _ => stage.ToString(),
    };
}
