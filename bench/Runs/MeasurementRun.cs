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
    /// <param name="judge">Of a run that measures on; null for any other.</param>
    /// <exception cref="RunRefusedException">The run measures on and has no judge, or the reverse.</exception>
    public async Task<RunOutcome> FinishAsync(CancellationToken cancellationToken, ILookJudge? judge = null)
    {
        if (judge is null != _plan.Looks is null)
            throw new RunRefusedException($"{_journal.Folder}: {(judge is null ? "began as gate, which measures on; go on with gate --resume" : "did not begin as gate; go on with run --resume")}");
        var ended = false;
        try
        {
            await LaunchesAsync(_plan, 0, _plan.Launches, double.PositiveInfinity, cancellationToken);
            if (judge is not null)
                await MeasureOnAsync(judge, cancellationToken);
            ended = true;
        }
        catch (OperationCanceledException) when (_launches.Any(l => l.Samples.Count > 0))
        {
            // What was measured is kept; the launch at hand is made again when the run is resumed.
        }
        _progress.Report(new RunProgress(RunStage.Writing, _journal.ReceiptPath, 1, TimeSpan.Zero));
        var receipt = ReceiptFile.Write(_journal.ReceiptPath, ReceiptAssembly.Build(_plan, _launches, DateTimeOffset.UtcNow, ended));
        SamplesCsv.Write(_journal.SamplesPath, receipt);
        return new RunOutcome(receipt, _journal);
    }

    /// <summary>After each look the workloads that are open there, up to the next one.</summary>
    private async Task MeasureOnAsync(ILookJudge judge, CancellationToken cancellationToken)
    {
        var looks = _plan.Looks!;
        for (var look = 1; look < looks.Count; look++)
        {
            var (from, to) = (looks[look - 1].Launches, looks[look].Launches);
            if (_launches.Count < from)
                return;
            var chosen = (_journal.ReadChoice(_plan.Run, look) ?? Choose(judge, look, to - from)).Workloads;
            judge.Chosen(look, chosen, chosen.Count > 0 ? to : null);
            if (chosen.Count == 0)
                return;
            await LaunchesAsync(LookPlanning.Of(_plan, chosen), from, to, _plan.BudgetSeconds!.Value, cancellationToken);
        }
    }

    private LookChoice Choose(ILookJudge judge, int look, int launches)
    {
        var open = judge.Open(ReceiptAssembly.Build(_plan, _launches, DateTimeOffset.UtcNow));
        var pace = Expected(0, Prediction.Launch(_plan.Workloads, _plan.Timing), _plan.Launches) / Prediction.Launch(_plan.Workloads, _plan.Timing);
        var choice = new LookChoice(_plan.Run, look, LookPlanning.Fitting(_plan, open, launches, _plan.BudgetSeconds!.Value - Spent, pace));
        _journal.Write(choice);
        return choice;
    }

    /// <summary>Seconds of checks and launches; what lies between them, or between an interruption and the rest, is not measuring.</summary>
    private double Spent => _plan.CheckingSeconds + _launches.Sum(l => l.Record.WallSeconds);

    /// <summary>Launches of a plan's workloads.</summary>
    /// <param name="part">The whole plan, or with fewer workloads.</param>
    /// <param name="from">Launches before the first of them.</param>
    /// <param name="to">Index of the last of them.</param>
    /// <param name="budget">In seconds; a launch that is not expected to fit is not begun.</param>
    private async Task LaunchesAsync(RunPlan part, int from, int to, double budget, CancellationToken cancellationToken)
    {
        var predicted = Prediction.Launch(part.Workloads, part.Timing);
        var runner = new LaunchRunner(part, _environment.Worker);
        while (_launches.Count < to)
        {
            var expected = Expected(from, predicted, to);
            if (Spent + expected.TotalSeconds > budget)
                return;
            await LaunchAsync(runner, part, from, to, expected, Timeout(predicted), cancellationToken);
        }
    }

    private async Task LaunchAsync(LaunchRunner runner, RunPlan part, int from, int to, TimeSpan expected, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var index = _launches.Count + 1;
        var begun = 0;
        var result = await runner.RunAsync(
            index, phases: part.PhasesOf is not null && _launches.All(l => l.Phases is null), timeout,
            id =>
            {
                var share = (double)begun++ / part.Workloads.Count;
                _progress.Report(new RunProgress(
                    RunStage.Measuring, $"launch {index} of {to}: {id}", (index - 1 - from + share) / (to - from), (to - index + 1 - share) * expected));
            },
            cancellationToken);
        _journal.Write(result);
        _launches.Add(result);
        if (result.Record.Failure is { } failure)
            _progress.Warn(new ReceiptWarning(WarningCodes.LaunchLost, WarningCodes.LaunchSubject(index), $"launch {index} was lost: {failure}"));
    }

    /// <summary>As the launches of the same workloads before took, once there are any.</summary>
    private TimeSpan Expected(int from, TimeSpan predicted, int to)
    {
        var complete = _launches.Where(l => l.Record.Outcome == LaunchOutcome.Complete && l.Record.Index > from && l.Record.Index <= to).Select(l => l.Record.WallSeconds).ToList();
        return complete.Count == 0 ? predicted : TimeSpan.FromSeconds(complete.Average());
    }

    /// <summary>A machine that became ten times slower is not measured, it is stuck.</summary>
    internal static TimeSpan Timeout(TimeSpan predicted) => TimeSpan.FromMinutes(1) + 10 * predicted;
}
