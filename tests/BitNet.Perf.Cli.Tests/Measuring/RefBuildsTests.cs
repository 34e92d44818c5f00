using System.Diagnostics;
using System.Globalization;
using BitNet.Perf.Cli.Measuring.Builds;

namespace BitNet.Perf.Cli.Tests.Measuring;

public class RefBuildsTests
{
    private static readonly Dictionary<string, string> NoProperties = [];

    [Fact]
    public async Task Each_revision_is_built_from_its_own_source_whatever_is_checked_out()
    {
        using TinyRepository repository = await TinyRepository.CreateAsync();
        repository.Write("not committed");
        RefBuild first = await repository.BuildAsync("HEAD~1"), second = await repository.BuildAsync("main");
        Assert.Equal(("first", repository.First), (TinyRepository.Text(first), first.Commit));
        Assert.Equal(("second", repository.Second), (TinyRepository.Text(second), second.Commit));
        Assert.Equal([$"building {repository.First[..7]} …", $"building {repository.Second[..7]} …"], repository.Told);
    }

    [Fact]
    public async Task The_checkout_stays_as_it_was_and_no_worktree_is_left()
    {
        using TinyRepository repository = await TinyRepository.CreateAsync();
        repository.Write("not committed");
        await repository.BuildAsync(repository.First);
        Assert.Equal([" M cli/BitNet.Perf.Cli.csproj"], await repository.GitAsync("status", "--porcelain", "--ignored"));
        Assert.Equal("refs/heads/main", Assert.Single(await repository.GitAsync("symbolic-ref", "HEAD")));
        Assert.Single(await repository.GitAsync("worktree", "list"));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(repository.Cache, "checkouts")));
    }

    [Fact]
    public async Task A_commit_is_built_once_by_whatever_name_and_once_more_for_other_properties()
    {
        using TinyRepository repository = await TinyRepository.CreateAsync();
        RefBuild plain = await repository.BuildAsync("HEAD");
        Assert.Equal(plain.Folder, (await repository.BuildAsync(repository.Second[..10])).Folder);
        Assert.Single(repository.Publications);
        RefBuild slower = await repository.BuildAsync("HEAD", ("ExtraKernelWork", "5"));
        Assert.NotEqual(plain.Folder, slower.Folder);
        Assert.Contains("-p:ExtraKernelWork=5", repository.Publications[1]);
        Assert.Equal(2, Directory.GetFileSystemEntries(Path.Combine(repository.Cache, "builds")).Length);
    }

    [Fact]
    public async Task The_working_tree_is_built_as_it_is_and_anew_each_time()
    {
        using TinyRepository repository = await TinyRepository.CreateAsync();
        repository.Write("edited");
        RefBuild edited = await repository.BuildAsync(".");
        repository.Write("edited again");
        RefBuild again = await repository.BuildAsync(".");
        Assert.Equal(("edited", "edited again"), (TinyRepository.Text(edited), TinyRepository.Text(again)));
        Assert.Null(again.Commit);
    }

    [Fact]
    public async Task A_cancelled_tool_has_ended_with_all_that_it_started_when_the_caller_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the tool is a POSIX shell");
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        // A process of its own writes on and on, as a compiler does.
        string script = "(while :; do mkdir -p work; echo x > work/x; done) & echo $$ > id.tmp; mv id.tmp id; wait";
        Task<ToolOutcome> running = ExternalTool.RunAsync("sh", ["-c", script], folder.Path, cancel.Token);
        while (!(File.Exists(folder["id"]) && File.Exists(folder["work/x"])) && !running.IsCompleted)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Directory.Delete(folder["work"], recursive: true);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(int.Parse(File.ReadAllText(folder["id"]), CultureInfo.InvariantCulture)));
        Assert.False(Directory.Exists(folder["work"]));
    }

    [Theory]
    [InlineData("no-such-branch")]
    [InlineData("--all")]
    [InlineData("")]
    public async Task An_unknown_revision_is_wrong_usage(string revision)
    {
        using TinyRepository repository = await TinyRepository.CreateAsync();
        CommandFailure failure = await Assert.ThrowsAsync<CommandFailure>(() => repository.BuildAsync(revision));
        Assert.Equal(ExitCode.Usage, failure.Code);
        Assert.StartsWith($"'{revision}' is no commit of ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_a_repository_no_revision_can_be_built()
    {
        using var folder = new TemporaryFolder();
        var builds = new RefBuilds(folder.Path, folder["cache"], ExternalTool.RunAsync, _ => { });
        CommandFailure failure = await Assert.ThrowsAsync<CommandFailure>(() => builds.BuildAsync("HEAD", NoProperties, TestContext.Current.CancellationToken));
        Assert.Equal(ExitCode.Usage, failure.Code);
        Assert.Contains("is no checkout of a git repository", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        CommandFailure failure = await Assert.ThrowsAsync<CommandFailure>(() => ExternalTool.RunAsync(folder["git"], [], folder.Path, TestContext.Current.CancellationToken));
        Assert.Equal(ExitCode.Usage, failure.Code);
        Assert.Contains("cannot be started", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_build_says_its_first_error_and_where_all_of_it_stands_and_leaves_nothing_else()
    {
        using TinyRepository repository = await TinyRepository.CreateAsync();
        repository.Build = (_, _) => TinyRepository.Outcome(1, "  Determining projects to restore...", "A.cs(3,5): error CS0103: no such name", "B.cs(1,1): error CS1002: ; expected");
        CommandFailure failure = await Assert.ThrowsAsync<CommandFailure>(() => repository.BuildAsync("HEAD"));
        Assert.Equal(ExitCode.BadInput, failure.Code);
        string log = failure.Message[(failure.Message.LastIndexOf(' ') + 1)..];
        Assert.Equal($"{repository.Second[..7]} cannot be built: A.cs(3,5): error CS0103: no such name; all of it stands in {log}", failure.Message);
        Assert.Contains("error CS1002", File.ReadAllText(log), StringComparison.Ordinal);
        Assert.Equal([log], Directory.GetFileSystemEntries(Path.Combine(repository.Cache, "builds")));
        Assert.Single(await repository.GitAsync("worktree", "list"));
    }

    [Fact]
    public async Task An_interrupted_build_leaves_no_worktree()
    {
        using TinyRepository repository = await TinyRepository.CreateAsync();
        repository.Build = (_, _) => throw new OperationCanceledException();
        await Assert.ThrowsAsync<OperationCanceledException>(() => repository.BuildAsync("HEAD"));
        Assert.Single(await repository.GitAsync("worktree", "list"));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(repository.Cache, "builds")));
    }

    [Fact]
    public async Task Worktrees_of_a_process_that_is_gone_are_removed_and_those_of_others_stay()
    {
        using TinyRepository repository = await TinyRepository.CreateAsync();
        string checkouts = Path.Combine(repository.Cache, "checkouts");
        string gone = Path.Combine(checkouts, $"{repository.First[..12]}-{int.MaxValue}-abcd");
        string running = Path.Combine(checkouts, $"{repository.First[..12]}-{Environment.ProcessId}-abcd");
        string users = Path.Combine(repository.Cache, "elsewhere");
        foreach (string path in (string[])[gone, running, users])
            await repository.GitAsync("worktree", "add", "--quiet", "--detach", path, repository.First);
        await repository.BuildAsync("HEAD");
        Assert.False(Directory.Exists(gone));
        Assert.True(Directory.Exists(running) && Directory.Exists(users));
        Assert.Equal(3, (await repository.GitAsync("worktree", "list")).Count);
    }

    [Fact]
    public async Task A_revision_without_the_program_s_project_is_bad_input()
    {
        using TinyRepository repository = await TinyRepository.CreateAsync();
        await repository.GitAsync("rm", "--quiet", "-f", "cli/BitNet.Perf.Cli.csproj");
        await repository.GitAsync("commit", "--quiet", "--message", "without");
        CommandFailure failure = await Assert.ThrowsAsync<CommandFailure>(() => repository.BuildAsync("HEAD"));
        Assert.Equal(ExitCode.BadInput, failure.Code);
        Assert.Contains("holds no cli/BitNet.Perf.Cli.csproj", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Builds_are_told_apart_by_commit_SDK_and_properties_in_any_order()
    {
        Dictionary<string, string> one = new() { ["A"] = "1", ["B"] = "2" }, other = new() { ["B"] = "2", ["A"] = "1" };
        Assert.Equal(RefBuilds.Key("c", "10", one), RefBuilds.Key("c", "10", other));
        string[] keys = [RefBuilds.Key("c", "10", NoProperties), RefBuilds.Key("d", "10", NoProperties), RefBuilds.Key("c", "11", NoProperties), RefBuilds.Key("c", "10", one)];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }
}
