namespace BitNet.Perf.Cli.Tests.Commands;

/// <summary>What a run refuses, and what it says before it measures; runs themselves are in Processes.</summary>
public class RunCommandTests
{
    [Theory]
    [InlineData("--suite: \"fast\"; expected one of quick, gate, kernels, e2e, full", "--suite", "fast")]
    [InlineData("--launches: \"0\"; expected a whole number from 1 to 1000", "--launches", "0")]
    [InlineData("--threads: \"0\"; expected a whole number from 1 to 1024", "--threads", "0")]
    [InlineData("--threads: \"two\"; expected a whole number from 1 to 1024", "--threads", "two")]
    [InlineData("--fail-on: \"slower\"; expected none or regressed", "--fail-on", "slower")]
    [InlineData("--pause: \"30\"; expected a duration with its unit, e.g. 30m, 45s or 2h", "--pause", "30")]
    [InlineData("--filter: \"a b\" is not a pattern of workloads", "--filter", "a b")]
    [InlineData("no workload of suite quick matches 'kernel/none/**'; `bitnet-perf list --suite quick` shows them", "--filter", "kernel/none/**")]
    [InlineData("1000 threads; this process may use", "--threads", "1000")]
    [InlineData("synthetic shape 'huge'; expected", "--model", "synthetic:huge")]
    [InlineData("--resume goes on with the run as it was begun; --suite cannot be changed", "--resume", "x", "--suite", "quick")]
    [InlineData("Unrecognized command or argument 'surplus'", "surplus")]
    [InlineData("Option '--suite' expects a single argument", "--suite", "quick", "--suite", "e2e")]
    public async Task Wrong_usage_is_64_before_anything_is_measured(string message, params string[] arguments)
    {
        using var workspace = new Workspace();
        CommandRun run = await workspace.Run(["run", "--dry-run", .. arguments]);
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.Contains(message, run.ErrorLine);
        Assert.Empty(Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public async Task A_missing_model_is_a_bad_input()
    {
        using var workspace = new Workspace();
        CommandRun run = await workspace.Run("run", "--model", "none.gguf");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Equal("bitnet-perf run: none.gguf: no such file; expected a GGUF file or synthetic:2b, synthetic:small, synthetic:tiny", run.ErrorLine);
    }

    [Fact]
    public async Task A_folder_as_the_model_is_named_as_one()
    {
        using var workspace = new Workspace();
        Directory.CreateDirectory(workspace["adir"]);
        CommandRun run = await workspace.Run("run", "--model", "adir");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Equal("bitnet-perf run: adir: is a folder; expected a GGUF file or synthetic:2b, synthetic:small, synthetic:tiny", run.ErrorLine);
    }

    [Fact]
    public async Task A_folder_without_an_interrupted_run_cannot_be_resumed()
    {
        using var workspace = new Workspace();
        CommandRun run = await workspace.Run("run", "--resume", "nowhere");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("no run.json; expected the folder of an interrupted run", run.ErrorLine);
    }

    [Fact]
    public async Task A_folder_that_holds_a_run_is_not_written_over()
    {
        using var workspace = new Workspace();
        workspace.Receipt("old/receipt.json");
        CommandRun run = await workspace.Run("run", "--model", "synthetic:tiny", "--out", "old");
        Assert.Equal((ExitCode.Usage, "bitnet-perf run: --out: old holds a run already; expected a new folder"), (run.Code, run.ErrorLine));
    }

    [Theory]
    [InlineData("altered.json", ExitCode.VerificationFailed, "$.digest")]
    [InlineData("newer.json", ExitCode.BadInput, "receipt/99")]
    [InlineData("missing.json", ExitCode.BadInput, "no such file")]
    [InlineData("empty", ExitCode.BadInput, "no receipt and no baseline in this folder")]
    public async Task A_bad_baseline_is_told_of_before_anything_is_measured(string file, ExitCode code, string message)
    {
        using var workspace = new Workspace();
        workspace.AlteredReceipt("altered.json");
        workspace.NewerReceipt("newer.json");
        Directory.CreateDirectory(workspace["empty"]);
        CommandRun run = await workspace.Run("run", "--model", "synthetic:tiny", "--baseline", file);
        Assert.Equal((code, ""), (run.Code, run.Output));
        Assert.Contains(message, run.ErrorLine);
        Assert.False(Directory.Exists(workspace["artifacts"]));
    }

    [Fact]
    public async Task A_dry_run_lists_the_workloads_predicts_the_duration_and_writes_nothing()
    {
        using var workspace = new Workspace();
        CommandRun run = await workspace.Run("run", "--dry-run", "--suite", "kernels", "--filter", "kernel/norm/**", "--launches", "7", "--repeat", "2");
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        Assert.Contains("kernel/norm/f32/", run.Output);
        Assert.Contains("probe/control/t1", run.Output);
        Assert.Matches(@"\n4 workloads, 7 launches of about .* of checks: about .*, 2 times\n$", run.Output);
        Assert.Empty(Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_74_before_anything_is_measured()
    {
        using var workspace = new Workspace();
        workspace.Text("taken", "a file where the folder should be");
        CommandRun run = await workspace.Run("run", "--model", "synthetic:tiny", "--out", "taken/run");
        Assert.Equal((ExitCode.StoreFailed, ""), (run.Code, run.Output));
        Assert.Contains("taken/run: cannot be made: ", run.ErrorLine);
    }
}
