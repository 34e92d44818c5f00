using System.Text.Json;
using System.Xml.Linq;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Tests.Commands;

public class ReportCommandTests
{
    [Fact]
    public async Task Without_options_it_is_markdown_on_stdout()
    {
        using var workspace = new Workspace();
        Receipt receipt = workspace.Receipt("a.json");
        CommandRun run = await workspace.Run("report", "a.json");
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        Assert.StartsWith("# ", run.Output);
        Assert.Contains(receipt.Digest!, run.Output);
        Assert.Equal(["a.json"], Directory.GetFileSystemEntries(workspace.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_name_of_the_file_decides_the_format_and_plots_stand_beside_markdown()
    {
        using var workspace = new Workspace();
        workspace.Receipt("a.json");
        foreach (string name in new[] { "r.md", "r.html", "r.csv", "r.xml", "r.json" })
        {
            CommandRun run = await workspace.Run("report", "a.json", "--out", $"out/{name}");
            Assert.Equal((ExitCode.Done, $"{Path.Combine("out", name)}\n", ""), (run.Code, run.Output, run.Error));
        }
        Assert.StartsWith("# ", Text("r.md"));
        Assert.Contains("<svg", Text("r.html"));
        Assert.StartsWith("workload,launch,iteration,value,unit\n", Text("r.csv"));
        Assert.Equal("testsuite", XDocument.Parse(Text("r.xml")).Root!.Name.LocalName);
        Assert.Equal(File.ReadAllText(workspace["a.json"]), Text("r.json"));
        string[] plots = Directory.GetFiles(workspace["out/r.files"], "*.svg");
        Assert.NotEmpty(plots);
        Assert.All(plots, plot => Assert.Contains($"r.files/{Path.GetFileName(plot)}", Text("r.md")));

        string Text(string name) => File.ReadAllText(workspace[$"out/{name}"]);
    }

    [Theory]
    [InlineData("md", "REGRESSED|regressed")]
    [InlineData("html", "regressed")]
    [InlineData("junit", "<failure type=\"regressed\"")]
    [InlineData("json", "\"schema\": \"comparison/1\"")]
    public async Task With_a_baseline_every_format_tells_the_verdict(string format, string expected)
    {
        using var workspace = new Workspace();
        workspace.Receipt("base.json");
        workspace.Receipt("head.json", slowdown: 2);
        CommandRun run = await workspace.Run("report", "head.json", "--baseline", "base.json", "--format", format);
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        Assert.Matches(expected, run.Output);
    }

    [Fact]
    public async Task Json_is_one_document()
    {
        using var workspace = new Workspace();
        workspace.Receipt("a.json");
        CommandRun run = await workspace.Run("report", "a.json", "--format", "json");
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal("receipt/1", document.RootElement.GetProperty("schema").GetString());
    }

    [Fact]
    public async Task Auto_takes_the_stored_baseline_and_says_when_there_is_none()
    {
        using var workspace = new Workspace();
        Receipt receipt = workspace.Receipt("head.json", slowdown: 2);
        CommandRun none = await workspace.Run("report", "head.json", "--baseline", "auto");
        Assert.Equal((ExitCode.Done, $"no baseline for {receipt.HostKey} (baselines/{receipt.HostKey}/quick.json): nothing is compared"), (none.Code, none.ErrorLine));
        workspace.Receipt("base.json");
        await workspace.Run("baseline", "publish", "base.json", "--reason", "x");
        CommandRun compared = await workspace.Run("report", "head.json", "--baseline", "auto", "--format", "json");
        Assert.Contains("\"schema\": \"comparison/1\"", compared.Output);
    }

    [Fact]
    public async Task A_template_of_ones_own_is_rendered()
    {
        using var workspace = new Workspace();
        Receipt receipt = workspace.Receipt("a.json");
        workspace.Text("own.scriban", "suite {{ suite }} on {{ host_key }}");
        CommandRun run = await workspace.Run("report", "a.json", "--template", "own.scriban");
        Assert.Equal((ExitCode.Done, $"suite quick on {receipt.HostKey}"), (run.Code, run.Output));
    }

    [Theory]
    [InlineData(ExitCode.Usage, "--format: \"pdf\"; expected one of md, html, csv, junit, json", "a.json", "--format", "pdf")]
    [InlineData(ExitCode.Usage, "--out: \"r.xyz\" has an unknown extension; expected .md, .html, .csv, .xml, .json, or --format", "a.json", "--out", "r.xyz")]
    [InlineData(ExitCode.BadInput, "empty.json: the file is empty; expected a JSON document", "empty.json")]
    [InlineData(ExitCode.Usage, "--template: only md and html are made from templates", "a.json", "--format", "csv", "--template", "good.scriban")]
    [InlineData(ExitCode.Usage, "--template: comment is made as md only", "a.json", "--format", "html", "--template", "comment")]
    [InlineData(ExitCode.BadInput, "missing.scriban: no such file", "a.json", "--template", "missing.scriban")]
    [InlineData(ExitCode.BadInput, "broken.scriban, line 2: ", "a.json", "--template", "broken.scriban")]
    [InlineData(ExitCode.BadInput, "misspelt.scriban, line 1: ", "a.json", "--template", "misspelt.scriban")]
    [InlineData(ExitCode.BadInput, "csv holds the samples of one run", "a.json", "b.json", "--format", "csv")]
    [InlineData(ExitCode.VerificationFailed, "$.digest", "altered.json")]
    [InlineData(ExitCode.BadInput, "receipt/99", "newer.json")]
    [InlineData(ExitCode.BadInput, "missing.json", "missing.json")]
    [InlineData(ExitCode.BadInput, "no receipt and no baseline in this folder", "empty")]
    [InlineData(ExitCode.BadInput, "the same run as", "a.json", "--baseline", "a.json")]
    [InlineData(ExitCode.BadInput, "the run was interrupted", "incomplete.json")]
    public async Task What_cannot_be_rendered_is_refused_with_one_line(ExitCode code, string message, params string[] arguments)
    {
        using var workspace = new Workspace();
        workspace.Receipt("a.json");
        workspace.Receipt("b.json");
        workspace.AlteredReceipt("altered.json");
        workspace.NewerReceipt("newer.json");
        workspace.Receipt("incomplete.json", change: r => r with { Status = RunStatus.Incomplete });
        workspace.Text("empty.json", "\n");
        workspace.Text("good.scriban", "{{ suite }}");
        workspace.Text("broken.scriban", "fine\n{{ if }}");
        workspace.Text("misspelt.scriban", "{{ sweet }}");
        Directory.CreateDirectory(workspace["empty"]);
        CommandRun run = await workspace.Run(["report", .. arguments]);
        Assert.Equal((code, ""), (run.Code, run.Output));
        Assert.Contains(message, run.ErrorLine);
    }

    [Theory]
    [InlineData("html")]
    [InlineData("md")] // its plots have no place beside a device
    public async Task A_full_disk_is_74(string format)
    {
        if (!File.Exists("/dev/full")) Assert.Skip("needs /dev/full");
        using var workspace = new Workspace();
        workspace.Receipt("a.json");
        CommandRun run = await workspace.Run("report", "a.json", "--format", format, "--out", "/dev/full");
        Assert.Equal((ExitCode.StoreFailed, ""), (run.Code, run.Output));
        Assert.StartsWith("bitnet-perf report: /dev/full: cannot be written: No space left on device", run.ErrorLine);
    }

    [Fact]
    public async Task An_interrupted_run_is_rendered_when_told()
    {
        using var workspace = new Workspace();
        workspace.Receipt("a.json", change: r => r with { Status = RunStatus.Incomplete });
        Assert.Equal(ExitCode.Done, (await workspace.Run("report", "a.json", "--allow-incomplete")).Code);
    }

    [Fact]
    public async Task Named_templates_come_with_the_program_and_any_other_value_is_a_file()
    {
        using var workspace = new Workspace();
        workspace.Receipt("a.json");
        CommandRun summary = await workspace.Run("report", "a.json", "--template", "build-summary", "--out", "summary.md");
        Assert.Equal((ExitCode.Done, "summary.md\n", ""), (summary.Code, summary.Output, summary.Error));
        Assert.StartsWith("# Timing Build Summary\n\n## Build Status: ", File.ReadAllText(workspace["summary.md"]));
        Assert.False(Directory.Exists(workspace["summary.files"]));
        string plain = (await workspace.Run("report", "a.json")).Output;
        Assert.Equal(plain, (await workspace.Run("report", "a.json", "--template", "default")).Output);
        Assert.Equal(plain, (await workspace.Run("report", "a.json", "--template", "report")).Output);
        File.WriteAllText(workspace["build-summary"], "own {{ summary.status }}");
        Assert.StartsWith("own ", (await workspace.Run("report", "a.json", "--template", "./build-summary")).Output);
        CommandRun missing = await workspace.Run("report", "a.json", "--template", "summary");
        Assert.Equal((ExitCode.BadInput, ""), (missing.Code, missing.Output));
    }

    [Theory]
    [InlineData("html", "build-summary is made as md only")]
    [InlineData("junit", "only md and html are made from templates")]
    public async Task The_build_summary_is_markdown(string format, string message)
    {
        using var workspace = new Workspace();
        workspace.Receipt("a.json");
        CommandRun run = await workspace.Run("report", "a.json", "--template", "build-summary", "--format", format);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.Error);
    }
}
