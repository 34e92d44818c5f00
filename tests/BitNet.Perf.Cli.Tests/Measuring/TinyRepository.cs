using BitNet.Perf.Cli.Measuring.Builds;

namespace BitNet.Perf.Cli.Tests.Measuring;

/// <summary>A git repository of two commits with a project file where ours lies, and an SDK that copies it instead of building.</summary>
internal sealed class TinyRepository : IDisposable
{
    private const string Project = "cli/BitNet.Perf.Cli.csproj";
    private readonly TemporaryFolder _folder = new();

    public static async Task<TinyRepository> CreateAsync()
    {
        var repository = new TinyRepository();
        Directory.CreateDirectory(Path.Combine(repository.Root, "cli"));
        await repository.GitAsync("init", "--quiet", "--initial-branch=main");
        repository.First = await repository.CommitAsync("first");
        repository.Second = await repository.CommitAsync("second");
        return repository;
    }

    public string Root => Directory.CreateDirectory(_folder["repository"]).FullName;
    public string Cache => _folder["cache"];
    public string First { get; private set; } = "";
    public string Second { get; private set; } = "";

    /// <summary>What was told to whoever watches.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Arguments of each build.</summary>
    public List<IReadOnlyList<string>> Publications { get; } = [];

    /// <summary>What the build does in its folder with the folder to publish to; by default it copies the project's text to where the program would be.</summary>
    public Func<string, string, ToolOutcome> Build { get; set; } = Copy;

    public RefBuilds Builds => new(Root, Cache, RunAsync, Told.Add);

    public Task<RefBuild> BuildAsync(string revision, params (string Name, string Value)[] properties) =>
        Builds.BuildAsync(revision, properties.ToDictionary(p => p.Name, p => p.Value), TestContext.Current.CancellationToken);

    public static string Text(RefBuild build) => File.ReadAllText(Path.Combine(build.Folder, "bitnet-perf.dll"));

    public void Write(string text) => File.WriteAllText(Path.Combine(Root, Project), text);

    public async Task<IReadOnlyList<string>> GitAsync(params string[] arguments)
    {
        string[] identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
        ToolOutcome outcome = await ExternalTool.RunAsync("git", [.. identity, .. arguments], Root, TestContext.Current.CancellationToken);
        Assert.True(outcome.ExitCode == 0, string.Join('\n', outcome.Lines));
        return outcome.Output;
    }

    public static ToolOutcome Outcome(int exitCode, params string[] lines) => new(exitCode, lines, lines);

    public static ToolOutcome Copy(string source, string published)
    {
        Directory.CreateDirectory(published);
        File.Copy(Path.Combine(source, Project), Path.Combine(published, "bitnet-perf.dll"));
        return Outcome(0);
    }

    public void Dispose()
    {
        // git writes its objects read-only.
        foreach (string file in Directory.GetFiles(Root, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal);
        _folder.Dispose();
    }

    private Task<ToolOutcome> RunAsync(string tool, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        if (tool == "git")
            return ExternalTool.RunAsync(tool, arguments, folder, cancellationToken);
        if (arguments[0] == "--version")
            return Task.FromResult(Outcome(0, "10.0.100"));
        Publications.Add(arguments);
        return Task.FromResult(Build(folder, arguments[arguments.ToList().IndexOf("-o") + 1]));
    }

    private async Task<string> CommitAsync(string text)
    {
        Write(text);
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--message", text);
        return (await GitAsync("rev-parse", "HEAD"))[0];
    }
}
