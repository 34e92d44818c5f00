using System.Text.Json;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Tests.Commands;

public class ReceiptCommandTests
{
    [Fact]
    public async Task A_sound_receipt_is_one_line_with_its_digest()
    {
        using var workspace = new Workspace();
        Receipt receipt = workspace.Receipt("a.json");
        CommandRun run = await workspace.Run("receipt", "verify", "a.json");
        Assert.Equal((ExitCode.Done, $"a.json: OK {receipt.Digest}\n", ""), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public async Task An_altered_receipt_is_4_and_the_others_are_still_looked_at()
    {
        using var workspace = new Workspace();
        workspace.AlteredReceipt("altered.json");
        Receipt sound = workspace.Receipt("sound.json");
        CommandRun run = await workspace.Run("receipt", "verify", "altered.json", "missing.json", "sound.json");
        Assert.Equal(ExitCode.VerificationFailed, run.Code);
        string[] lines = run.Output.TrimEnd().Split('\n');
        Assert.StartsWith("altered.json: $.digest: ", lines[0]);
        Assert.Equal($"sound.json: OK {sound.Digest}", lines[^1]);
        Assert.Equal("bitnet-perf receipt verify: missing.json: no such file", run.ErrorLine);
    }

    [Fact]
    public async Task A_receipt_of_a_newer_schema_is_a_bad_input()
    {
        using var workspace = new Workspace();
        workspace.NewerReceipt("new.json");
        CommandRun run = await workspace.Run("receipt", "verify", "new.json");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Equal("", run.Output);
        Assert.Contains("new.json: $.schema: \"receipt/99\" was written by a newer version of this program; expected \"receipt/1\"", run.ErrorLine);
    }

    [Theory]
    [InlineData("missing.json", "no such file")]
    [InlineData("folder", "is a folder; expected a readable file")]
    [InlineData("text.json", "line 1: ")]
    [InlineData("other.json", "not a receipt; expected an object with \"schema\": \"receipt/1\"")]
    public async Task What_is_no_receipt_is_a_bad_input(string file, string message)
    {
        using var workspace = new Workspace();
        Directory.CreateDirectory(workspace["folder"]);
        workspace.Text("text.json", "not a receipt");
        workspace.Text("other.json", "{}");
        CommandRun run = await workspace.Run("receipt", "show", file);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.StartsWith($"bitnet-perf receipt show: {file}: ", run.ErrorLine);
        Assert.Contains(message, run.ErrorLine);
    }

    [Fact]
    public async Task Show_tells_host_build_model_and_every_workload_with_unit_and_result()
    {
        using var workspace = new Workspace();
        Receipt receipt = workspace.Receipt("a.json");
        CommandRun run = await workspace.Run("receipt", "show", "a.json");
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        foreach (string text in new[] { receipt.Run, receipt.Digest!, receipt.HostKey, "AMD EPYC", "commit 012345678901", "synthetic-2b-seed1.gguf", receipt.Model!.Sha256, "3 of 3 launches" })
            Assert.Contains(text, run.Output);
        // The summary's own figures: 150 µs for 17.7 million 2-bit weights (4.4 MB) is 29.5 GB/s, 92 % of 32 GB/s.
        Assert.Contains("\nkernel/gemv/\n", run.Output);
        Assert.Matches(@"  i2s/avx512/6912x2560/b1/cold/t2 +15\d µs +0\.\d % +2\d\.\d +11\d +9\d % +cccccccccccc", run.Output);
        Assert.Matches(@"decode/i2s\+f16/tg32@ctx0/t2 +(19\.\d|20\.\d) tok/s", run.Output);
        Assert.Matches(@"read/t2 +3\d\.\d GB/s", run.Output);
    }

    [Fact]
    public async Task Show_marks_lossy_workloads_and_says_how_the_read_probe_read()
    {
        using var workspace = new Workspace();
        workspace.Receipt("exact.json");
        workspace.Receipt("lossy.json", change: LossyDecode);
        CommandRun exact = await workspace.Run("receipt", "show", "exact.json"), lossy = await workspace.Run("receipt", "show", "lossy.json");
        Assert.DoesNotContain("lossy", exact.Output);
        Assert.Matches(@"\n  read/t2 +3\d\.\d GB/s.*\n    4 streams, 1024 bytes ahead\n", exact.Output);
        Assert.Matches(@"\n  decode/i2s\+q8_0/tg32@ctx0/t2 +(19\.\d|20\.\d) tok/s.*\n    lossy: other logits than the F16 head's\n", lossy.Output);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(lossy.Output, "lossy"));
    }

    [Fact]
    public void A_runs_summary_marks_lossy_workloads_and_fits_80_columns()
    {
        Receipt exact = Receipts.Tests.SyntheticReceipt.Create(), lossy = LossyDecode(exact);
        Assert.DoesNotContain(RunText.Lines(exact), line => line.Contains("lossy", StringComparison.Ordinal));
        Assert.Single(RunText.Lines(lossy), line => line.Contains("lossy", StringComparison.Ordinal));
        Assert.All(Cli.Display.WorkloadTable.Lines(lossy), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Patterns_that_differ_between_launches_are_counted()
    {
        Receipt receipt = Receipts.Tests.SyntheticReceipt.Create();
        WorkloadRecord read = receipt.Workloads.Single(w => w.Id == Receipts.Tests.SyntheticReceipt.Probe);
        string?[] patterns = ["1 stream, 0 bytes ahead", "8 streams, 0 bytes ahead", "8 streams, 0 bytes ahead"];
        Assert.Equal("8 streams, 0 bytes ahead in 2 of 3 launches; 1 stream, 0 bytes ahead in 1 of 3 launches", ReadPatterns.Of(With(patterns)));
        Assert.Equal("8 streams, 0 bytes ahead", ReadPatterns.Of(With([null, null, patterns[1]])));
        Assert.Null(ReadPatterns.Of(With([null, null, null])));

        WorkloadRecord With(string?[] each) => read with { Launches = [.. read.Launches.Zip(each, (launch, pattern) => launch with { ReadPattern = pattern })] };
    }

    private static Receipt LossyDecode(Receipt receipt) => receipt with
    {
        Phases = null,
        Workloads = [.. receipt.Workloads.Select(w => w.Id == Receipts.Tests.SyntheticReceipt.Decode ? w with { Id = "e2e/decode/i2s+q8_0/tg32@ctx0/t2", Lossy = true } : w)],
    };

    [Fact]
    public async Task Show_json_is_the_receipt_itself()
    {
        using var workspace = new Workspace();
        workspace.Receipt("a.json");
        CommandRun run = await workspace.Run("receipt", "show", "a.json", "--json");
        Assert.Equal(ExitCode.Done, run.Code);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal("receipt/1", document.RootElement.GetProperty("schema").GetString());
        Assert.Equal(File.ReadAllText(workspace["a.json"]), run.Output);
    }
}
