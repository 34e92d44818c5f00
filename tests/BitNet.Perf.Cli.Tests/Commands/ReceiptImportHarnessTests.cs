using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Cli.Tests.Commands;

/// <summary>Files of other harnesses, from the command line to comparison and report.</summary>
public class ReceiptImportHarnessTests
{
    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", "imports", name);

    private static string LlamaBench(double nanoseconds, int launch) => FormattableString.Invariant(
        $$"""[{"cpu_info": "Xeon", "n_prompt": 0, "n_gen": 32, "n_threads": 2, "samples_ns": [{{nanoseconds * (1 + (launch * 7 % 5 * 0.001))}}, {{nanoseconds * (1.0002 + (launch * 7 % 5 * 0.001))}}]}]""");

    private static async Task Import(Workspace workspace, string name, double nanoseconds)
    {
        string[] files = [.. Enumerable.Range(1, 10).Select(launch => $"{name}-{launch}.json")];
        for (int i = 0; i < files.Length; i++)
            workspace.Text(files[i], LlamaBench(nanoseconds, i + 1));
        CommandRun run = await workspace.Run(["receipt", "import", "--from", "llama-bench", .. files, "--host-key", "server-7", "--out", $"{name}.json"]);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.StartsWith($"{name}.json\n  1 workload, 10 launches, 20 samples for host server-7, sha256:", run.Output);
    }

    [Theory]
    [InlineData("bdn", "benchmarkdotnet-full.json", "1 workload, 2 launches, 6 samples")]
    [InlineData("llama-bench", "llama-bench.bitnet-cpp.json", "4 workloads, 1 launch, 20 samples")]
    [InlineData("llama-bench", "llama-bench.bitnet-cpp.jsonl", "2 workloads, 1 launch, 6 samples")]
    [InlineData("llama-bench", "llama-bench.ik-llama-cpp.json", "2 workloads, 1 launch, 10 samples")]
    [InlineData("google-benchmark", "google-benchmark.json", "2 workloads, 1 launch, 6 samples")]
    [InlineData("claims", "timing-summary.md", "5 workloads, 1 launch, 5 samples")]
    public async Task Real_output_is_imported_verified_and_shown(string format, string file, string counts)
    {
        using var workspace = new Workspace();
        CommandRun import = await workspace.Run("receipt", "import", "--from", format, Fixture(file), "--host-key", "server-7", "--out", "r.json");
        Assert.Equal(ExitCode.Done, import.Code);
        Assert.Contains(counts + " for host server-7", import.Output);
        Assert.Equal(ExitCode.Done, (await workspace.Run("receipt", "verify", "r.json")).Code);
        CommandRun show = await workspace.Run("receipt", "show", "r.json");
        Assert.Equal(ExitCode.Done, show.Code);
        Assert.Contains("measured by", show.Output);
    }

    [Fact]
    public async Task Two_imports_of_several_files_are_compared_reported_and_fail_a_gate_like_measured_ones()
    {
        using var workspace = new Workspace();
        await Import(workspace, "base", 1e9);
        await Import(workspace, "head", 2e9);
        CommandRun compare = await workspace.Run("compare", "base.json", "head.json");
        Assert.Equal(ExitCode.Regressed, compare.Code);
        Assert.Contains("REGRESSED  tg32/t2", compare.Output);
        await Import(workspace, "again", 1e9);
        CommandRun same = await workspace.Run("compare", "base.json", "again.json");
        Assert.DoesNotContain("REGRESSED", same.Output);
        Assert.NotEqual(ExitCode.Regressed, same.Code);
        CommandRun report = await workspace.Run("report", "head.json", "--baseline", "base.json");
        Assert.Equal(ExitCode.Done, report.Code);
        Assert.Contains("gate fails", report.Output);
        Assert.Contains("| processor | Xeon |", report.Output);
        Assert.Contains("| measured by | llama-bench |", report.Output);
    }

    [Fact]
    public async Task An_import_is_never_compared_with_a_measured_run()
    {
        using var workspace = new Workspace();
        Receipt measured = workspace.Receipt("ours.json");
        string id = measured.Workloads.First(workload => workload.Unit == "ns").Id;
        workspace.Text("a.csv", $"workload,launch,iteration,value,unit\n{id},1,1,1500,ns\n");
        Assert.Equal(ExitCode.Done, (await workspace.Run("receipt", "import", "--from", "csv", "a.csv", "--host-key", measured.HostKey, "--out", "theirs.json")).Code);
        CommandRun compare = await workspace.Run("compare", "ours.json", "theirs.json");
        Assert.Equal(ExitCode.Incomparable, compare.Code);
        Assert.Contains("imported/1", compare.Output);
    }

    [Fact]
    public async Task A_host_key_that_was_assumed_tells_of_another_processor_s_name()
    {
        using var workspace = new Workspace();
        workspace.Text("a.json", LlamaBench(1e9, 1).Replace("Xeon", "Imaginary Processor 7", StringComparison.Ordinal));
        CommandRun run = await workspace.Run("receipt", "import", "--from", "llama-bench", "a.json", "--out", "r.json");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("the file names the processor \"Imaginary Processor 7\"", run.Error);
        Assert.Contains(ReceiptVerification.Read(workspace["r.json"]).Warnings, warning => warning.Code == WarningCodes.HostKeyAssumed);
    }

    [Fact]
    public async Task A_file_of_another_format_or_cut_off_is_65_with_its_name_and_nothing_is_written()
    {
        using var workspace = new Workspace();
        workspace.Text("cut.json", LlamaBench(1e9, 1)[..40]);
        CommandRun wrong = await workspace.Run("receipt", "import", "--from", "bdn", Fixture("llama-bench.bitnet-cpp.json"), "--out", "r.json");
        Assert.Equal(ExitCode.BadInput, wrong.Code);
        Assert.Contains("llama-bench.bitnet-cpp.json: looks like llama-bench output (--from llama-bench)", wrong.ErrorLine);
        CommandRun cut = await workspace.Run("receipt", "import", "--from", "llama-bench", "cut.json", "--out", "r.json");
        Assert.Equal((ExitCode.BadInput, "bitnet-perf receipt import: cut.json: line 1: ends in the middle of the JSON; expected a whole file"), (cut.Code, cut.ErrorLine));
        CommandRun missing = await workspace.Run("receipt", "import", "--from", "google-benchmark", "none.json", "--out", "r.json");
        Assert.Equal(ExitCode.BadInput, missing.Code);
        Assert.False(File.Exists(workspace["r.json"]));
    }

    [Fact]
    public async Task The_same_file_twice_and_two_files_of_a_format_that_takes_one_are_wrong_usage()
    {
        using var workspace = new Workspace();
        workspace.Text("a.json", LlamaBench(1e9, 1));
        CommandRun twice = await workspace.Run("receipt", "import", "--from", "llama-bench", "a.json", "./a.json", "--out", "r.json");
        Assert.Equal(ExitCode.Usage, twice.Code);
        Assert.Contains("would look like two launches that agree", twice.ErrorLine);
        CommandRun several = await workspace.Run("receipt", "import", "--from", "csv", "a.json", "b.json", "--out", "r.json");
        Assert.Equal((ExitCode.Usage, true), (several.Code, several.ErrorLine.Contains("csv takes one", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Published_figures_are_imported_with_what_is_wrong_said_on_stderr_and_kept()
    {
        using var workspace = new Workspace();
        CommandRun run = await workspace.Run("receipt", "import", "--from", "claims", Fixture("timing-summary.md"), "--out", "r.json");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("warning breakdown-sum: the parts add up to 1937648 us, the total is 1950925 us", run.Error);
        Assert.Contains("warning shares-sum: the shares add up to 99.32 %", run.Error);
        Receipt receipt = ReceiptVerification.Read(workspace["r.json"]);
        Assert.Equal((ReceiptOrigin.External, "external-ryzen-9-9950x3d"), (receipt.Origin, receipt.HostKey));
        Assert.Contains(receipt.Warnings, warning => warning.Code == "shares-sum");
        CommandRun show = await workspace.Run("receipt", "show", "r.json");
        Assert.Contains("processor                 AMD Ryzen 9 9950X3D 16-Core Processor", show.Output);
        Assert.Contains("warning shares-sum", show.Output);
    }

    [Fact]
    public async Task Figures_of_other_engines_are_context_of_a_report_and_no_side_of_a_comparison()
    {
        using var workspace = new Workspace();
        workspace.Receipt("ours.json");
        await workspace.Run("receipt", "import", "--from", "claims", Fixture("timing-summary.md"), "--out", "external/seed.json");
        foreach (string[] arguments in new string[][]
        {
            ["compare", "ours.json", "external/seed.json"], ["compare", "external/seed.json", "ours.json"], ["report", "external/seed.json"], ["report", "ours.json", "--baseline", "external/seed.json"],
        })
        {
            CommandRun refused = await workspace.Run(arguments);
            Assert.Equal(ExitCode.BadInput, refused.Code);
            Assert.Contains("external/seed.json: published figures of another engine", refused.ErrorLine);
        }
        CommandRun published = await workspace.Run("baseline", "publish", "external/seed.json", "--reason", "r");
        Assert.Equal(ExitCode.BadInput, published.Code);
        CommandRun plain = await workspace.Run("report", "ours.json");
        CommandRun report = await workspace.Run("report", "ours.json", "--context", "external");
        Assert.Equal(ExitCode.Done, report.Code);
        Assert.DoesNotContain("Context: other engines", plain.Output);
        Assert.Contains("## Context: other engines", report.Output);
        Assert.Contains("on AMD Ryzen 9 9950X3D 16-Core Processor: published by others, not verified", report.Output);
        Assert.Contains("`shares-sum`: the shares add up to 99.32 %", report.Output);
        CommandRun html = await workspace.Run("report", "ours.json", "--context", "external", "--format", "html");
        Assert.Contains("<h2>Context: other engines</h2>", html.Output);
    }

    [Fact]
    public async Task A_measured_run_is_no_context_and_only_md_and_html_have_one()
    {
        using var workspace = new Workspace();
        workspace.Receipt("ours.json");
        workspace.Receipt("other.json");
        CommandRun measured = await workspace.Run("report", "ours.json", "--context", "other.json");
        Assert.Equal(ExitCode.BadInput, measured.Code);
        Assert.Contains("other.json: measured by this program; --context takes imported and external receipts", measured.ErrorLine);
        Assert.Equal(ExitCode.Usage, (await workspace.Run("report", "ours.json", "--context", "other.json", "--format", "csv")).Code);
        CommandRun summary = await workspace.Run("report", "ours.json", "--context", "other.json", "--template", "build-summary");
        Assert.Equal((ExitCode.Usage, true), (summary.Code, summary.ErrorLine.Contains("--context: build-summary is of one run alone", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Baseline_list_shows_them_apart_and_verify_verifies_them()
    {
        using var workspace = new Workspace();
        await workspace.Run("receipt", "import", "--from", "claims", Fixture("timing-summary.md"), "--out", "baselines/external/seed.json");
        CommandRun list = await workspace.Run("baseline", "list");
        Assert.Contains("Figures of other engines, published by others and not verified", list.Output);
        Assert.Contains("  seed", list.Output);
        Assert.Contains("\"external\"", (await workspace.Run("baseline", "list", "--json")).Output);
        CommandRun verify = await workspace.Run("baseline", "verify");
        Assert.Equal((ExitCode.Done, true), (verify.Code, verify.Output.Contains("seed.json: OK sha256:", StringComparison.Ordinal)));
        string text = File.ReadAllText(workspace["baselines/external/seed.json"]);
        workspace.Text("baselines/external/seed.json", text.Replace("\"tokens\": null", "\"tokens\": 9", StringComparison.Ordinal));
        Assert.Equal(ExitCode.VerificationFailed, (await workspace.Run("baseline", "verify")).Code);
        Assert.Contains("DAMAGED", (await workspace.Run("baseline", "list")).Output);
    }
}
