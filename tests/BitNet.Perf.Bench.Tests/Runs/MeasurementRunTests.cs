using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Tests.Runs;

public sealed class MeasurementRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private RunOptions Options => new() { Model = "synthetic:tiny", Output = _folder["out"], Launches = 3, Seed = 5, Filters = ["kernel/norm/**", "e2e/decode/**"] };

    private Task<RunOutcome> RunAsync(FakeWorker worker, RunOptions? options = null, IRunProgress? progress = null, CancellationToken? cancellationToken = null) =>
        MeasurementRun.ExecuteAsync(
            options ?? Options, Plans.Environment(_folder["cache"], worker), progress ?? NoRunProgress.Instance, cancellationToken ?? TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_run_leaves_a_receipt_that_verification_accepts()
    {
        var outcome = await RunAsync(new FakeWorker());
        Assert.Empty(ReceiptVerification.Verify(ReceiptFile.Read(outcome.Journal.ReceiptPath)));
        Assert.Equal(RunStatus.Complete, outcome.Receipt.Status);
        Assert.Equal([1, 2, 3], outcome.Receipt.Launches.Select(l => l.Index));
        Assert.All(outcome.Receipt.Workloads, w => Assert.Equal([1, 2, 3], w.Launches.Select(l => l.Launch)));
        Assert.Empty(outcome.WrongResults);
    }

    [Fact]
    public async Task The_samples_stand_beside_the_receipt_as_CSV()
    {
        var outcome = await RunAsync(new FakeWorker());
        var rows = SamplesCsv.Read(outcome.Journal.SamplesPath);
        Assert.Equal(outcome.Receipt.Workloads.Sum(w => w.Launches.Sum(l => l.Values.Count)), rows.Count);
    }

    [Fact]
    public async Task Filters_keep_the_probes_that_stand_beside_every_workload()
    {
        var outcome = await RunAsync(new FakeWorker());
        var all = Plans.Environment("", new FakeWorker()).AllThreads;
        Assert.Equal(
            ["e2e/decode/i2s+f16/tg16@ctx0/t" + all, "e2e/decode/i2s+screened8/tg16@ctx0/t" + all, "probe/control/t1", "probe/mac/t" + all, "probe/read/t" + all],
            outcome.Receipt.Workloads.Select(w => w.Id).Where(id => !id.StartsWith("kernel/norm/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains(outcome.Receipt.Workloads, w => w.Id.StartsWith("kernel/norm/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_launch_measures_each_workload_once_with_the_same_number_of_operations()
    {
        var worker = new FakeWorker();
        await RunAsync(worker);
        var launches = worker.Plans.Where(p => p.Task == WorkerTask.Measure).ToList();
        Assert.Equal([1, 2, 3], launches.Select(p => p.Launch));
        Assert.All(launches, p => Assert.Equal(launches[0].Workloads.OrderBy(w => w.Id), p.Workloads.OrderBy(w => w.Id)));
        Assert.All(launches, p => Assert.All(p.Workloads, w => Assert.Equal(7, w.Operations)));
    }

    [Fact]
    public async Task A_lost_launch_does_not_lose_the_run()
    {
        var warned = new List<ReceiptWarning>();
        var worker = new FakeWorker { Ends = p => p.Launch == 2 ? new WorkerEnd(false, "the worker ended with exit code 139: in /home/ada/bitnet", null, null) : null };
        var outcome = await RunAsync(worker, progress: new Listener(warned));
        Assert.Equal(RunStatus.Complete, outcome.Receipt.Status);
        Assert.Equal([LaunchOutcome.Complete, LaunchOutcome.Crashed, LaunchOutcome.Complete], outcome.Receipt.Launches.Select(l => l.Outcome));
        Assert.All(outcome.Receipt.Workloads, w => Assert.Equal([1, 3], w.Launches.Select(l => l.Launch)));
        Assert.Contains(outcome.Receipt.Warnings, w => w is { Code: WarningCodes.LaunchLost, Subject: "launch/2" });
        Assert.Contains(warned, w => w.Code == WarningCodes.LaunchLost);
        // Also: no folder of the machine in it.
        Assert.Empty(ReceiptVerification.Verify(outcome.Receipt));
    }

    [Fact]
    public async Task A_launch_that_timed_out_is_told_from_one_that_crashed()
    {
        var outcome = await RunAsync(new FakeWorker { Ends = p => p.Launch == 3 ? new WorkerEnd(true, "gave no result within 60 s", null, null) : null });
        Assert.Equal(LaunchOutcome.TimedOut, outcome.Receipt.Launches[2].Outcome);
        Assert.Empty(ReceiptVerification.Verify(outcome.Receipt));
    }

    [Fact]
    public async Task When_every_launch_is_lost_the_run_fails_and_says_why()
    {
        var worker = new FakeWorker { Ends = p => p.Task == WorkerTask.Measure ? new WorkerEnd(false, "the worker ended with exit code 1", null, null) : null };
        var e = await Assert.ThrowsAsync<RunFailedException>(() => RunAsync(worker));
        Assert.Equal("no launch gave a result; the last one: the worker ended with exit code 1", e.Message);
    }

    [Fact]
    public async Task Phases_are_timed_in_one_launch_only_and_again_when_that_one_is_lost()
    {
        var worker = new FakeWorker { Ends = p => p.Launch == 1 ? new WorkerEnd(false, "lost", null, null) : null };
        var outcome = await RunAsync(worker);
        Assert.Equal([true, true, false], worker.Plans.Where(p => p.Task == WorkerTask.Measure).Select(p => p.PhasesOf is not null));
        Assert.Equal(2, outcome.Receipt.Phases!.Launch);
    }

    [Fact]
    public async Task Another_output_in_one_launch_is_named_as_a_wrong_result()
    {
        var outcome = await RunAsync(new FakeWorker { Differs = (id, launch) => launch == 3 && id.StartsWith("kernel/norm/", StringComparison.Ordinal) });
        var wrong = Assert.Single(outcome.WrongResults);
        Assert.StartsWith("kernel/norm/", wrong, StringComparison.Ordinal);
        Assert.Equal("the output of launch 3 is not the one that was checked before timing", outcome.Receipt.Warnings.Single(w => w.Code == WarningCodes.ResultDiffers).Message);
    }

    [Fact]
    public async Task A_workload_that_fails_its_check_is_not_timed()
    {
        var worker = new FakeWorker { Ends = p => p.Task == WorkerTask.Calibrate ? new WorkerEnd(false, "row 3 is 5; the scalar kernel gives 4", FailureKind.WrongResult, "x") : null };
        var e = await Assert.ThrowsAsync<WrongResultException>(() => RunAsync(worker));
        Assert.Equal("row 3 is 5; the scalar kernel gives 4", e.Message);
        Assert.Single(worker.Plans);
    }

    [Fact]
    public async Task Times_of_another_number_of_operations_than_planned_lose_the_launch()
    {
        var outcome = await RunAsync(new FakeWorker { Changes = m => m with { Operations = m.Operations + (m.Id.StartsWith("probe/control", StringComparison.Ordinal) ? 1 : 0) }, }, Options with { Launches = 1 })
            .ContinueWith(t => t.Exception?.InnerException, TaskScheduler.Default);
        var failed = Assert.IsType<RunFailedException>(outcome);
        Assert.Contains("probe/control/t1: 8 operations an iteration; the plan says 7", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_threads_than_processors_are_refused()
    {
        var e = await Assert.ThrowsAsync<RunRefusedException>(() => RunAsync(new FakeWorker(), Options with { Threads = [9999] }));
        Assert.StartsWith("9999 threads; this process may use ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_matches_nothing_is_refused()
    {
        var e = await Assert.ThrowsAsync<NoWorkloadsException>(() => RunAsync(new FakeWorker(), Options with { Filters = ["kernel/gemw/**"] }));
        Assert.Equal("no workload of suite quick matches 'kernel/gemw/**'; `bitnet-perf list --suite quick` shows them", e.Message);
    }

    private sealed class Listener(List<ReceiptWarning> warned) : IRunProgress
    {
        public void Report(RunProgress progress) => Assert.InRange(progress.Fraction, 0, 1);

        public void Warn(ReceiptWarning warning) => warned.Add(warning);
    }
}
