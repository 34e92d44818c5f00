using System.Text.Json;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Tests.Runs;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Cli.Commands;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Cli.Tests.Commands;

/// <summary>The whole of gate against a folder of runs; the workers are fakes within this process, their times are made up.</summary>
public sealed class GateCommandTests : IDisposable
{
    private const string Norm = "kernel/norm/";

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    /// <summary>A worker whose kernel takes so many times what it took for the baseline, launches alternating around that.</summary>
    /// <param name="deviation">Of the kernel's launches, as a logarithm; all else varies by a thousandth.</param>
    private static FakeWorker Worker(double factor = 1, double deviation = 0.001, Action<WorkerPlan>? begins = null, double control = 1)
    {
        int launch = 0;
        return new FakeWorker
        {
            Begins = plan =>
            {
                launch = plan.Launch;
                begins?.Invoke(plan);
            },
            Changes = m =>
            {
                bool kernel = m.Id.StartsWith(Norm, StringComparison.Ordinal);
                double by = (kernel ? factor : m.Id.StartsWith("probe/control/", StringComparison.Ordinal) ? control : 1)
                    * Math.Exp((launch % 2 == 0 ? 1 : -1) * (kernel ? deviation : 0.001));
                return m with { Nanoseconds = [.. m.Nanoseconds.Select(ns => ns * by)] };
            },
        };
    }

    /// <summary>Six runs that differ by a thousandth.</summary>
    private async Task BaselineAsync()
    {
        for (int i = 0; i < 6; i++)
            await RunAsync($"base/{i}", i % 2 == 0 ? 1.001 : 0.999);
    }

    private async Task RunAsync(string folder, double factor = 1) =>
        Assert.Equal(ExitCode.Done, (await Until(TestContext.Current.CancellationToken, Worker(factor), ["run", "--suite", "gate", "--launches", "4", "--out", folder, "--baseline", "none", .. Selected])).Code);

    private static string[] Selected => ["--model", "synthetic:tiny", "--threads", "1", "--filter", "kernel/norm/**", "--filter", "e2e/decode/**"];

    private Task<CommandRun> Gate(FakeWorker worker, params string[] arguments) => GateInto("a", worker, arguments);

    private Task<CommandRun> GateInto(string folder, FakeWorker worker, params string[] arguments) =>
        Until(TestContext.Current.CancellationToken, worker, ["gate", "--launches", "4", "--out", folder, "--baseline", "base", .. Selected, .. arguments]);

    private Task<CommandRun> Until(CancellationToken cancellation, FakeWorker worker, params string[] arguments)
    {
        RunEnvironment Here() => RunEnvironment.Live() with { Worker = worker, Cache = _workspace["cache"] };
        return CommandRun.Until(cancellation == default ? TestContext.Current.CancellationToken : cancellation,
            [RunCommand.Create(Here), GateCommand.Create(Here), CompareCommand.Create()], arguments, _workspace.Surroundings);
    }

    private Dictionary<string, int> Launches() => ReceiptFile.Read(_workspace["a/receipt.json"]).Workloads.ToDictionary(w => string.Join('/', w.Id.Split('/').Take(2)) + (w.Id.Contains("screened", StringComparison.Ordinal) ? "+" : ""), w => w.Launches.Count);

    [Fact]
    public async Task What_is_undecided_alone_is_measured_on_until_it_passes_and_compare_says_the_same_of_the_files()
    {
        await BaselineAsync();
        CommandRun gate = await Gate(Worker(deviation: 0.025));
        Assert.Equal(ExitCode.Done, gate.Code);
        Assert.Matches(@"look 1: 1 of 3 measured on up to launch 8: kernel/norm/\S+ \(undecided, [+-]\d.*%\)\n", gate.Error);
        Assert.Matches(@"look 2: 1 of 3 measured on up to launch 16: kernel/norm/\S+ \(undecided, ", gate.Error);
        Assert.Contains("16 launches, 4 of every workload", gate.Output);
        Assert.Contains("3 equivalent", gate.Output);
        Assert.Equal((16, 4, 4, 16), (Launches()["kernel/norm"], Launches()["e2e/decode"], Launches()["e2e/decode+"], Launches()["probe/control"]));
        Assert.True(File.Exists(_workspace["a/report.md"]) && File.Exists(_workspace["a/samples.csv"]));

        CommandRun compare = await Until(TestContext.Current.CancellationToken, Worker(), "compare", "base", "--with", "a/receipt.json", "--json");
        Assert.Equal(gate.Code, compare.Code);
        JsonElement document = JsonDocument.Parse(compare.Output).RootElement;
        Assert.Equal((3, 3), (document.GetProperty("looks").GetInt32(), document.GetProperty("look").GetInt32()));
        Assert.All(document.GetProperty("workloads").EnumerateArray(), row => Assert.Equal("equivalent", row.GetProperty("verdict").GetString()));
        JsonElement norm = document.GetProperty("workloads").EnumerateArray().Single(row => row.GetProperty("id").GetString()!.StartsWith(Norm, StringComparison.Ordinal));
        Assert.Equal(16, norm.GetProperty("candidate").GetProperty("launches").GetInt32());
        Assert.EndsWith("look 3 of 3.", norm.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task What_is_suspicious_is_measured_on_until_it_is_called_regressed()
    {
        await BaselineAsync();
        CommandRun gate = await Gate(Worker(1.07, deviation: 0.025));
        Assert.Equal(ExitCode.Regressed, gate.Code);
        Assert.Matches(@"look 1: 1 of 3 measured on up to launch 8: kernel/norm/\S+ \(suspicious, \+7", gate.Error);
        Assert.Contains("1 regressed", gate.Output);
        Assert.Contains("1 regressed", File.ReadAllText(_workspace["a/report.md"]));
    }

    [Fact]
    public async Task A_clear_regression_needs_no_second_look()
    {
        await BaselineAsync();
        CommandRun gate = await Gate(Worker(1.5));
        Assert.Equal(ExitCode.Regressed, gate.Code);
        Assert.Contains("look 1: nothing of 3 is measured on\n", gate.Error);
        Assert.Contains("4 of 4 launches", gate.Output);
    }

    [Fact]
    public async Task On_a_host_that_changed_nothing_is_measured_on_and_nothing_passes()
    {
        await BaselineAsync();
        CommandRun gate = await Gate(Worker(deviation: 0.025, control: 1.2));
        Assert.Equal(ExitCode.Undecided, gate.Code);
        Assert.Contains("look 1: nothing of 3 is measured on; the host changed, so that nothing passes here\n", gate.Error);
        Assert.Contains("HOST CHANGED", gate.Output);
    }

    [Fact]
    public async Task What_noise_between_runs_leaves_open_is_not_measured_on()
    {
        await RunAsync("base");
        CommandRun gate = await Gate(Worker());
        Assert.Equal(ExitCode.Undecided, gate.Code);
        Assert.Contains("look 1: nothing of 3 is measured on; 3 open because of noise between runs, which launches do not decide\n", gate.Error);
        Assert.Equal(ExitCode.Done, (await GateInto("b", Worker(), "--allow-undecided")).Code);
    }

    [Fact]
    public async Task Interrupted_while_it_measures_on_it_says_how_to_go_on_and_does()
    {
        await BaselineAsync();
        using var cancellation = new CancellationTokenSource();
        CommandRun stopped = await Until(cancellation.Token, Worker(deviation: 0.025, begins: plan => { if (plan.Launch == 6) cancellation.Cancel(); }),
            ["gate", "--launches", "4", "--out", "a", "--baseline", "base", .. Selected]);
        Assert.Equal((ExitCode.Interrupted, ""), (stopped.Code, stopped.Output));
        Assert.EndsWith("interrupted: 5 launches are kept in a, the receipt there is marked incomplete\ngo on with: bitnet-perf gate --resume a --baseline base\n", stopped.Error);

        CommandRun asRun = await Until(TestContext.Current.CancellationToken, Worker(), "run", "--resume", "a");
        Assert.Equal(ExitCode.Usage, asRun.Code);
        Assert.Contains("began as gate, which measures on; go on with gate --resume", asRun.ErrorLine);

        CommandRun resumed = await Until(TestContext.Current.CancellationToken, Worker(deviation: 0.025), "gate", "--resume", "a", "--baseline", "base");
        Assert.Equal(ExitCode.Done, resumed.Code);
        Assert.Contains("look 1: 1 workload is measured on up to launch 8, as chosen before\nlook 2: 1 of 3 measured on up to launch 16: ", resumed.Error);
        Assert.Equal(16, Launches()["kernel/norm"]);
    }

    [Theory]
    [InlineData(ExitCode.Incomparable, "no baseline for ", "--baseline", "auto")]
    [InlineData(ExitCode.Incomparable, "other/receipt.json: measured on amd-epyc-f25m17s1-2c-avx512-linux-net10-16gb; this host is ", "--baseline", "other")]
    [InlineData(ExitCode.Usage, "--baseline: \"none\"; gate needs one: expected a path or auto", "--baseline", "none")]
    [InlineData(ExitCode.Usage, "the store of history is not part of this version; expected a path (a folder with the receipts of the last nights is one) or auto", "--baseline", "history:last=10")]
    [InlineData(ExitCode.Usage, "--budget: \"20\"; expected a duration with its unit", "--baseline", "other", "--budget", "20")]
    [InlineData(ExitCode.Usage, "--threshold: \"3\"; ", "--baseline", "other", "--threshold", "3")]
    public async Task What_makes_a_decision_impossible_is_said_in_one_line_before_anything_is_measured(ExitCode code, string message, params string[] arguments)
    {
        _workspace.Receipt("other/receipt.json");
        var worker = new FakeWorker();
        CommandRun gate = await Until(TestContext.Current.CancellationToken, worker, ["gate", .. Selected, .. arguments]);
        Assert.Equal((code, ""), (gate.Code, gate.Output));
        Assert.Contains(message, gate.ErrorLine);
        Assert.Empty(worker.Plans);
        Assert.False(Directory.Exists(_workspace["artifacts"]));
    }

    [Theory]
    [InlineData("bitnet-perf.json", """{"thresholds": {"kernal/**": "5%"}}""", "bitnet-perf.json: \"thresholds\": \"kernal/**\" matches no workload")]
    [InlineData("baselines/acceptances.json", "{}", "acceptances.json")]
    [InlineData("baselines/HOST/calibration.json", "{}", "calibration.json")]
    public async Task A_file_that_the_comparison_cannot_use_is_told_of_before_anything_is_measured(string file, string text, string message)
    {
        await RunAsync("base");
        _workspace.Text(file.Replace("HOST", ReceiptFile.Read(_workspace["base/receipt.json"]).HostKey, StringComparison.Ordinal), text);
        FakeWorker worker = Worker();
        CommandRun gate = await Gate(worker);
        Assert.Equal((ExitCode.BadInput, ""), (gate.Code, gate.Output));
        Assert.Contains(message, gate.ErrorLine);
        Assert.Empty(worker.Plans);
        Assert.False(Directory.Exists(_workspace["a"]));

        CommandRun run = await Until(TestContext.Current.CancellationToken, worker, ["run", "--suite", "gate", "--out", "a", "--baseline", "base", .. Selected]);
        Assert.Equal((ExitCode.BadInput, ""), (run.Code, run.Output));
        Assert.Empty(worker.Plans);
    }

    [Fact]
    public async Task A_budget_that_does_not_hold_the_first_look_is_64_and_leaves_no_folder()
    {
        await BaselineAsync();
        CommandRun gate = await Gate(Worker(), "--budget", "2s");
        Assert.Equal((ExitCode.Usage, ""), (gate.Code, gate.Output));
        // The stand-in worker lists no machine code, which is said before.
        string[] lines = gate.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("evidence-missing", lines[0]);
        Assert.Matches("a budget of 2 s does not hold .* 4 launches of about .* s up to the first look; expected at least 1m, ", lines[1]);
        Assert.False(Directory.Exists(_workspace["a"]));
    }

    [Fact]
    public async Task A_dry_run_needs_no_baseline_and_names_the_budget()
    {
        CommandRun gate = await Until(TestContext.Current.CancellationToken, new FakeWorker(), ["gate", "--dry-run", "--budget", "10m", .. Selected]);
        Assert.Equal((ExitCode.Done, ""), (gate.Code, gate.Error));
        Assert.Matches(@"16 launches of about [\s\S]*then, up to 10 min in all, further launches of what is suspicious or undecided\n$", gate.Output);
    }
}
