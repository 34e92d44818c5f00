using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>What a run left.</summary>
/// <param name="Receipt">As written.</param>
/// <param name="Journal">Its folder and files.</param>
public sealed record RunOutcome(Receipt Receipt, RunJournal Journal)
{
    /// <summary>Workloads whose output was not the checked one in some launch; their figures mean nothing.</summary>
    public IReadOnlyList<string> WrongResults =>
        [.. Receipt.Warnings.Where(w => w.Code == WarningCodes.ResultDiffers).Select(w => w.Subject!)];
}

/// <summary>The main job: plan, launches, receipt.</summary>
public sealed class MeasurementRun
{
    private readonly RunPlan _plan;
    private readonly RunJournal _journal;
    private readonly RunEnvironment _environment;
    private readonly IRunProgress _progress;
    private readonly List<LaunchResult> _launches;

    private MeasurementRun(RunPlan plan, RunJournal journal, RunEnvironment environment, IRunProgress progress, IEnumerable<LaunchResult> launches)
    {
        (_plan, _journal, _environment, _progress) = (plan, journal, environment, progress);
        _launches = [.. launches];
    }

    /// <summary>The run's folder and files. It can be resumed from there as soon as it is prepared.</summary>
    public RunJournal Journal => _journal;

    /// <summary>Makes a run. Cancelled while measuring it still writes the receipt, marked incomplete, of the launches that finished.</summary>
    /// <exception cref="RunRefusedException">The options cannot be met.</exception>
    /// <exception cref="RunFailedException">Nothing was measured.</exception>
    /// <exception cref="WrongResultException">A workload computes something else than its reference: nothing is timed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before any launch finished.</exception>
    /// <exception cref="ReceiptException">A file cannot be written.</exception>
    public static async Task<RunOutcome> ExecuteAsync(RunOptions options, RunEnvironment environment, IRunProgress progress, CancellationToken cancellationToken) =>
        await (await PrepareAsync(options, environment, progress, cancellationToken)).FinishAsync(cancellationToken);

    /// <summary>Goes on with an interrupted run: the launches of its plan that have not finished.</summary>
    /// <exception cref="RunRefusedException">No such run, or host, build or model are not the same.</exception>
    public static Task<RunOutcome> ResumeAsync(string folder, RunEnvironment environment, IRunProgress progress, CancellationToken cancellationToken) =>
        Reopen(folder, environment, progress).FinishAsync(cancellationToken);

    /// <summary>The part of <see cref="ExecuteAsync"/> before the first launch: model, plan, checks of the results.</summary>
    public static async Task<MeasurementRun> PrepareAsync(RunOptions options, RunEnvironment environment, IRunProgress progress, CancellationToken cancellationToken)
    {
        var started = DateTimeOffset.UtcNow;
        var plan = await new RunPlanning(options, environment, progress).PlanAsync(started, cancellationToken);
        var journal = new RunJournal(options.Folder ?? Path.Combine(options.Output, plan.Run));
        journal.Write(plan);
        return new MeasurementRun(plan, journal, environment, progress, []);
    }

    /// <summary>The part of <see cref="ResumeAsync"/> before the next launch.</summary>
    public static MeasurementRun Reopen(string folder, RunEnvironment environment, IRunProgress progress)
    {
        var journal = new RunJournal(folder);
        var plan = journal.ReadPlan();
        Resumption.Require(plan, environment, BuildProbe.Describe(environment.Variables), BuildProbe.BuildId);
        return new MeasurementRun(plan, journal, environment, progress, journal.ReadLaunches(plan.Run));
    }

    /// <summary>The launches that are missing, then the receipt; as <see cref="ExecuteAsync"/> says.</summary>
    public async Task<RunOutcome> FinishAsync(CancellationToken cancellationToken)
    {
        var predicted = Prediction.Launch(_plan.Workloads, _plan.Timing);
        var runner = new LaunchRunner(_plan, _environment.Worker);
        try
        {
            while (_launches.Count < _plan.Launches)
                await LaunchAsync(runner, predicted, cancellationToken);
        }
        catch (OperationCanceledException) when (_launches.Any(l => l.Samples.Count > 0))
        {
            // What was measured is kept; the launch at hand is made again when the run is resumed.
        }
        _progress.Report(new RunProgress(RunStage.Writing, _journal.ReceiptPath, 1, TimeSpan.Zero));
        var receipt = ReceiptFile.Write(_journal.ReceiptPath, ReceiptAssembly.Build(_plan, _launches, DateTimeOffset.UtcNow));
        SamplesCsv.Write(_journal.SamplesPath, receipt);
        return new RunOutcome(receipt, _journal);
    }

    private async Task LaunchAsync(LaunchRunner runner, TimeSpan predicted, CancellationToken cancellationToken)
    {
        var index = _launches.Count + 1;
        var expected = Expected(predicted);
        var begun = 0;
        var result = await runner.RunAsync(
            index, phases: _plan.PhasesOf is not null && _launches.All(l => l.Phases is null), Timeout(predicted),
            id =>
            {
                var share = (double)begun++ / _plan.Workloads.Count;
                _progress.Report(new RunProgress(
                    RunStage.Measuring, $"launch {index} of {_plan.Launches}: {id}", (index - 1 + share) / _plan.Launches, (_plan.Launches - index + 1 - share) * expected));
            },
            cancellationToken);
        _journal.Write(result);
        _launches.Add(result);
        if (result.Record.Failure is { } failure)
            _progress.Warn(new ReceiptWarning(WarningCodes.LaunchLost, WarningCodes.LaunchSubject(index), $"launch {index} was lost: {failure}"));
    }

    /// <summary>As the launches before took, once there are any.</summary>
    private TimeSpan Expected(TimeSpan predicted)
    {
        var complete = _launches.Where(l => l.Record.Outcome == LaunchOutcome.Complete).Select(l => l.Record.WallSeconds).ToList();
        return complete.Count == 0 ? predicted : TimeSpan.FromSeconds(complete.Average());
    }

    /// <summary>A machine that became ten times slower is not measured, it is stuck.</summary>
    internal static TimeSpan Timeout(TimeSpan predicted) => TimeSpan.FromMinutes(1) + 10 * predicted;
}
