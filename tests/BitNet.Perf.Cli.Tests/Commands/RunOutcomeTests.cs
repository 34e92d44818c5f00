using BitNet.Engine.Gguf;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Tests.Runs;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Cli.Commands;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Tests.Commands;

/// <summary>What a run makes of what its workers report; the worker is a fake within this process, its times are made up.</summary>
public sealed class RunOutcomeTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Repeated_runs_have_a_receipt_each_and_the_last_report_speaks_of_all()
    {
        CommandRun run = await Run(new FakeWorker(), "--repeat", "3", "--pause", "10ms", "--launches", "2", "--out", "runs");
        Assert.Equal(ExitCode.Done, run.Code);
        string[] folders = [.. Directory.GetDirectories(_workspace["runs"]).Order()];
        Receipt[] receipts = [.. folders.Select(folder => ReceiptFile.Read(Path.Combine(folder, "receipt.json"))).OrderBy(r => r.Launches[0].StartedUtc)];
        Assert.Equal(folders.Select(Path.GetFileName).Order(), receipts.Select(r => r.Run).Order());
        Assert.All(receipts, r => Assert.Equal((RunStatus.Complete, 2), (r.Status, r.Launches.Count)));
        Assert.Contains("run 2 of 3 is done; the next one begins in 0.0 s", run.Error);
        string last = File.ReadAllText(Path.Combine(_workspace["runs"], receipts[^1].Run, "report.md"));
        Assert.All(receipts, r => Assert.Contains(r.Digest!, last));
        Assert.Matches($"baseline publish .*{receipts[0].Run}.*{receipts[2].Run}.* --reason TEXT", run.Output);
        Assert.Equal(ExitCode.Done, (await _workspace.Run("baseline", "publish", "runs", "--reason", "three", "--allow-dirty")).Code);
    }

    [Fact]
    public async Task Without_a_baseline_it_passes_unless_it_is_to_fail_on_regressions()
    {
        Assert.Equal(ExitCode.Done, (await Run(new FakeWorker(), "--out", "a")).Code);
        CommandRun required = await Run(new FakeWorker(), "--out", "b", "--fail-on", "regressed");
        Assert.Equal(ExitCode.Incomparable, required.Code);
        Assert.Contains("3 measured, nothing compared", required.Output);
        Assert.Equal(ExitCode.Done, (await Run(new FakeWorker(), "--out", "c", "--fail-on", "regressed", "--baseline", "none")).Code);
    }

    [Theory]
    [InlineData(ExitCode.Done, "This run does not fail on it; with --fail-on regressed it would.")]
    [InlineData(ExitCode.Regressed, "", "--fail-on", "regressed")]
    public async Task A_regression_is_shown_and_decides_the_exit_code_only_when_told(ExitCode code, string note, params string[] arguments)
    {
        await Run(new FakeWorker(), "--out", "base");
        var slower = new FakeWorker { Changes = m => Slowed(m, m.Id.StartsWith("kernel/", StringComparison.Ordinal) ? 5 : 1) };
        CommandRun run = await Run(slower, ["--out", "head", "--baseline", "base", .. arguments]);
        Assert.Equal(code, run.Code);
        Assert.Contains("1 regressed", run.Output);
        Assert.Contains(Path.Combine("head", "report.md"), run.Output);
        Assert.Contains(note, run.Output);
        Assert.Contains("regressed", File.ReadAllText(_workspace["head/report.md"]));
    }

    [Fact]
    public async Task A_result_that_changes_while_it_is_timed_is_5()
    {
        CommandRun run = await Run(new FakeWorker { Differs = (id, launch) => id.StartsWith("kernel/norm/", StringComparison.Ordinal) && launch == 2 }, "--launches", "2");
        Assert.Equal(ExitCode.WrongResult, run.Code);
        Assert.Matches("kernel/norm/.*: the output while it was timed was not the checked one; its figures mean nothing", run.Error);
    }

    [Fact]
    public async Task A_receipt_that_does_not_verify_is_4()
    {
        // The probe is a million times slower than what is said to come from the same memory.
        var absurd = new FakeWorker { Changes = m => Slowed(m, m.Id.StartsWith("probe/read", StringComparison.Ordinal) ? 1e6 : 1) };
        CommandRun run = await Run(absurd, ["--out", "a"], "kernel/gemv/**");
        Assert.Equal(ExitCode.VerificationFailed, run.Code);
        Assert.Contains("[probe-exceeded]", run.Error);
    }

    [Fact]
    public async Task A_lost_launch_is_told_and_the_others_count()
    {
        CommandRun run = await Run(new FakeWorker { Ends = plan => plan.Launch == 2 ? new WorkerEnd(false, "it crashed", null, null) : null }, "--launches", "3");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("warning launch-lost (launch/2): launch 2 was lost: it crashed", run.Error);
        Assert.Contains("2 of 3 launches", run.Output);
    }

    [Fact]
    public async Task Without_any_launch_there_is_no_result()
    {
        CommandRun run = await Run(new FakeWorker { Ends = plan => plan.Launch > 0 ? new WorkerEnd(false, "it crashed", null, null) : null }, "--launches", "1", "--out", "a");
        Assert.Equal((ExitCode.Defect, ""), (run.Code, run.Output));
        Assert.EndsWith("no launch gave a result; the last one: it crashed\n", run.Error);
        Assert.False(File.Exists(_workspace["a/receipt.json"]));
    }

    [Theory]
    [InlineData(0, "interrupted before a launch was complete; nothing is kept\n", null)]
    [InlineData(1, "interrupted before a launch was complete; a holds the plan\ngo on with: bitnet-perf run --resume a\n", null)]
    [InlineData(2, "interrupted: 1 of 3 launches are kept in a, the receipt there is marked incomplete\ngo on with: bitnet-perf run --resume a\n", 1)]
    public async Task Interrupted_it_says_what_is_kept_and_how_to_go_on(int launch, string message, int? kept)
    {
        using var cancellation = new CancellationTokenSource();
        var worker = new FakeWorker { Begins = plan => { if (plan.Launch == launch) cancellation.Cancel(); } };
        CommandRun run = await RunUntil(
            cancellation.Token, worker, "--model", "synthetic:tiny", "--filter", "kernel/norm/**", "--launches", "3", "--out", "a");
        Assert.Equal((ExitCode.Interrupted, ""), (run.Code, run.Output));
        Assert.EndsWith(message, run.Error);
        Assert.Equal(kept, File.Exists(_workspace["a/receipt.json"]) ? ReceiptFile.Read(_workspace["a/receipt.json"]).Launches.Count : null);
        if (launch == 0)
        {
            Assert.False(Directory.Exists(_workspace["a"]));
            return;
        }
        CommandRun resumed = await RunUntil(TestContext.Current.CancellationToken, new FakeWorker(), "--resume", "a");
        Assert.Equal(ExitCode.Done, resumed.Code);
        Assert.Contains("3 of 3 launches", resumed.Output);
        byte[] receipt = File.ReadAllBytes(_workspace["a/receipt.json"]);
        CommandRun again = await RunUntil(TestContext.Current.CancellationToken, new FakeWorker(), "--resume", "a");
        Assert.Equal((ExitCode.BadInput, "bitnet-perf run: a: the run is complete; expected the folder of an interrupted run"), (again.Code, again.ErrorLine));
        Assert.Equal(receipt, File.ReadAllBytes(_workspace["a/receipt.json"]));
    }

    [Theory]
    [InlineData("kernel/norm/**")] // measures nothing of the model
    [InlineData("e2e/decode/**")]
    public async Task A_corrupt_weight_is_65_before_any_worker_starts_and_leaves_no_folder(string filter)
    {
        long offset;
        string model = _workspace["code3.gguf"];
        File.Copy(Fixture.TinyModel, model);
        using (GgufFile file = GgufFile.Open(model))
            offset = file.Tensor("blk.1.ffn_down.weight").Offset + 7;
        using (FileStream stream = File.OpenWrite(model))
        {
            stream.Position = offset;
            stream.WriteByte(0xff);
        }
        var worker = new FakeWorker();
        CommandRun run = await RunUntil(TestContext.Current.CancellationToken, worker, "--model", model, "--filter", filter);
        Assert.Equal((ExitCode.BadInput, ""), (run.Code, run.Output));
        Assert.Equal($"bitnet-perf run: {model}: blk.1.ffn_down.weight has code 3 at byte {offset}; expected 0, 1 or 2", run.ErrorLine);
        Assert.Empty(worker.Plans);
        Assert.False(Directory.Exists(_workspace["artifacts"]));
    }

    [Fact]
    public async Task A_model_that_cannot_be_made_is_74_and_leaves_no_folder()
    {
        // A folder in the model's place fails as a full disk does: when the file is written.
        Directory.CreateDirectory(_workspace["cache/models/synthetic-tiny-seed1.gguf"]);
        CommandRun run = await Run(new FakeWorker(), "--out", "a/b");
        Assert.Equal((ExitCode.StoreFailed, ""), (run.Code, run.Output));
        Assert.Contains("synthetic-tiny-seed1.gguf: is a directory", run.Error);
        Assert.False(Directory.Exists(_workspace["a"]));
    }

    [Fact]
    public async Task A_result_that_differs_from_the_baseline_s_is_5_without_being_asked()
    {
        await Run(new FakeWorker(), "--out", "base");
        CommandRun run = await Run(new FakeWorker { Checked = "bb" }, "--out", "head", "--baseline", "base");
        Assert.Equal(ExitCode.WrongResult, run.Code);
        Assert.Contains("WRONG RESULT", run.Output);
        Assert.DoesNotContain("does not fail on it", run.Output);
    }

    private static MeasuredMessage Slowed(MeasuredMessage message, double factor) => message with { Nanoseconds = [.. message.Nanoseconds.Select(ns => ns * factor)] };

    private Task<CommandRun> Run(FakeWorker worker, params string[] arguments) => Run(worker, arguments, "kernel/norm/**", "e2e/decode/**");

    private Task<CommandRun> Run(FakeWorker worker, string[] arguments, params string[] filters) =>
        RunUntil(TestContext.Current.CancellationToken, worker, ["--model", "synthetic:tiny", .. filters.SelectMany(filter => new[] { "--filter", filter }), .. arguments]);

    private Task<CommandRun> RunUntil(CancellationToken cancellation, FakeWorker worker, params string[] arguments) =>
        CommandRun.Until(cancellation, [RunCommand.Create(() => RunEnvironment.Live() with { Worker = worker, Cache = _workspace["cache"] })], ["run", .. arguments], _workspace.Surroundings);
}
