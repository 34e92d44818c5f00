using System.Text.Json.Nodes;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Tests.Runs;

/// <summary>Runs that measure on what their first launches leave open.</summary>
public sealed class MeasuringOnTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private RunOptions Options => new()
    {
        Suite = Suite.Kernels,
        Model = "synthetic:tiny",
        Folder = _folder["run"],
        Filters = ["kernel/norm/**", "kernel/rope/**", "kernel/quantize/**"],
        Threads = [1],
        Launches = 2,
        Budget = TimeSpan.FromMinutes(5),
    };

    /// <summary>Calls open what it is told to, at the first look, at the second, and so on.</summary>
    private sealed class Judge(params string[][] open) : ILookJudge
    {
        public List<(int Look, int Launches)> Asked { get; } = [];
        public List<(int Look, int? Next, string Workloads)> Told { get; } = [];

        public IReadOnlyList<string> Open(Receipt soFar)
        {
            Asked.Add((Asked.Count + 1, soFar.Launches.Count));
            return open.Length >= Asked.Count ? open[Asked.Count - 1] : [];
        }

        public void Chosen(int look, IReadOnlyList<string> measuredOn, int? next) => Told.Add((look, next, string.Join(' ', measuredOn)));
    }

    private async Task<RunOutcome> RunAsync(FakeWorker worker, ILookJudge judge, CancellationToken? cancellation = null)
    {
        CancellationToken token = cancellation ?? TestContext.Current.CancellationToken;
        var run = await MeasurementRun.PrepareAsync(Options, Plans.Environment(_folder["cache"], worker), NoRunProgress.Instance, token);
        return await run.FinishAsync(token, judge);
    }

    private MeasurementRun Reopened(FakeWorker worker) => MeasurementRun.Reopen(_folder["run"], Plans.Environment(_folder["cache"], worker), NoRunProgress.Instance);

    private string[] Kernels() =>
        [.. RunPreview.Of(Options, Plans.Environment(_folder["cache"], new FakeWorker())).Workloads.Select(w => w.Id.Text).Where(id => id.StartsWith("kernel/", StringComparison.Ordinal))];

    private async Task<RunPlan> PlanAsync() =>
        (await MeasurementRun.PrepareAsync(Options, Plans.Environment(_folder["cache"], new FakeWorker()), NoRunProgress.Instance, TestContext.Current.CancellationToken)).Journal.ReadPlan();

    [Fact]
    public async Task After_each_look_only_what_is_open_there_is_measured_and_every_probe()
    {
        string[] ids = Kernels();
        var worker = new FakeWorker();
        var judge = new Judge([ids[1], ids[0]], [ids[0]]);
        RunOutcome outcome = await RunAsync(worker, judge);
        Assert.Equal([new DeclaredLook(2, 0.8), new DeclaredLook(4, 0.1), new DeclaredLook(8, 0.1)], outcome.Receipt.Settings.Looks!.Select(l => l with { Share = Math.Round(l.Share, 9) }));
        Assert.Equal((RunStatus.Complete, 8), (outcome.Receipt.Status, outcome.Receipt.Launches.Count));
        Assert.Equal([(1, 2), (2, 4)], judge.Asked);
        Assert.Equal([(1, 4, $"{ids[1]} {ids[0]}"), (2, 8, ids[0])], judge.Told.Select(t => (t.Look, t.Next!.Value, t.Workloads)));
        Dictionary<string, int> launches = outcome.Receipt.Workloads.ToDictionary(w => w.Id, w => w.Launches.Count);
        Assert.Equal((8, 4, 2), (launches[ids[0]], launches[ids[1]], launches[ids[2]]));
        Assert.All(launches.Where(l => l.Key.StartsWith("probe/", StringComparison.Ordinal)), l => Assert.Equal(8, l.Value));
        Assert.Empty(ReceiptVerification.Verify(outcome.Receipt));
    }

    [Fact]
    public async Task Nothing_open_ends_the_run_at_its_first_look()
    {
        var judge = new Judge();
        RunOutcome outcome = await RunAsync(new FakeWorker(), judge);
        Assert.Equal((RunStatus.Complete, 2), (outcome.Receipt.Status, outcome.Receipt.Launches.Count));
        Assert.Equal([(1, null, "")], judge.Told);
    }

    [Fact]
    public async Task Interrupted_beyond_the_first_look_it_is_incomplete_and_goes_on_with_what_was_chosen()
    {
        string open = Kernels()[0];
        using var cancellation = new CancellationTokenSource();
        var stopped = new FakeWorker { Begins = plan => { if (plan.Launch == 4) cancellation.Cancel(); } };
        RunOutcome interrupted = await RunAsync(stopped, new Judge([open]), cancellation.Token);
        Assert.Equal((RunStatus.Incomplete, 3), (interrupted.Receipt.Status, interrupted.Receipt.Launches.Count));
        Assert.Empty(ReceiptVerification.Verify(interrupted.Receipt));

        var worker = new FakeWorker();
        var judge = new Judge();
        RunOutcome outcome = await Reopened(worker).FinishAsync(TestContext.Current.CancellationToken, judge);
        Assert.Equal([4], worker.Plans.Select(p => p.Launch));
        Assert.Contains(open, worker.Plans[0].Workloads.Select(w => w.Id));
        // The choice of the first look stands; the second one is asked for.
        Assert.Equal([(1, 4)], judge.Asked);
        Assert.Equal([(1, open), (2, "")], judge.Told.Select(t => (t.Look, t.Workloads)));
        Assert.Equal((RunStatus.Complete, 4), (outcome.Receipt.Status, outcome.Receipt.Launches.Count));
    }

    [Fact]
    public async Task A_look_that_the_budget_cuts_short_ends_the_run_and_is_told_of()
    {
        string open = Kernels()[0];
        using var cancellation = new CancellationTokenSource();
        var stopped = new FakeWorker { Begins = plan => { if (plan.Launch == 4) cancellation.Cancel(); } };
        await RunAsync(stopped, new Judge([open]), cancellation.Token);
        // The third launch took so long that another one does not fit.
        string path = Path.Combine(_folder["run"], "launches", "03.json");
        JsonNode launch = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!;
        launch["record"]!["wallSeconds"] = 299.9;
        await File.WriteAllTextAsync(path, launch.ToJsonString(), TestContext.Current.CancellationToken);

        var worker = new FakeWorker();
        RunOutcome outcome = await Reopened(worker).FinishAsync(TestContext.Current.CancellationToken, new Judge([open]));
        Assert.Empty(worker.Plans);
        Assert.Equal((RunStatus.Complete, 3), (outcome.Receipt.Status, outcome.Receipt.Launches.Count));
        Assert.Equal("the budget was used up after launch 3: launches after the look at 2 count for nothing", outcome.Receipt.Warnings.Single(w => w.Code == "look-cut").Message);
    }

    [Fact]
    public async Task Whether_it_measures_on_cannot_be_changed_when_it_goes_on()
    {
        using var cancellation = new CancellationTokenSource();
        var stopped = new FakeWorker { Begins = plan => { if (plan.Launch == 2) cancellation.Cancel(); } };
        await RunAsync(stopped, new Judge(), cancellation.Token);
        var refused = await Assert.ThrowsAsync<RunRefusedException>(() => Reopened(new FakeWorker()).FinishAsync(TestContext.Current.CancellationToken));
        Assert.EndsWith("began as gate, which measures on; go on with gate --resume", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "2 4 8")]
    [InlineData(0.15, "2 4")]
    [InlineData(0.1, "2")]
    public async Task As_many_looks_are_declared_as_the_budget_holds_for_a_single_workload(double minutes, string looks)
    {
        RunPlan plan = await PlanAsync();
        // As calibrated by the fake worker a launch of one workload takes about 1.8 s, one of all about 2; the checks next to nothing.
        RunPlan planned = LookPlanning.WithLooks(plan with { CheckingSeconds = 0 }, TimeSpan.FromMinutes(minutes));
        Assert.Equal(looks, string.Join(' ', planned.Looks!.Select(l => l.Launches)));
        Assert.Equal(1, planned.Looks!.Sum(l => l.Share), 1e-12);
    }

    [Fact]
    public async Task A_budget_that_does_not_hold_the_first_look_is_refused_with_what_would_do()
    {
        RunPlan plan = await PlanAsync();
        var refused = Assert.Throws<RunRefusedException>(() => LookPlanning.WithLooks(plan with { CheckingSeconds = 100 }, TimeSpan.FromSeconds(60)));
        Assert.Matches(@"^a budget of 60 s does not hold 100 s of checks and 2 launches of about [\d.]+ s up to the first look; expected at least 2m, fewer launches or fewer workloads$", refused.Message);
    }

    [Fact]
    public async Task Of_what_is_open_the_most_urgent_are_measured_on_as_far_as_they_fit()
    {
        RunPlan plan = await PlanAsync();
        string[] ids = [.. plan.Workloads.Select(w => w.Id).Where(id => id.StartsWith("kernel/", StringComparison.Ordinal))];
        double two = Prediction.Launch(LookPlanning.Of(plan, [ids[2], ids[0]]).Workloads, plan.Timing).TotalSeconds;
        Assert.Equal([ids[2], ids[0]], LookPlanning.Fitting(plan, [ids[2], ids[0], ids[1]], launches: 3, left: 3 * two, pace: 1));
        Assert.Equal([ids[2], ids[0], ids[1]], LookPlanning.Fitting(plan, [ids[2], ids[0], ids[1]], launches: 3, left: 3 * two, pace: 0.5));
        Assert.Empty(LookPlanning.Fitting(plan, ids, launches: 3, left: 0, pace: 1));
    }
}
