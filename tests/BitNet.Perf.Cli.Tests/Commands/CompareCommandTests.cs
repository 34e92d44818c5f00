using System.Text.Json;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Tests.Commands;

public class CompareCommandTests
{
    private static readonly string[] Pair = ["compare", "base.json", "head.json"];

    [Fact]
    public async Task A_doubled_time_is_a_regression_and_1()
    {
        using Workspace workspace = Sides(slowdown: 2);
        CommandRun run = await workspace.Run(Pair);
        Assert.Equal((ExitCode.Regressed, ""), (run.Code, run.Error));
        Assert.Contains("REGRESSED", run.Output);
        Assert.Contains("6912x2560/b1/cold/t2", run.Output);
    }

    [Fact]
    public async Task Too_little_evidence_is_2_unless_undecided_is_allowed_by_option_or_variable()
    {
        using Workspace workspace = Sides(slowdown: 1.01);
        Assert.Equal(ExitCode.Undecided, (await workspace.Run(Pair)).Code);
        Assert.Equal(ExitCode.Done, (await workspace.Run([.. Pair, "--allow-undecided"])).Code);
        workspace.Variables["BITNET_PERF_ALLOW_UNDECIDED"] = "true";
        Assert.Equal(ExitCode.Done, (await workspace.Run(Pair)).Code);
    }

    [Fact]
    public async Task Another_host_is_3()
    {
        using Workspace workspace = Sides(change: r =>
        {
            HostDescription host = r.Host with { MemoryBytes = r.Host.MemoryBytes * 4 };
            return r with { Host = host, HostKey = HostKey.From(host, r.Build.Runtime) };
        });
        CommandRun run = await workspace.Run(Pair);
        Assert.Equal(ExitCode.Incomparable, run.Code);
        Assert.Contains("host key differs", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("control kernel not comparable across hosts", run.Output);
    }

    [Fact]
    public async Task A_workload_that_is_missing_in_the_candidate_is_3()
    {
        using Workspace workspace = Sides(change: Without("kernel/gemv/i2s/avx512/6912x2560/b1/hot/t2"));
        CommandRun run = await workspace.Run([.. Pair, "--allow-undecided"]);
        Assert.Equal(ExitCode.Incomparable, run.Code);
        Assert.Contains("kernel/gemv/i2s/avx512/6912x2560/b1/hot/t2", run.Output);
    }

    [Fact]
    public async Task Another_suite_was_never_to_measure_the_rest_and_that_is_said()
    {
        using Workspace workspace = Sides(change: r => Without("kernel/gemv/i2s/avx512/6912x2560/b1/hot/t2")(r) with { Suite = "e2e" });
        CommandRun run = await workspace.Run([.. Pair, "--allow-undecided", "--json"]);
        Assert.Equal(ExitCode.Done, run.Code);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Contains(document.RootElement.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("code").GetString() == "suites-differ");
    }

    [Fact]
    public async Task A_suite_that_contains_the_baselines_must_have_measured_all_of_it()
    {
        const string Missing = "kernel/gemv/i2s/avx512/6912x2560/b1/hot/t2";
        using Workspace workspace = Sides(change: r => Without(Missing)(r) with { Suite = "full" });
        CommandRun run = await workspace.Run([.. Pair, "--allow-undecided"]);
        Assert.Equal(ExitCode.Incomparable, run.Code);
        Assert.Contains(Missing, run.Output);
    }

    [Fact]
    public async Task Another_result_is_5_before_any_regression()
    {
        using Workspace workspace = Sides(slowdown: 2, change: r => r with
        {
            Workloads = [.. r.Workloads.Select(w => w.Result is { } result ? w with { Result = result with { Digest = "sha256:" + new string('d', 64) } } : w)],
        });
        Assert.Equal(ExitCode.WrongResult, (await workspace.Run(Pair)).Code);
    }

    [Fact]
    public async Task Json_is_one_document_with_the_exit_code_of_the_process()
    {
        using Workspace workspace = Sides(slowdown: 2);
        CommandRun run = await workspace.Run([.. Pair, "--json"]);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal(("comparison/1", 1), (document.RootElement.GetProperty("schema").GetString(), document.RootElement.GetProperty("exitCode").GetInt32()));
        Assert.Equal(((ExitCode)1, ""), (run.Code, run.Error));
        Assert.Equal("base.json", document.RootElement.GetProperty("baseline").GetProperty("receipts")[0].GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("C.UTF-8", "✗", "µs")]
    [InlineData("C", "X", "us")]
    public async Task A_locale_without_unicode_gets_ascii(string locale, string sign, string unit)
    {
        using Workspace workspace = Sides(slowdown: 2);
        workspace.Variables["LC_ALL"] = locale;
        foreach (CommandRun run in new[] { await workspace.Run(Pair), await workspace.Run("receipt", "show", "head.json") })
        {
            Assert.Contains(unit, run.Output);
            Assert.Equal(locale == "C", run.Output.All(char.IsAscii));
        }
        Assert.StartsWith(sign, (await workspace.Run(Pair)).Output);
    }

    [Fact]
    public async Task Folders_several_files_and_published_baselines_are_sides()
    {
        using Workspace workspace = Sides(slowdown: 2);
        workspace.Receipt("more/a/receipt.json");
        workspace.Receipt("more/b/receipt.json");
        await workspace.Run("baseline", "publish", "more", "base.json", "--reason", "x");
        foreach (string[] baseline in new string[][] { ["baselines"], ["base.json", "more"], ["more/a/receipt.json", "more/b/receipt.json", "base.json"] })
        {
            CommandRun run = await workspace.Run(["compare", .. baseline, "--with", "head.json", "--json"]);
            using JsonDocument document = JsonDocument.Parse(run.Output);
            Assert.Equal(3, document.RootElement.GetProperty("baseline").GetProperty("runs").GetInt32());
            Assert.Equal(ExitCode.Regressed, run.Code);
        }
    }

    [Fact]
    public async Task A_threshold_by_pattern_and_one_for_the_rest_decide_what_matters()
    {
        using Workspace workspace = Sides(slowdown: 2);
        Assert.NotEqual(ExitCode.Regressed, (await workspace.Run([.. Pair, "--threshold", "150%"])).Code);
        workspace.Text("thresholds.json", """{"thresholds": {"kernel/**": "150%", "e2e/**": "150%"}}""");
        Assert.NotEqual(ExitCode.Regressed, (await workspace.Run([.. Pair, "--config", "thresholds.json"])).Code);
        workspace.Text("bitnet-perf.json", """{"thresholds": {"kernel/**": "150%"}}""");
        CommandRun run = await workspace.Run([.. Pair, "--json"]);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal(
            ["e2e/decode/i2s+f16/tg32@ctx0/t2"],
            document.RootElement.GetProperty("workloads").EnumerateArray().Where(w => w.GetProperty("verdict").GetString() == "regressed").Select(w => w.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData(ExitCode.Usage, "--threshold: \"3\"; expected a percentage with its sign, e.g. 3%", "base.json", "head.json", "--threshold", "3")]
    [InlineData(ExitCode.Usage, "1 receipts and no --with; expected BASELINE CANDIDATE", "base.json")]
    [InlineData(ExitCode.Usage, "3 receipts and no --with", "base.json", "head.json", "base.json")]
    [InlineData(ExitCode.VerificationFailed, "$.digest", "base.json", "altered.json")]
    [InlineData(ExitCode.BadInput, "receipt/99", "newer.json", "head.json")]
    [InlineData(ExitCode.BadInput, "no such file", "missing.json", "head.json")]
    [InlineData(ExitCode.BadInput, "no receipt and no baseline in this folder", "empty", "head.json")]
    [InlineData(ExitCode.BadInput, "the same run as", "base.json", "base.json")]
    [InlineData(ExitCode.BadInput, "no such file", "base.json", "head.json", "--config", "missing.json")]
    [InlineData(ExitCode.BadInput, "the run was interrupted", "base.json", "incomplete.json")]
    public async Task Bad_sides_are_refused_with_one_line(ExitCode code, string message, params string[] arguments)
    {
        using Workspace workspace = Sides();
        workspace.AlteredReceipt("altered.json");
        workspace.NewerReceipt("newer.json");
        workspace.Receipt("incomplete.json", change: r => r with { Status = RunStatus.Incomplete });
        Directory.CreateDirectory(workspace["empty"]);
        CommandRun run = await workspace.Run(["compare", .. arguments]);
        Assert.Equal((code, ""), (run.Code, run.Output));
        Assert.Contains(message, run.ErrorLine);
    }

    [Fact]
    public async Task An_interrupted_run_is_compared_when_told()
    {
        using Workspace workspace = Sides(slowdown: 2, change: r => r with { Status = RunStatus.Incomplete });
        Assert.Equal(ExitCode.Regressed, (await workspace.Run([.. Pair, "--allow-incomplete"])).Code);
    }

    private static Workspace Sides(double slowdown = 1, Func<Receipt, Receipt>? change = null)
    {
        var workspace = new Workspace();
        workspace.Receipt("base.json");
        workspace.Receipt("head.json", slowdown, change);
        return workspace;
    }

    private static Func<Receipt, Receipt> Without(string workload) => receipt => receipt with
    {
        Workloads = [.. receipt.Workloads.Where(w => w.Id != workload)],
        Launches = [.. receipt.Launches.Select(launch => launch with { Order = [.. launch.Order.Where(id => id != workload)] })],
    };
}
