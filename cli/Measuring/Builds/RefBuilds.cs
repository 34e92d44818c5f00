using System.Security.Cryptography;
using System.Text;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Cli.Measuring.Builds;

/// <summary>A published bitnet-perf.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Commit">What it was built from; null for the working tree as it was.</param>
internal sealed record RefBuild(string Folder, string? Commit);

/// <summary>Builds of git revisions, kept in the cache by commit, SDK and properties. The user's checkout stays as it is: commits are checked out
/// elsewhere, and what the build makes on its way lies in the cache until it is done.</summary>
/// <param name="folder">A folder of the checkout whose revisions are meant.</param>
/// <param name="cache">The cache folder.</param>
/// <param name="run">Runs git and dotnet.</param>
/// <param name="progress">Told what is being built; said where somebody watches.</param>
internal sealed class RefBuilds(string folder, string cache, RunTool run, Action<string> progress)
{
    private const string Project = "cli/BitNet.Perf.Cli.csproj";
    private const string Program = "bitnet-perf.dll";

    /// <summary>How long builds of a working tree are kept, for runs that are resumed.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly string _builds = Path.Combine(cache, "builds");

    /// <param name="revision">Anything git reads as a commit; "." is the working tree as it is, built anew each time.</param>
    /// <param name="properties">Further properties of the build, by name, e.g. ExtraKernelWork.</param>
    /// <exception cref="CommandFailure">No git, repository, SDK or such revision (64); it holds no bitnet-perf or cannot be built (65).</exception>
    public async Task<RefBuild> BuildAsync(string revision, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        SourceRepository repository = await SourceRepository.AroundAsync(folder, run, cancellationToken);
        if (revision == ".")
            return new RefBuild(await BuildWorkingTreeAsync(repository.Root, properties, cancellationToken), null);
        string commit = await repository.CommitAsync(revision, cancellationToken);
        string sdk = await SdkAsync(repository.Root, cancellationToken);
        string target = Path.Combine(_builds, Key(commit, sdk, properties));
        if (!Directory.Exists(target))
        {
            progress($"building {commit[..7]} …");
            await repository.WithCheckoutAsync(
                commit, Path.Combine(cache, "checkouts"), source => PublishAsync(source, commit[..7], target, properties, cancellationToken), cancellationToken);
        }
        return new RefBuild(target, commit);
    }

    internal static string Key(string commit, string sdk, IReadOnlyDictionary<string, string> properties)
    {
        if (properties.Count == 0)
            return $"{commit}-sdk{sdk}";
        string all = string.Join('\n', properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
        return $"{commit}-sdk{sdk}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..12]}";
    }

    private Task<string> BuildWorkingTreeAsync(string root, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        const string Name = "working-tree-";
        if (Directory.Exists(_builds))
        {
            foreach (string old in Directory.GetDirectories(_builds, Name + "*").Where(path => DateTime.UtcNow - Directory.GetCreationTimeUtc(path) > Kept))
                Directory.Delete(old, recursive: true);
        }
        progress("building the working tree …");
        return PublishAsync(root, "the working tree", Path.Combine(_builds, Name + Path.GetRandomFileName()[..8]), properties, cancellationToken);
    }

    /// <summary>The SDK that the checkout's global.json chooses.</summary>
    private async Task<string> SdkAsync(string root, CancellationToken cancellationToken)
    {
        ToolOutcome version = await run("dotnet", ["--version"], root, cancellationToken);
        return version.ExitCode == 0 && version.Output.Count > 0
            ? version.Output[0].Trim()
            : throw CommandFailure.Usage($"no .NET SDK that {Path.Combine(root, "global.json")} accepts ({version.Complaint}); `dotnet --list-sdks` names those there are");
    }

    /// <summary>Publishes to a temporary name, then renames.</summary>
    private async Task<string> PublishAsync(string source, string named, string target, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(source, Project)))
            throw CommandFailure.BadInput($"{named} holds no {Project}; expected a revision of bitnet-perf");
        Directory.CreateDirectory(_builds);
        string work = Path.Combine(_builds, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()[..8]}.tmp"), published = Path.Combine(work, "published");
        try
        {
            // No process of the build may live on and disturb what is measured next.
            ToolOutcome built = await run(
                "dotnet",
                [
                    "publish", Project, "-c", "Release", "-o", published, "--artifacts-path", Path.Combine(work, "artifacts"), "--disable-build-servers", "-nodeReuse:false",
                    .. properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"-p:{p.Key}={p.Value}"),
                ],
                source, cancellationToken);
            if (built.ExitCode != 0 || !File.Exists(Path.Combine(published, Program)))
            {
                string log = Path.Combine(_builds, Path.GetFileName(target) + ".log");
                AtomicFile.Write(log, stream => stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', built.Lines) + "\n")));
                string complaint = built.ExitCode == 0 ? $"the build left no {Program}" : built.Complaint.Trim();
                throw CommandFailure.BadInput($"{named} cannot be built: {complaint}; all of it stands in {log}");
            }
            Rename(published, target);
            return target;
        }
        finally
        {
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
        }
    }

    private static void Rename(string published, string target)
    {
        try
        {
            Directory.Move(published, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another process built the same meanwhile; one of both is enough.
        }
    }
}
