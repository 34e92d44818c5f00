using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>A command that is measured by what it prints.</summary>
internal sealed class CommandSide(string name, PlannedCommand plan, RunJournal journal, RunEnvironment environment, IEnumerable<CommandLaunch> kept) : IMeasuredSide
{
    private readonly List<CommandLaunch> _kept = [.. kept];
    private readonly IReadOnlyList<WorkloadGlob> _filters = [.. plan.Filters.Select(f => new WorkloadGlob(f))];
    private CommandLaunch? _made;

    public string Name => name;

    public string Run => plan.Run;

    public RunJournal Journal => journal;

    public IReadOnlyList<LaunchRecord> Launches => [.. _kept.Select(launch => launch.Record)];

    public async Task<LaunchRecord> MeasureAsync(CancellationToken cancellationToken)
    {
        var index = _kept.Count + 1;
        var started = DateTimeOffset.UtcNow;
        var before = CpuTime.Now(HostFiles.Live);
        var end = await ShellCommand.RunAsync(plan.Line, MeasurementRun.Timeout(TimeSpan.FromSeconds(plan.Seconds)), cancellationToken);
        var steal = CpuTime.StealShare(before, CpuTime.Now(HostFiles.Live));
        var (rows, failure) = Samples(end, $"the {name} command, call {index}");
        _made = new CommandLaunch(plan.Run, new LaunchRecord
        {
            Index = index,
            Outcome = failure is null ? LaunchOutcome.Complete : end.TimedOut ? LaunchOutcome.TimedOut : LaunchOutcome.Crashed,
            StartedUtc = started,
            WallSeconds = end.WallSeconds,
            Order = [.. rows.Select(row => row.Workload).Distinct()],
            StealShare = steal,
            Failure = failure is null ? null : MachinePaths.Redact(failure),
        }, [.. rows.Select(row => new CommandSample(row.Workload, row.Iteration, row.Value, row.Unit.Name))]);
        return _made.Record;
    }

    public void Keep()
    {
        var made = _made ?? throw new InvalidOperationException("no launch was made");
        journal.WriteLaunch(made.Record.Index, made);
        _kept.Add(made);
        _made = null;
    }

    public Receipt Receipt(int planned, Interleaving interleaving, DateTimeOffset created)
    {
        List<CommandLaunch> complete = [.. _kept.Where(launch => launch.Samples.Count > 0)];
        if (complete.Count == 0)
            throw new RunFailedException($"no call of the {name} command gave a result{(_kept.Count > 0 ? $"; the last one: {_kept[^1].Record.Failure}" : "")}");
        var imported = ImportedReceipt.Of([.. complete.Select(launch => new ImportedLaunch([.. launch.Samples.Select(sample => sample.Row)]))], Facts(created));
        return imported with
        {
            Status = _kept.Count >= planned ? RunStatus.Complete : RunStatus.Incomplete,
            Filters = plan.Filters,
            Settings = imported.Settings with { LaunchesPlanned = planned },
            // With those that were lost: a block has the same number on both sides.
            Launches = Launches,
            Workloads = [.. imported.Workloads.Select(workload => workload with
            {
                Launches = [.. workload.Launches.Select(samples => samples with { Launch = complete[samples.Launch - 1].Record.Index })],
            })],
            Interleaving = interleaving,
        };
    }

    private (IReadOnlyList<SampleRow> Rows, string? Failure) Samples(CommandEnd end, string call)
    {
        if (end.Failure is { } failure)
            return ([], failure);
        var rows = CommandCall.Read(end.Output, call, _filters);
        return CommandCall.Lacking(rows, plan.Workloads, call) is { } lacking
            ? ([], lacking)
            : ([.. rows.Where(row => plan.Workloads.Any(workload => workload.Name == row.Workload))], null);
    }

    private ImportFacts Facts(DateTimeOffset created) => new()
    {
        Run = plan.Run,
        CreatedUtc = created,
        Generator = new Generator("bitnet-perf", typeof(CommandSide).Assembly.GetName().Version?.ToString(3) ?? "0.0.0", WorkerProtocol.Version),
        HostKey = plan.HostKey,
        Host = environment.Host,
        Build = BuildProbe.DescribeCode(BuildProbe.CurrentEnvironment()),
        Warnings =
        [
            .. plan.Warnings,
            .. Launches.Where(launch => launch.Failure is not null).Select(launch => new ReceiptWarning(
                WarningCodes.LaunchLost, WarningCodes.LaunchSubject(launch.Index), $"launch {launch.Index} was lost: {launch.Failure}")),
        ],
    };
}
