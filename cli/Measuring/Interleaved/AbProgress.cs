using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using Spectre.Console;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>What an interleaved run shows on a terminal: where it stands, and how the interval of each workload narrows. Drawn between launches only: the
/// processor that draws is one of those that are measured.</summary>
internal sealed class AbProgress : AbMessages
{
    /// <summary>Lines that stay free for the prompt and messages.</summary>
    private const int Spare = 3;

    private readonly IAnsiConsole _console;
    private readonly LiveDisplayContext _display;
    private readonly PairedJudge _judge;
    private IReadOnlyList<WorkloadComparison> _rows = [];

    private AbProgress(IAnsiConsole console, LiveDisplayContext display, PairedJudge judge)
        : base(console.WriteLine) => (_console, _display, _judge) = (console, display, judge);

    /// <summary>Does the work with progress shown on stderr where that is a terminal.</summary>
    public static async Task<T> ShowAsync<T>(CommandContext context, PairedJudge judge, Func<IInterleavedProgress, Task<T>> work)
    {
        if (LiveProgress.Console(context) is not { } console)
            return await work(new AbMessages(context.Tell));
        return await console.Live(new Text("")).AutoClear(true).StartAsync(display => work(new AbProgress(console, display, judge)));
    }

    public override void Report(RunProgress progress)
    {
        base.Report(progress);
        Draw(LiveProgress.Description(progress, _console.Profile.Width));
    }

    public override void Begins(BlockProgress progress) => Draw(AbProgressLines.Heading(progress));

    public override void Measured(Sides<Receipt> soFar) => _rows = _judge.SoFar(soFar).Workloads;

    private void Draw(string heading)
    {
        IEnumerable<string> lines = AbProgressLines.Rows(_rows, _console.Profile.Width, _console.Profile.Height - Spare).Prepend(heading);
        _display.UpdateTarget(new Rows(lines.Select(line => new Text(line))));
    }
}
