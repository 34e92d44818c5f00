using System.Runtime.InteropServices;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>Plans of both commands: each is called once, which warms it up and shows what it measures and how long it takes.</summary>
internal sealed class CommandsPlanning(RunOptions options, Sides<string> lines, RunEnvironment environment, IInterleavedProgress progress) : IContestantsPlanning
{
    /// <summary>A first call may build or download something.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    public static string Runtime => RuntimeInformation.FrameworkDescription;

    public async Task<PlannedContestants> PlanAsync(DateTimeOffset started, long seed, Action<int, IReadOnlyCollection<string>> known, CancellationToken cancellationToken)
    {
        var first = new Sides<(IReadOnlyList<SampleRow> Rows, double Seconds)>(
            await FirstCallAsync(Sides<string>.BaseName, lines.Base, cancellationToken), await FirstCallAsync(Sides<string>.HeadName, lines.Head, cancellationToken));
        var printed = first.Select(call => call.Rows.Select(row => new CommandWorkload(row.Workload, row.Unit.Name)).Distinct().ToList());
        var common = printed.Base.Intersect(printed.Head).ToList();
        var judged = common.Count(w => !IsProbe(w));
        var only = printed.Select(own => (IReadOnlyList<string>)[.. own.Where(w => !IsProbe(w)).Except(common).Select(w => w.Name)]);
        if (judged == 0)
            throw new BuildRefusedException($"no workload to compare: base prints {printed.Base.Count}, head {printed.Head.Count}, and none is in both with the same unit");
        known(judged, [.. printed.Base.Concat(printed.Head).Select(w => w.Name).Distinct()]);
        ReceiptWarning[] warnings = common.Any(IsProbe) ? [] :
            [new("no-host-check", null, "the commands print neither probe/control nor probe/read: a change of the host between their calls would go unseen")];
        foreach (var warning in warnings)
            progress.Warn(warning);
        var hostKey = HostKey.From(environment.Host, Runtime);
        PlannedCommand Planned(string line, double seconds) => new(line, RunName.Create(started), hostKey, seconds, options.Filters, common, warnings, CommandProgram.Sha256(line));
        return new PlannedContestants(judged, TimeSpan.FromSeconds(first.Base.Seconds + first.Head.Seconds), only)
        {
            Commands = new Sides<PlannedCommand>(Planned(lines.Base, first.Base.Seconds), Planned(lines.Head, first.Head.Seconds)),
        };
    }

    private static bool IsProbe(CommandWorkload workload) => WorkloadId.IsProbe(workload.Name);

    private async Task<(IReadOnlyList<SampleRow> Rows, double Seconds)> FirstCallAsync(string side, string line, CancellationToken cancellationToken)
    {
        progress.Report(new RunProgress(RunStage.Calibrating, $"{side} command", side == Sides<string>.BaseName ? 0 : 0.5, null));
        var end = await ShellCommand.RunAsync(line, Timeout, cancellationToken);
        if (end.Failure is { } failure)
            throw new CommandFailedException($"the {side} command failed in its first call: {failure}");
        return (CommandCall.Read(end.Output, $"the {side} command, first call", [.. options.Filters.Select(f => new WorkloadGlob(f))]), end.WallSeconds);
    }
}

/// <summary>A command to measure cannot be run at all. One line.</summary>
public sealed class CommandFailedException(string message) : Exception(message);
