using System.Text.Json;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Tests.Commands;

public class BaselineCommandTests
{
    [Fact]
    public async Task Published_receipts_are_listed_shown_and_verified()
    {
        using var workspace = new Workspace();
        Receipt receipt = workspace.Receipt("runs/one/receipt.json");
        workspace.Receipt("runs/two/receipt.json");
        CommandRun published = await workspace.Run("baseline", "publish", "runs", "--reason", "first figures");
        string path = $"baselines/{receipt.HostKey}/quick.json";
        Assert.Equal((ExitCode.Done, ""), (published.Code, published.Error));
        Assert.StartsWith($"{path}\n  2 runs of suite quick on {receipt.HostKey}, sha256:", published.Output);
        string digest = BaselineFile.Read(workspace[path]).Digest!;

        CommandRun verified = await workspace.Run("baseline", "verify");
        Assert.Equal((ExitCode.Done, $"{path}: OK {digest}\n"), (verified.Code, verified.Output));
        CommandRun listed = await workspace.Run("baseline", "list");
        Assert.Matches($@"{receipt.HostKey} +quick +2 +2026-01-31 +\d+ d +\? +[0-9.]+ % +012345678901 +STALE: first figures\n", listed.Output);
        foreach (string name in new[] { receipt.HostKey, $"{receipt.HostKey}/quick", path, workspace[path] })
        {
            CommandRun shown = await workspace.Run("baseline", "show", name);
            Assert.Equal(ExitCode.Done, shown.Code);
            Assert.StartsWith($"{path}  {digest}\n", shown.Output);
            Assert.Contains("first figures", shown.Output);
            Assert.Contains("kernel/gemv/\n  i2s/avx512/6912x2560/b1/cold/t2", shown.Output);
        }
    }

    [Fact]
    public async Task List_json_is_one_document_and_holds_damaged_baselines_too()
    {
        using var workspace = new Workspace();
        Receipt receipt = workspace.Receipt("receipt.json");
        await workspace.Run("baseline", "publish", "receipt.json", "--reason", "first");
        workspace.Text("baselines/other-host/quick.json", "{}");
        CommandRun run = await workspace.Run("baseline", "list", "--json");
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement[] entries = [.. document.RootElement.GetProperty("baselines").EnumerateArray()];
        Assert.Equal([receipt.HostKey, "other-host"], entries.Select(entry => entry.GetProperty("hostKey").GetString()));
        Assert.Equal([true, false], entries.Select(entry => entry.GetProperty("sound").GetBoolean()));
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Without_any_baseline_list_says_how_to_make_one_and_verify_does_not_pass()
    {
        using var workspace = new Workspace();
        CommandRun listed = await workspace.Run("baseline", "list");
        Assert.Equal((ExitCode.Done, ""), (listed.Code, listed.Output));
        Assert.Equal("no baseline in baselines; make one with: bitnet-perf baseline publish RECEIPT… --reason TEXT", listed.ErrorLine);
        CommandRun verified = await workspace.Run("baseline", "verify");
        Assert.Equal((ExitCode.BadInput, "bitnet-perf baseline verify: baselines: no baseline to verify; expected HOST-KEY/SUITE.json"), (verified.Code, verified.ErrorLine));
    }

    [Fact]
    public async Task The_folder_is_chosen_by_option_variable_or_file()
    {
        using var workspace = new Workspace();
        Receipt receipt = workspace.Receipt("receipt.json");
        workspace.Text("bitnet-perf.json", """{"baselines": "by-file"}""");
        await workspace.Run("baseline", "publish", "receipt.json", "--reason", "x");
        workspace.Variables["BITNET_PERF_BASELINES"] = "by-variable";
        await workspace.Run("baseline", "publish", "receipt.json", "--reason", "x");
        await workspace.Run("baseline", "publish", "receipt.json", "--reason", "x", "--baselines", "by-option");
        foreach (string folder in new[] { "by-file", "by-variable", "by-option" })
            Assert.True(File.Exists(workspace[$"{folder}/{receipt.HostKey}/quick.json"]), folder);
        Assert.False(Directory.Exists(workspace["baselines"]));
    }

    [Fact]
    public async Task A_build_with_changes_is_published_only_when_told_and_with_a_warning()
    {
        using var workspace = new Workspace();
        workspace.Receipt("receipt.json", change: r => r with { Build = r.Build with { Dirty = true } });
        CommandRun refused = await workspace.Run("baseline", "publish", "receipt.json", "--reason", "x");
        Assert.Equal(ExitCode.BadInput, refused.Code);
        Assert.Contains("not published: the checkout differed from its commit when it was built", refused.ErrorLine);
        CommandRun allowed = await workspace.Run("baseline", "publish", "receipt.json", "--reason", "x", "--allow-dirty");
        Assert.Equal(ExitCode.Done, allowed.Code);
        Assert.StartsWith("warning dirty-build", allowed.ErrorLine);
    }

    [Fact]
    public async Task A_second_one_takes_the_place_of_the_first_and_names_it()
    {
        using var workspace = new Workspace();
        Receipt receipt = workspace.Receipt("a.json");
        workspace.Receipt("b.json");
        await workspace.Run("baseline", "publish", "a.json", "--reason", "first");
        string first = BaselineFile.Read(workspace[$"baselines/{receipt.HostKey}/quick.json"]).Digest!;
        CommandRun run = await workspace.Run("baseline", "publish", "b.json", "--reason", "second");
        Assert.EndsWith($"  takes the place of {first}\n", run.Output);
        Assert.StartsWith("Against the baseline it takes the place of, published ", run.Output);
        CommandRun verified = await workspace.Run("baseline", "verify");
        Assert.Matches($@"\Abaselines/{receipt.HostKey}/quick.json: OK sha256:[0-9a-f]{{64}}, chain of 2\n\z", verified.Output);
    }

    [Theory]
    [InlineData("altered.json", ExitCode.VerificationFailed, "$.digest")]
    [InlineData("newer.json", ExitCode.BadInput, "receipt/99")]
    [InlineData("missing.json", ExitCode.BadInput, "no such file")]
    [InlineData("empty", ExitCode.BadInput, "no receipt and no baseline in this folder")]
    public async Task Bad_receipts_are_not_published(string file, ExitCode code, string message)
    {
        using var workspace = new Workspace();
        workspace.AlteredReceipt("altered.json");
        workspace.NewerReceipt("newer.json");
        Directory.CreateDirectory(workspace["empty"]);
        CommandRun run = await workspace.Run("baseline", "publish", file, "--reason", "x");
        Assert.Equal((code, ""), (run.Code, run.Output));
        Assert.Contains(message, run.ErrorLine);
        Assert.False(Directory.Exists(workspace["baselines"]));
    }

    [Fact]
    public async Task A_reason_is_required()
    {
        using var workspace = new Workspace();
        workspace.Receipt("a.json");
        CommandRun run = await workspace.Run("baseline", "publish", "a.json");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--reason", run.ErrorLine);
        Assert.Equal(ExitCode.BadInput, (await workspace.Run("baseline", "publish", "a.json", "--reason", " ")).Code);
    }

    [Fact]
    public async Task An_altered_baseline_is_4()
    {
        using var workspace = new Workspace();
        Receipt receipt = workspace.Receipt("a.json");
        await workspace.Run("baseline", "publish", "a.json", "--reason", "first");
        string path = workspace[$"baselines/{receipt.HostKey}/quick.json"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"first\"", "\"other\"", StringComparison.Ordinal));
        CommandRun run = await workspace.Run("baseline", "verify");
        Assert.Equal(ExitCode.VerificationFailed, run.Code);
        Assert.Contains("quick.json: $.digest: altered", run.Output);
    }

    [Fact]
    public async Task An_unknown_key_is_a_bad_input_that_names_the_known_ones()
    {
        using var workspace = new Workspace();
        Receipt receipt = workspace.Receipt("a.json");
        await workspace.Run("baseline", "publish", "a.json", "--reason", "first");
        CommandRun run = await workspace.Run("baseline", "show", "nowhere");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains($"(there: {receipt.HostKey}/quick)", run.ErrorLine);
    }

    [Fact]
    public async Task A_baseline_that_cannot_be_written_is_74_and_leaves_nothing()
    {
        using var workspace = new Workspace();
        workspace.Receipt("a.json");
        workspace.Text("baselines", "a file in the way of the folder");
        CommandRun run = await workspace.Run("baseline", "publish", "a.json", "--reason", "first");
        Assert.Equal(ExitCode.StoreFailed, run.Code);
        Assert.Contains("cannot be written", run.ErrorLine);
        Assert.Equal(["a.json", "baselines"], Directory.GetFileSystemEntries(workspace.Folder).Select(Path.GetFileName).Order());
    }
}
