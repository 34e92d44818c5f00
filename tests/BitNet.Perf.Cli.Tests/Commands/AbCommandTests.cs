using System.Text.Json;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Cli.Tests.Commands;

/// <summary>What <c>ab</c> refuses, and whole runs of commands that take no time.</summary>
public class AbCommandTests
{
    private const string Expected = "expected --base DIR --head DIR, --base-ref REV --head-ref REV, or --base-cmd CMD --head-cmd CMD";

    [Theory]
    [InlineData($"no side is given; {Expected}")]
    [InlineData($"given: --base; {Expected}", "--base", "a")]
    [InlineData($"given: --base, --head-cmd; {Expected}", "--base", "a", "--head-cmd", "b")]
    [InlineData($"given: --base, --head, --base-ref; {Expected}", "--base", "a", "--head", "b", "--base-ref", "c")]
    [InlineData("--pairs: \"0\"; expected a whole number from 1 to 1000", "--base", "a", "--head", "b", "--pairs", "0")]
    [InlineData("--budget: \"20\"; expected a duration with its unit, e.g. 30m, 45s or 2h", "--base", "a", "--head", "b", "--budget", "20")]
    [InlineData("--model does not reach a command; put it into the command line", "--base-cmd", "a", "--head-cmd", "b", "--model", "synthetic:tiny")]
    [InlineData("--resume goes on with the run as it was begun; --base cannot be changed", "--resume", "x", "--base", "a")]
    [InlineData("--resume goes on with the run as it was begun; --pairs cannot be changed", "--resume", "x", "--pairs", "30")]
    public async Task Wrong_usage_is_64_before_anything_is_measured(string message, params string[] arguments)
    {
        using var workspace = new Workspace();
        CommandRun run = await workspace.Run(["ab", .. arguments]);
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.Contains(message, run.ErrorLine);
        Assert.Empty(Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public async Task A_folder_without_a_program_is_a_bad_input()
    {
        using var workspace = new Workspace();
        CommandRun run = await workspace.Run("ab", "--base", workspace.Folder, "--head", workspace.Folder);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("no bitnet-perf and no bitnet-perf.dll in it; expected a published bitnet-perf", run.ErrorLine);
        Assert.Empty(Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public async Task A_folder_without_an_interrupted_run_cannot_be_resumed()
    {
        using var workspace = new Workspace();
        CommandRun run = await workspace.Run("ab", "--resume", "nowhere");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("no ab.json; expected the folder of an interrupted ab", run.ErrorLine);
    }

    [Fact]
    public async Task Equal_commands_pass_and_leave_both_receipts_the_comparison_and_a_report()
    {
        using var workspace = new AbWorkspace();
        CommandRun run = await workspace.Ab("1000", "1000");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.StartsWith("= 1 equivalent", run.Output);
        string[] files = [.. Directory.GetFiles(workspace["ab"], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(workspace["ab"], path)).Order(StringComparer.Ordinal)];
        Assert.Superset(new HashSet<string> { "ab.json", "base/receipt.json", "base/samples.csv", "comparison.json", "head/launches/01.json", "head/receipt.json", "report.md" }, new HashSet<string>(files));
        Assert.Empty(ReceiptVerification.Verify(ReceiptFile.Read(workspace["ab/head/receipt.json"])));
        Assert.Contains(Path.Combine("ab", "head", "receipt.json"), run.Output);
    }

    [Fact]
    public async Task A_slower_head_is_a_regression_in_JSON_and_in_the_exit_code()
    {
        using var workspace = new AbWorkspace();
        CommandRun run = await workspace.Ab("1000", "1100", "--json");
        Assert.Equal(ExitCode.Regressed, run.Code);
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(("comparison/1", "paired", "regressed"), (json.GetProperty("schema").GetString(), json.GetProperty("method").GetString(), json.GetProperty("verdict").GetString()));
        Assert.Equal(run.Output, File.ReadAllText(workspace["ab/comparison.json"]));
    }

    [Fact]
    public async Task It_says_before_the_first_launch_what_it_declares()
    {
        using var workspace = new AbWorkspace();
        CommandRun run = await workspace.Ab("1000", "1000", "--pairs", "8");
        Assert.Contains("8 pairs of launches, 1 workload: about ", run.Error);
        Assert.Contains(", up to 12 for what is undecided then", run.Error);
    }

    [Fact]
    public async Task Too_few_pairs_for_the_workloads_are_64_with_the_number_needed()
    {
        using var workspace = new AbWorkspace();
        CommandRun run = await workspace.Ab("1000", "1000", "--pairs", "4");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("at least 7 are needed (--pairs 7)", run.Error);
        Assert.False(Directory.Exists(workspace["ab"]));
    }

    [Fact]
    public async Task A_workload_that_head_lacks_is_missing_and_not_silence()
    {
        using var workspace = new AbWorkspace();
        CommandRun run = await workspace.Run("ab", "--base-cmd", AbWorkspace.Prints("sort,0,0,1000,ns", "search,0,0,5,ns"), "--head-cmd", AbWorkspace.Prints("sort,0,0,1000,ns"), "--pairs", "7", "--json");
        Assert.Equal(ExitCode.Incomparable, run.Code);
        Assert.Equal(["search"], JsonDocument.Parse(run.Output).RootElement.GetProperty("missing").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task An_interrupted_run_is_130_says_how_to_go_on_and_does()
    {
        using var workspace = new AbWorkspace();
        using var cancel = new CancellationTokenSource();
        // The fifth call of head ends the run, as Ctrl+C would.
        string touched = workspace["touched"];
        string head = $"echo >> calls; if [ $(wc -l < calls) -eq 5 ]; then touch {touched}; sleep 60; fi; {AbWorkspace.Prints("sort,0,0,1000,ns")}";
        Task<CommandRun> running = CommandRun.Until(
            cancel.Token, CommandTree.Commands,
            ["ab", "--base-cmd", AbWorkspace.Prints("sort,0,0,1000,ns"), "--head-cmd", head.Replace("calls", workspace["calls"]), "--pairs", "8", "--threshold", "4%", "--out", "ab"], workspace.Surroundings);
        while (!File.Exists(touched) && !running.IsCompleted)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        cancel.Cancel();
        CommandRun interrupted = await running;
        Assert.Equal((ExitCode.Interrupted, ""), (interrupted.Code, interrupted.Output));
        Assert.Contains("interrupted: 3 of 8 pairs are kept in ab, the receipts there are marked incomplete", interrupted.Error);
        Assert.Contains("ab --resume ab --threshold 4%", interrupted.Error);

        CommandRun resumed = await workspace.Run("ab", "--resume", "ab", "--threshold", "4%");
        Assert.Equal(ExitCode.Done, resumed.Code);
        Assert.Equal(8, ReceiptFile.Read(workspace["ab/base/receipt.json"]).Launches.Count);

        CommandRun again = await workspace.Run("ab", "--resume", "ab");
        Assert.Equal(ExitCode.BadInput, again.Code);
        Assert.Contains("ab: the run is complete; expected the folder of an interrupted ab", again.ErrorLine);
    }

    [Fact]
    public async Task A_threshold_that_no_workload_can_have_is_told_of_before_anything_is_measured()
    {
        using var workspace = new AbWorkspace();
        workspace.Text("bitnet-perf.json", """{"thresholds": {"sort": "5%"}}""");
        Assert.Equal(ExitCode.Done, (await workspace.Ab("1000", "1000")).Code);

        workspace.Text("bitnet-perf.json", """{"thresholds": {"sortt": "5%"}}""");
        CommandRun run = await workspace.Ab("1000", "1000", "--out", "other");
        Assert.Equal((ExitCode.BadInput, ""), (run.Code, run.Output));
        Assert.Contains("bitnet-perf.json: \"thresholds\": \"sortt\" matches no workload", run.ErrorLine);
        Assert.False(Directory.Exists(workspace["other"]));

        // As if it had been interrupted before it compared.
        File.Delete(workspace["ab/comparison.json"]);
        CommandRun resumed = await workspace.Run("ab", "--resume", "ab");
        Assert.Equal((ExitCode.BadInput, ""), (resumed.Code, resumed.Output));
        Assert.Contains("\"sortt\" matches no workload", resumed.ErrorLine);
        Assert.False(File.Exists(workspace["ab/comparison.json"]));
    }

    [Fact]
    public async Task A_folder_that_holds_a_run_is_not_written_over()
    {
        using var workspace = new AbWorkspace();
        workspace.Text("ab/ab.json", "{}");
        CommandRun run = await workspace.Ab("1000", "1000");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--out: ab holds a run already; expected a new folder", run.ErrorLine);
    }
}

/// <summary>A working folder for commands that print samples.</summary>
internal sealed class AbWorkspace : IDisposable
{
    private readonly Workspace _workspace = new();

    public AbWorkspace() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are those of a POSIX shell");

    public Surroundings Surroundings => _workspace.Surroundings;

    public string this[string name] => _workspace[name];

    public static string Prints(params string[] lines) => $"printf '%s\\n' {string.Join(' ', lines.Prepend("workload,launch,iteration,value,unit").Select(line => $"'{line}'"))}";

    public Task<CommandRun> Run(params string[] arguments) => _workspace.Run(arguments);

    /// <summary>Runs seven pairs, the least for one workload, of commands that always print the same time.</summary>
    public Task<CommandRun> Ab(string before, string after, params string[] arguments) => _workspace.Run(
        ["ab", "--base-cmd", Prints($"sort,0,0,{before},ns"), "--head-cmd", Prints($"sort,0,0,{after},ns"), .. Unless(arguments, "--out", "ab"), .. Unless(arguments, "--pairs", "7"), .. arguments]);

    private static string[] Unless(string[] arguments, string option, string otherwise) => arguments.Contains(option) ? [] : [option, otherwise];

    public void Text(string name, string text) => _workspace.Text(name, text);

    public void Dispose() => _workspace.Dispose();
}
