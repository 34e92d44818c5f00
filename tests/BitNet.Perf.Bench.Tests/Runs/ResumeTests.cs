using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Tests.Runs;

public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private RunOptions Options => new() { Model = "synthetic:tiny", Output = _folder["out"], Launches = 4, Filters = ["kernel/norm/**"] };

    private RunEnvironment Environment(IWorkerProcess worker) => Plans.Environment(_folder["cache"], worker);

    /// <summary>A run that was cancelled in its third launch.</summary>
    private async Task<RunOutcome> InterruptedAsync()
    {
        using var cancel = new CancellationTokenSource();
        var worker = new FakeWorker { Begins = p => { if (p.Launch == 3) cancel.Cancel(); } };
        return await MeasurementRun.ExecuteAsync(Options, Environment(worker), NoRunProgress.Instance, cancel.Token);
    }

    private Task<RunOutcome> ResumeAsync(string folder, RunEnvironment environment) =>
        MeasurementRun.ResumeAsync(folder, environment, NoRunProgress.Instance, TestContext.Current.CancellationToken);

    [Fact]
    public async Task An_interrupted_run_keeps_its_finished_launches_and_says_it_is_incomplete()
    {
        var outcome = await InterruptedAsync();
        Assert.Equal(RunStatus.Incomplete, outcome.Receipt.Status);
        Assert.Equal([1, 2], outcome.Receipt.Launches.Select(l => l.Index));
        Assert.Empty(ReceiptVerification.Verify(ReceiptFile.Read(outcome.Journal.ReceiptPath)));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Resuming_makes_the_missing_launches_of_the_same_plan_only()
    {
        var interrupted = await InterruptedAsync();
        var worker = new FakeWorker();
        var outcome = await ResumeAsync(interrupted.Journal.Folder, Environment(worker));
        Assert.Equal([3, 4], worker.Plans.Select(p => p.Launch));
        Assert.DoesNotContain(worker.Plans, p => p.Task == WorkerTask.Calibrate);
        Assert.Equal(RunStatus.Complete, outcome.Receipt.Status);
        Assert.Equal(interrupted.Receipt.Run, outcome.Receipt.Run);
        Assert.Equal(interrupted.Receipt.Settings.OrderSeed, outcome.Receipt.Settings.OrderSeed);
        Assert.Equal(interrupted.Receipt.Workloads[0].Launches[1].Nanoseconds, outcome.Receipt.Workloads[0].Launches[1].Nanoseconds);
        Assert.Empty(ReceiptVerification.Verify(ReceiptFile.Read(outcome.Journal.ReceiptPath)));
    }

    [Fact]
    public async Task Resuming_a_finished_run_measures_nothing_and_gives_its_receipt()
    {
        var finished = await MeasurementRun.ExecuteAsync(Options, Environment(new FakeWorker()), NoRunProgress.Instance, TestContext.Current.CancellationToken);
        var worker = new FakeWorker();
        var outcome = await ResumeAsync(finished.Journal.Folder, Environment(worker));
        Assert.Empty(worker.Plans);
        Assert.Equal(RunStatus.Complete, outcome.Receipt.Status);
    }

    [Fact]
    public async Task Cancelled_before_any_launch_finished_it_ends_as_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var worker = new FakeWorker { Begins = p => { if (p.Launch == 1) cancel.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MeasurementRun.ExecuteAsync(Options, Environment(worker), NoRunProgress.Instance, cancel.Token));
        var run = Assert.Single(Directory.EnumerateDirectories(_folder["out"]));
        Assert.False(File.Exists(Path.Combine(run, "receipt.json")));
        // The plan is there, so that it can go on.
        var outcome = await ResumeAsync(run, Environment(new FakeWorker()));
        Assert.Equal(4, outcome.Receipt.Launches.Count);
    }

    [Fact]
    public async Task Another_host_is_refused()
    {
        var run = await InterruptedAsync();
        var environment = Environment(new FakeWorker());
        var other = environment with { Host = environment.Host with { Cpu = environment.Host.Cpu with { Name = "Another Processor" } } };
        var e = await Assert.ThrowsAsync<RunRefusedException>(() => ResumeAsync(run.Journal.Folder, other));
        Assert.StartsWith("the interrupted run cannot go on: its host was ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_build_is_refused()
    {
        var run = await InterruptedAsync();
        run.Journal.Write(run.Journal.ReadPlan() with { BuildId = "another" });
        var e = await Assert.ThrowsAsync<RunRefusedException>(() => ResumeAsync(run.Journal.Folder, Environment(new FakeWorker())));
        Assert.StartsWith("the interrupted run cannot go on: its build was another, here it is ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_runtime_variables_are_refused()
    {
        var run = await InterruptedAsync();
        var environment = Environment(new FakeWorker());
        var other = environment with { Variables = new Dictionary<string, string>(environment.Variables) { ["DOTNET_EnableAVX2"] = "0" } };
        var e = await Assert.ThrowsAsync<RunRefusedException>(() => ResumeAsync(run.Journal.Folder, other));
        Assert.Contains("its set of runtime variables was DOTNET_", e.Message, StringComparison.Ordinal);
        Assert.Contains("DOTNET_EnableAVX2=0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processors_that_may_no_longer_be_used_are_refused()
    {
        var run = await InterruptedAsync();
        run.Journal.Write(run.Journal.ReadPlan() with { Affinity = [999] });
        var e = await Assert.ThrowsAsync<RunRefusedException>(() => ResumeAsync(run.Journal.Folder, Environment(new FakeWorker())));
        Assert.StartsWith("the interrupted run cannot go on: its list of processors was 999", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_model_is_refused()
    {
        var run = await InterruptedAsync();
        var model = run.Journal.ReadPlan().ModelPath;
        var bytes = await File.ReadAllBytesAsync(model, TestContext.Current.CancellationToken);
        bytes[^40] ^= 1;
        await File.WriteAllBytesAsync(model, bytes, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(model, DateTime.UtcNow.AddMinutes(1));
        var e = await Assert.ThrowsAsync<RunRefusedException>(() => ResumeAsync(run.Journal.Folder, Environment(new FakeWorker())));
        Assert.StartsWith("the interrupted run cannot go on: its model was ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_run_is_refused()
    {
        var e = await Assert.ThrowsAsync<RunRefusedException>(() => ResumeAsync(_folder.Path, Environment(new FakeWorker())));
        Assert.EndsWith("no run.json; expected the folder of an interrupted run", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_plan_is_refused_by_name()
    {
        var run = await InterruptedAsync();
        await File.WriteAllTextAsync(run.Journal.PlanPath, "{\"schema\":", TestContext.Current.CancellationToken);
        var e = await Assert.ThrowsAsync<RunRefusedException>(() => ResumeAsync(run.Journal.Folder, Environment(new FakeWorker())));
        Assert.StartsWith(run.Journal.PlanPath + ": cannot be read: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launches_that_another_run_left_in_the_folder_are_not_taken()
    {
        var run = await InterruptedAsync();
        var plan = run.Journal.ReadPlan();
        Assert.Equal(2, run.Journal.ReadLaunches(plan.Run).Count);
        run.Journal.Write(plan with { Run = "20260101T000000Z-00000000" });
        var worker = new FakeWorker();
        await ResumeAsync(run.Journal.Folder, Environment(worker));
        Assert.Equal([1, 2, 3, 4], worker.Plans.Select(p => p.Launch));
    }

    [Fact]
    public async Task Launches_after_a_missing_one_are_made_again()
    {
        var run = await MeasurementRun.ExecuteAsync(Options, Environment(new FakeWorker()), NoRunProgress.Instance, TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(run.Journal.Folder, "launches", "02.json"));
        var worker = new FakeWorker();
        await ResumeAsync(run.Journal.Folder, Environment(worker));
        Assert.Equal([2, 3, 4], worker.Plans.Select(p => p.Launch));
    }
}
