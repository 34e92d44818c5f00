using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>A build that is measured by its own worker.</summary>
internal sealed class BuildSide(string name, RunPlan plan, RunJournal journal, IWorkerProcess worker, IEnumerable<LaunchResult> kept) : IMeasuredSide
{
    private readonly List<LaunchResult> _kept = [.. kept];
    private readonly LaunchRunner _runner = new(plan, worker);
    private readonly TimeSpan _timeout = MeasurementRun.Timeout(Prediction.Launch(plan.Workloads, plan.Timing));
    private LaunchResult? _made;

    public string Name => name;

    public string Run => plan.Run;

    public RunJournal Journal => journal;

    public IReadOnlyList<LaunchRecord> Launches => [.. _kept.Select(launch => launch.Record)];

    // Who watches is told between launches only: no workload's beginning is passed on.
    public async Task<LaunchRecord> MeasureAsync(CancellationToken cancellationToken) =>
        (_made = await _runner.RunAsync(_kept.Count + 1, phases: false, _timeout, _ => { }, cancellationToken)).Record;

    public void Keep()
    {
        var made = _made ?? throw new InvalidOperationException("no launch was made");
        journal.Write(made);
        _kept.Add(made);
        _made = null;
    }

    public Receipt Receipt(int planned, Interleaving interleaving, DateTimeOffset created) =>
        ReceiptAssembly.Build(plan with { Launches = planned }, _kept, created) with { Interleaving = interleaving };
}
