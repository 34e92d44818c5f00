using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Runs;

/// <summary>A worker within the test process that reports made-up times, and what else a test wants.</summary>
internal sealed class FakeWorker : IWorkerProcess
{
    private string GoodDigest => $"sha256:{Checked.PadLeft(64, '0')}";
    private const string OtherDigest = "sha256:00000000000000000000000000000000000000000000000000000000000000bb";

    /// <summary>Plans it was given, in order.</summary>
    public List<WorkerPlan> Plans { get; } = [];

    /// <summary>What becomes of a launch instead of success.</summary>
    public Func<WorkerPlan, WorkerEnd?> Ends { get; init; } = _ => null;

    /// <summary>Called before a launch reports; may cancel.</summary>
    public Action<WorkerPlan> Begins { get; init; } = _ => { };

    /// <summary>Last two digits of the digest of every output that was checked.</summary>
    public string Checked { get; init; } = "aa";

    /// <summary>Tells it from other builds, where it is asked.</summary>
    public string BuildId { get; init; } = BuildProbe.BuildId;

    public BuildDescription Build { get; init; } = BuildProbe.Describe(WorkerEnvironment.Settings);

    /// <summary>What it says it has.</summary>
    public IReadOnlyList<ListedWorkload> Lists { get; init; } = [];

    /// <summary>That fill an iteration, as it finds.</summary>
    public long Operations { get; init; } = 7;

    /// <summary>Workload and launch whose output differs.</summary>
    public Func<string, int, bool> Differs { get; init; } = (_, _) => false;

    public Func<MeasuredMessage, MeasuredMessage> Changes { get; init; } = m => m;

    public async Task<WorkerEnd> RunAsync(WorkerPlan plan, TimeSpan timeout, Action<WorkerMessage> report, CancellationToken cancellationToken)
    {
        Plans.Add(plan);
        // Launches take time: their samples must fit into it.
        await Task.Delay(50, cancellationToken);
        Begins(plan);
        cancellationToken.ThrowIfCancellationRequested();
        report(new HelloMessage(WorkerProtocol.Version, "0.0.0", plan.Build ?? BuildId, Build, true));
        if (plan.Task == WorkerTask.List)
            report(new ListedMessage(plan.Kernel ?? "i2s-scalar", Lists));
        foreach (var workload in plan.Workloads)
        {
            report(new StartedMessage(workload.Id));
            if (plan.Task == WorkerTask.Calibrate)
                report(new CalibratedMessage(workload.Id, Result(workload.Id), Operations, 1000, 0.01));
            else
                report(Changes(Measured(plan, workload)));
        }
        if (plan.PhasesOf is { } id)
            report(new PhasesMessage(id, 16, 100, [new Phase("forward", 60, []), new Phase("other", 40, [])]));
        return Ends(plan) ?? WorkerEnd.Done;
    }

    private MeasuredMessage Measured(WorkerPlan plan, PlannedWorkload workload)
    {
        var kernel = !workload.Id.StartsWith("e2e/", StringComparison.Ordinal);
        var digest = Result(workload.Id) is null ? null : Differs(workload.Id, plan.Launch) ? OtherDigest : GoodDigest;
        return new MeasuredMessage(
            workload.Id, workload.Operations,
            [.. Enumerable.Range(0, kernel ? plan.Timing.KernelIterations : plan.Timing.EndToEndIterations).Select(i => 7000.0 + i)], 0, digest);
    }

    private ResultCheck? Result(string id) => id.StartsWith("probe/read", StringComparison.Ordinal) ? null : new ResultCheck(GoodDigest, "scalar", 1, null);
}
