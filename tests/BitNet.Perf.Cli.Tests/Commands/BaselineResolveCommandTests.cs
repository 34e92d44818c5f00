using BitNet.Perf.Cli.Measuring.Builds;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Tests;

namespace BitNet.Perf.Cli.Tests.Commands;

/// <summary>Two branches of a real repository that both publish.</summary>
public sealed class BaselineResolveCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    private static string Stored => $"baselines/{SyntheticReceipt.Create().HostKey}/quick.json";

    private async Task<int> Git(params string[] arguments)
    {
        string[] identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
        return (await ExternalTool.RunAsync("git", [.. identity, .. arguments], _workspace.Folder, CancellationToken.None)).ExitCode;
    }

    private async Task<string> Publish(string name, double slowdown)
    {
        _workspace.Receipt($"runs/{name}.json", slowdown);
        Assert.Equal(ExitCode.Done, (await _workspace.Run("baseline", "publish", $"runs/{name}.json", "--reason", name)).Code);
        return BaselineFile.Read(_workspace[Stored]).Digest!;
    }

    private async Task Commit(string message)
    {
        Assert.Equal(0, await Git("add", "baselines"));
        Assert.Equal(0, await Git("commit", "--quiet", "-m", message));
    }

    /// <returns>Digests of main's and of the topic's baseline; the merge is open.</returns>
    private async Task<(string Ours, string Theirs)> Merge()
    {
        Assert.Equal(0, await Git("init", "--quiet", "--initial-branch=main"));
        await Publish("first", 1);
        await Commit("first");
        Assert.Equal(0, await Git("checkout", "--quiet", "-b", "topic"));
        string theirs = await Publish("theirs", 0.99);
        await Commit("theirs");
        Assert.Equal(0, await Git("checkout", "--quiet", "main"));
        string ours = await Publish("ours", 0.98);
        await Commit("ours");
        Assert.NotEqual(0, await Git("merge", "--quiet", "topic"));
        return (ours, theirs);
    }

    [Theory]
    [InlineData("ours")]
    [InlineData("theirs")]
    public async Task A_merge_of_two_that_published_is_told_of_in_one_line_and_becomes_one_chain(string keep)
    {
        (string ours, string theirs) = await Merge();
        CommandRun conflict = await _workspace.Run("baseline", "verify");
        Assert.Equal(ExitCode.BadInput, conflict.Code);
        Assert.StartsWith($"bitnet-perf baseline verify: {Stored}: holds a merge conflict: both branches published this baseline; expected one chain again, as this makes it: bitnet-perf baseline resolve ", conflict.ErrorLine);
        CommandRun compared = await _workspace.Run("compare", Stored, "runs/ours.json");
        Assert.Equal((ExitCode.BadInput, true), (compared.Code, compared.ErrorLine.Contains("holds a merge conflict", StringComparison.Ordinal)));
        CommandRun published = await _workspace.Run("baseline", "publish", "runs/ours.json", "--reason", "again");
        Assert.Equal((ExitCode.BadInput, true), (published.Code, published.ErrorLine.Contains("holds a merge conflict", StringComparison.Ordinal)));

        CommandRun resolved = await _workspace.Run("baseline", "resolve", Stored, "--keep", keep, "--reason", "both measured the same kernel");
        Assert.Equal((ExitCode.Done, ""), (resolved.Code, resolved.Error));
        Assert.Contains($"keeps the figures of {keep}; the history has both sides. Next: git add {Path.GetDirectoryName(Stored)}", resolved.Output);
        Baseline joined = BaselineFile.Read(_workspace[Stored]);
        Assert.Equal(keep == "ours" ? (theirs, ours) : (ours, theirs), (joined.Supersedes, joined.Merges));
        CommandRun verified = await _workspace.Run("baseline", "verify");
        Assert.Equal((ExitCode.Done, $"{Stored}: OK {joined.Digest}, chain of 3\n"), (verified.Code, verified.Output));
        await Commit("merged");
    }

    [Fact]
    public async Task Taken_by_git_from_one_side_alone_the_other_is_joined_by_its_file()
    {
        await Merge();
        Assert.Equal(0, await Git("checkout", "--theirs", "--", Stored));
        File.Copy(_workspace[Stored], _workspace["theirs.json"]);
        Assert.Equal(0, await Git("checkout", "--ours", "--", Stored));
        Assert.Equal(0, await Git("add", "."));
        CommandRun none = await _workspace.Run("baseline", "resolve", Stored, "--keep", "newer", "--reason", "x");
        Assert.Equal((ExitCode.BadInput, true), (none.Code, none.ErrorLine.Contains("no merge conflict in it, and none that git knows of; expected one, or --with FILE", StringComparison.Ordinal)));
        CommandRun joined = await _workspace.Run("baseline", "resolve", Stored, "--keep", "newer", "--reason", "x", "--with", "theirs.json");
        Assert.Equal(ExitCode.Done, joined.Code);
        Assert.Equal(ExitCode.Done, (await _workspace.Run("baseline", "verify")).Code);
    }

    [Fact]
    public async Task Without_git_the_sides_are_read_from_the_file()
    {
        string first = await Publish("first", 1);
        string text = File.ReadAllText(_workspace[Stored]);
        await Publish("ours", 1);
        string ours = File.ReadAllText(_workspace[Stored]);
        File.WriteAllText(_workspace[Stored], text);
        Directory.Delete(_workspace[$"{Path.GetDirectoryName(Stored)}/history"], recursive: true);
        await Publish("theirs", 1);
        string theirs = File.ReadAllText(_workspace[Stored]);
        File.WriteAllText(_workspace[Stored], $"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> topic\n");
        CommandRun resolved = await _workspace.Run("baseline", "resolve", SyntheticReceipt.Create().HostKey + "/quick", "--keep", "theirs", "--reason", "x");
        Assert.Equal((ExitCode.Done, ""), (resolved.Code, resolved.Error));
        Assert.Equal(first, BaselineChain.Read(_workspace[Stored]).Oldest.Digest);
        Assert.Equal(ExitCode.Done, (await _workspace.Run("baseline", "verify")).Code);
    }

    [Fact]
    public async Task A_side_of_no_such_name_and_a_side_that_is_damaged_are_refused()
    {
        await Publish("first", 1);
        Assert.Equal(ExitCode.Usage, (await _workspace.Run("baseline", "resolve", Stored, "--keep", "mine", "--reason", "x")).Code);
        string text = File.ReadAllText(_workspace[Stored]);
        string mixed = text.Replace("\"first\"", "\"other\"", StringComparison.Ordinal);
        File.WriteAllText(_workspace[Stored], $"<<<<<<< HEAD\n{text}=======\n{mixed}>>>>>>> topic\n");
        CommandRun damaged = await _workspace.Run("baseline", "resolve", Stored, "--keep", "ours", "--reason", "x");
        Assert.Equal(ExitCode.VerificationFailed, damaged.Code);
        Assert.Contains("quick.json (theirs): $.digest: altered", damaged.ErrorLine);
    }
}
