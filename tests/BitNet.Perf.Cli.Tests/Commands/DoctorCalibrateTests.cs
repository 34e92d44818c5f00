using System.Text.Json;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Tests.Runs;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Cli.Commands;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using Calibration = BitNet.Perf.Receipts.Baselines.Calibration;

namespace BitNet.Perf.Cli.Tests.Commands;

/// <summary>Calibrations by a fake worker: how runs are made, kept, gone on with and put to use.</summary>
public sealed class DoctorCalibrateTests : IDisposable
{
    private static readonly string[] Small = ["--model", "synthetic:tiny", "--filter", "kernel/norm/**", "--launches", "2", "--pause", "10ms"];
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task It_measures_as_many_runs_as_asked_and_stores_what_comparing_them_shows()
    {
        CommandRun run = await Calibrate(new FakeWorker(), "--runs", "5", "--out", "aa");
        Assert.Equal((ExitCode.Done, 5), (run.Code, Receipts("aa").Length));
        Assert.Contains("--pause is under a minute; a calibration serves only comparisons of runs no further apart in time than it spans", run.Error);
        Assert.Contains("run 4 of 5 is done; the next one begins in 0.0 s", run.Error);
        Assert.Contains("A/A on this host: 0 of 4 alarmed, at most 52.7 % (95 %)", run.Output);
        Assert.Matches(@"kernel/norm/hot/t1 +0\.0 %", run.Output);
        Calibration calibration = Stored();
        Assert.Equal(Receipts("aa").Select(receipt => receipt.Digest).Order(), calibration.Runs.Select(r => r.Digest).Order());
        Assert.Equal(4, calibration.Classes.First(c => c.Name == "kernel/norm/hot/t1").DegreesOfFreedom);
        Assert.True(calibration.ElapsedSeconds > 0);
    }

    [Fact]
    public async Task Interrupted_it_keeps_the_complete_runs_and_goes_on_from_their_folder()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        int launches = 0;
        var interrupted = new FakeWorker { Begins = plan => { if (plan.Task == WorkerTask.Measure && ++launches == 6) stop.Cancel(); } };
        CommandRun first = await Until(stop.Token, interrupted, ["--calibrate", "--runs", "5", "--out", "aa", .. Small]);
        Assert.Equal(ExitCode.Interrupted, first.Code);
        Assert.Contains("interrupted: 2 of 5 runs are complete", first.Error);
        Assert.Contains("doctor --calibrate --from aa --runs 5 --pause 10ms", first.Error);
        Assert.False(Directory.Exists(_workspace["baselines"]));

        CommandRun second = await Calibrate(new FakeWorker(), "--runs", "5", "--from", "aa");
        Assert.Equal(ExitCode.Done, second.Code);
        Assert.Equal(5, Receipts("aa").Count(receipt => receipt.Status == RunStatus.Complete));
        Assert.Equal(5, Stored().Runs.Count);
    }

    [Fact]
    public async Task Where_enough_runs_are_there_nothing_is_measured()
    {
        await Calibrate(new FakeWorker(), "--runs", "5", "--out", "aa");
        var idle = new FakeWorker();
        CommandRun run = await Calibrate(idle, "--runs", "5", "--from", "aa", "--json");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Empty(idle.Plans);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal("calibration/1", document.RootElement.GetProperty("schema").GetString());
    }

    [Fact]
    public async Task Interleaved_comparisons_of_the_build_with_itself_are_counted_as_a_method_of_their_own()
    {
        CommandRun run = await Calibrate(new ListingWorker(), "--runs", "5", "--pairs", "10", "--out", "aa");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Matches(@"A/A on this host: 0 of 5 alarmed, at most 45\.1 % \(95 %\), \d passed; interleaved", run.Output);
        FalseAlarmCount paired = Assert.Single(Stored().FalseAlarms, count => count.Method == "paired");
        Assert.Equal((5, 0, 10), (paired.Comparisons, paired.Alarmed, paired.Receipts.Count));
        Assert.Equal(5, Stored().Runs.Count);
        // From its folder alone it comes to the same.
        var idle = new FakeWorker();
        await Calibrate(idle, "--runs", "5", "--pairs", "10", "--from", "aa");
        Assert.Empty(idle.Plans);
        Assert.Equal(paired.Receipts.Order(), Stored().FalseAlarms.Single(count => count.Method == "paired").Receipts.Order());
    }

    [Fact]
    public async Task Runs_of_other_options_are_not_gone_on_with()
    {
        await Calibrate(new FakeWorker(), "--runs", "5", "--out", "aa");
        CommandRun run = await Calibrate(new FakeWorker(), "--runs", "6", "--from", "aa", "--suite", "gate");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("measured with --suite quick --filter 'kernel/norm/**'; expected the same options again", run.ErrorLine);
    }

    [Fact]
    public async Task Runs_of_two_builds_of_changed_checkouts_are_told_apart_by_their_plans()
    {
        await Calibrate(new FakeWorker(), "--runs", "5", "--out", "aa");
        string[] receipts = [.. Directory.GetFiles(_workspace["aa"], "receipt.json", SearchOption.AllDirectories).Order()];
        foreach (string path in receipts)
            Change(path, build => build with { Dirty = true });
        Assert.Equal(ExitCode.Done, (await Calibrate(new FakeWorker(), "--runs", "5", "--from", "aa")).Code);

        var journal = new RunJournal(Path.GetDirectoryName(receipts[1])!);
        journal.Write(journal.ReadPlan() with { BuildId = "another" });
        CommandRun other = await Calibrate(new FakeWorker(), "--runs", "5", "--from", "aa");
        Assert.Equal(ExitCode.BadInput, other.Code);
        Assert.Contains("another build than ", other.ErrorLine);

        File.Delete(journal.PlanPath);
        CommandRun unknown = await Calibrate(new FakeWorker(), "--runs", "5", "--from", "aa");
        Assert.Equal(ExitCode.BadInput, unknown.Code);
        Assert.Contains("not of a clean commit, and no plan of its run that names the build lies beside it", unknown.ErrorLine);
    }

    [Fact]
    public async Task Runs_of_a_build_that_does_extra_work_are_not_mixed_with_others()
    {
        await Calibrate(new FakeWorker(), "--runs", "5", "--out", "aa");
        string changed = Directory.GetFiles(_workspace["aa"], "receipt.json", SearchOption.AllDirectories).Order().First();
        Change(changed, build => build with { ExtraKernelWork = 5 });
        CommandRun run = await Calibrate(new FakeWorker(), "--runs", "5", "--from", "aa");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("another build than ", run.ErrorLine);
    }

    [Fact]
    public async Task Comparisons_and_diagnoses_on_the_host_quote_it()
    {
        await Calibrate(new FakeWorker(), "--runs", "5", "--out", "aa");
        string[] files = [.. Directory.GetFiles(_workspace["aa"], "receipt.json", SearchOption.AllDirectories).Order()];
        CommandRun compared = await _workspace.Run("compare", files[0], files[1]);
        Assert.Contains("A/A on this host: 0 of 4 alarmed, at most 52.7 % (95 %)", compared.Output);
        Assert.DoesNotContain("not calibrated", compared.Output);
        CommandRun json = await _workspace.Run("compare", files[0], files[1], "--json");
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.True(document.RootElement.GetProperty("host").GetProperty("calibrated").GetBoolean());
        Assert.Contains("calibrated on 4 degrees of freedom", document.RootElement.GetProperty("workloads")[0].GetProperty("reason").GetString());
        Assert.Contains("A/A on this host: 0 of 4 alarmed", (await Doctor(new FakeWorker())).Output.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task A_host_never_calibrated_is_named_as_such() => Assert.Contains("never calibrated", (await Doctor(new FakeWorker())).Output);

    [Fact]
    public async Task An_altered_calibration_is_4()
    {
        await Calibrate(new FakeWorker(), "--runs", "5", "--out", "aa");
        string path = Directory.GetFiles(_workspace["baselines"], "calibration.json", SearchOption.AllDirectories).Single();
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"alarmed\": 0", "\"alarmed\": 1", StringComparison.Ordinal));
        Assert.Equal(ExitCode.VerificationFailed, (await Doctor(new FakeWorker())).Code);
    }

    [Theory]
    [InlineData("--runs: 4; expected a whole number from 5 to 100", "--calibrate", "--runs", "4")]
    [InlineData("--pairs: 0; expected a whole number from 1 to 1000", "--calibrate", "--pairs", "0")]
    [InlineData("--runs belongs to --calibrate, which is not given", "--runs", "6")]
    [InlineData("--suite belongs to --calibrate, which is not given", "--suite", "gate")]
    [InlineData("expected one of them", "--calibrate", "--out", "a", "--from", "b")]
    public async Task Wrong_usage_is_64_with_one_line(string message, params string[] arguments)
    {
        CommandRun run = await Doctor(new FakeWorker(), arguments);
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.Contains(message, run.ErrorLine);
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_only_gone_on_with_when_told()
    {
        _workspace.Text("aa/note.txt", "mine");
        CommandRun run = await Calibrate(new FakeWorker(), "--out", "aa");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("aa is not empty; go on with its runs by --from", run.ErrorLine);
    }

    private static void Change(string path, Func<BuildDescription, BuildDescription> change)
    {
        Receipt receipt = ReceiptFile.Read(path);
        BuildDescription build = change(receipt.Build);
        ReceiptWarning[] extra = build.ExtraKernelWork is null ? [] : [new ReceiptWarning(WarningCodes.ExtraWork, null, "on purpose")];
        ReceiptFile.Write(path, receipt with { Digest = null, Build = build, Warnings = [.. receipt.Warnings, .. extra] });
    }

    private Receipt[] Receipts(string folder) => [.. Directory.GetFiles(_workspace[folder], "receipt.json", SearchOption.AllDirectories).Select(ReceiptFile.Read)];

    private Calibration Stored() => CalibrationFile.Read(Directory.GetFiles(_workspace["baselines"], "calibration.json", SearchOption.AllDirectories).Single());

    private Task<CommandRun> Calibrate(IWorkerProcess worker, params string[] arguments) => Doctor(worker, ["--calibrate", .. Small, .. arguments]);

    private Task<CommandRun> Doctor(IWorkerProcess worker, params string[] arguments) => Until(TestContext.Current.CancellationToken, worker, arguments);

    private Task<CommandRun> Until(CancellationToken cancellation, IWorkerProcess worker, string[] arguments) => CommandRun.Until(
        cancellation, [DoctorCommand.Create(() => RunEnvironment.Live() with { Worker = worker, Cache = _workspace["cache"] })], ["doctor", .. arguments], _workspace.Surroundings);

    /// <summary>The fake, which also lists what this build would measure, as interleaved comparisons ask both sides.</summary>
    private sealed class ListingWorker : IWorkerProcess
    {
        private readonly FakeWorker _fake = new();

        public Task<WorkerEnd> RunAsync(WorkerPlan plan, TimeSpan timeout, Action<WorkerMessage> report, CancellationToken cancellationToken)
        {
            if (plan.Task != WorkerTask.List)
                return _fake.RunAsync(plan, timeout, report, cancellationToken);
            RunPreview preview = RunPreview.Of(new RunOptions { Model = "synthetic:tiny", Filters = ["kernel/norm/**"] }, RunEnvironment.Live());
            report(new HelloMessage(WorkerProtocol.Version, "0.0.0", BuildProbe.BuildId, Plans.Build, true));
            report(new ListedMessage("i2s-scalar", [.. preview.Workloads.Select(d => new ListedWorkload(d.Id.Text, d.Definition, d.Unit.Name, d.Kernel, d.Work))]));
            report(new DoneMessage());
            return Task.FromResult(WorkerEnd.Done);
        }
    }
}
