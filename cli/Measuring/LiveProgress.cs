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

    private const int BarWidth = 10;

    /// <summary>The bar, the percentage and the blanks between the columns.</summary>
    private const int BesideDescription = BarWidth + 4 + 2;

    private readonly ProgressContext _context;
    private readonly int _room;
    private readonly Stopwatch _drawn = Stopwatch.StartNew();
    private RunStage? _stage;
    private ProgressTask? _task;

    private LiveProgress(IAnsiConsole console, ProgressContext context)
        : base(console.WriteLine) => (_context, _room) = (context, console.Profile.Width - BesideDescription);

    /// <summary>Does the work with progress shown on stderr where that is a terminal.</summary>
    public static async Task<T> ShowAsync<T>(CommandContext context, Func<RunMessages, Task<T>> work)
    {
        if (Console(context) is not { } console)
            return await work(new RunMessages(context.Tell));
        return await console.Progress().AutoRefresh(false).AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new PercentageColumn())
            .StartAsync(progress => work(new LiveProgress(console, progress)));
    }

    /// <summary>Stderr where it is a terminal that can be drawn on; else null.</summary>
    public static IAnsiConsole? Console(CommandContext context)
    {
        if (!context.Terminal.ErrorIsTerminal || context.Surroundings.Variable("TERM") == "dumb")
            return null;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(context.Error),
            ColorSystem = Terminal.ColorWanted(context.Surroundings.Variable) ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        console.Profile.Capabilities.Unicode = context.Terminal.Unicode;
        return console;
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
        _task!.Description = Markup.Escape(Description(progress, _room));
        _task.Value = 100 * progress.Fraction;
        if (begins || _drawn.Elapsed > LeastInterval)
        {
            _context.Refresh();
            _drawn.Restart();
        }
    }

    /// <summary>One line; of a workload's id that does not fit the middle is left out, for its end tells it from its neighbours. What is left of the time stays.</summary>
    internal static string Description(RunProgress progress, int room)
    {
        string left = progress.Remaining is { TotalSeconds: >= 1 } remaining ? $", {FigureText.Duration(remaining)} left" : "";
        string title = Title(progress.Stage);
        if (progress.Stage is not (RunStage.Calibrating or RunStage.Measuring))
            return title + left;
        // "launch 1 of 3: ID" when measuring, else the id alone; that it is a kernel is of least news.
        string[] parts = progress.What.Split(": ");
        string lead = parts.Length > 1 ? parts[0] : title;
        string id = parts[^1].StartsWith("kernel/", StringComparison.Ordinal) ? parts[^1]["kernel/".Length..] : parts[^1];
        return $"{lead}: {WithoutMiddle(id, room - lead.Length - 2 - left.Length)}{left}";
    }

    public static string WithoutMiddle(string text, int room)
    {
        if (text.Length <= room)
            return text;
        int kept = Math.Max(0, room - 2), head = kept / 3;
        return $"{text[..head]}..{text[^(kept - head)..]}";
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
