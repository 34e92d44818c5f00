using System.Diagnostics;
using System.Globalization;

namespace BitNet.Perf.Cli.Measuring.Builds;

/// <summary>The git repository that a folder lies in: its commits, and checkouts of them elsewhere that leave the user's own alone.</summary>
internal sealed class SourceRepository
{
    private readonly RunTool _run;

    private SourceRepository(RunTool run, string root) => (_run, Root) = (run, root);

    /// <summary>The uppermost folder of the checkout.</summary>
    public string Root { get; }

    /// <exception cref="CommandFailure">There is no git, or no repository.</exception>
    public static async Task<SourceRepository> AroundAsync(string folder, RunTool run, CancellationToken cancellationToken)
    {
        ToolOutcome found = await run("git", ["rev-parse", "--show-toplevel"], folder, cancellationToken);
        if (found.ExitCode != 0 || found.Output.Count == 0)
            throw CommandFailure.Usage($"{folder} is no checkout of a git repository, so no revision can be built ({found.Complaint})");
        return new SourceRepository(run, Path.GetFullPath(found.Output[0]));
    }

    /// <summary>The full hash of a commit, a tag, a branch or anything else that git reads as one.</summary>
    /// <exception cref="CommandFailure">There is no such commit.</exception>
    public async Task<string> CommitAsync(string revision, CancellationToken cancellationToken)
    {
        ToolOutcome found = await _run("git", ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], Root, cancellationToken);
        return found.ExitCode == 0 && found.Output.Count > 0
            ? found.Output[0]
            : throw CommandFailure.Usage($"'{revision}' is no commit of {Root}; expected a hash, a tag, a branch, or . for the working tree");
    }

    /// <summary>Checks a commit out below a folder, does the work there, and takes the checkout away again, however the work ends.</summary>
    /// <exception cref="CommandFailure">git refused.</exception>
    public async Task<T> WithCheckoutAsync<T>(string commit, string folder, Func<string, Task<T>> work, CancellationToken cancellationToken)
    {
        await RemoveLeftoversAsync(folder, cancellationToken);
        Directory.CreateDirectory(folder);
        // The owner's process id stands in the name: checkouts of a process that is gone are leftovers.
        string path = Path.Combine(folder, FormattableString.Invariant($"{commit[..12]}-{Environment.ProcessId}-{Path.GetRandomFileName()[..4]}"));
        try
        {
            // The user's hooks are for the user's checkout.
            ToolOutcome added = await _run("git", ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", path, commit], Root, cancellationToken);
            if (added.ExitCode != 0)
                throw CommandFailure.BadInput($"{commit[..7]} cannot be checked out in {folder}: {added.Complaint}");
            return await work(path);
        }
        finally
        {
            await RemoveAsync(path);
        }
    }

    /// <summary>Takes away checkouts that an earlier process had no time to remove; those of other programs are not touched.</summary>
    private async Task RemoveLeftoversAsync(string folder, CancellationToken cancellationToken)
    {
        ToolOutcome listed = await _run("git", ["worktree", "list", "--porcelain"], Root, cancellationToken);
        foreach (string path in listed.Output.Where(line => line.StartsWith("worktree ", StringComparison.Ordinal)).Select(line => Path.GetFullPath(line["worktree ".Length..])))
        {
            if (Path.GetDirectoryName(path) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) && !IsRunning(Path.GetFileName(path)))
                await RemoveAsync(path);
        }
    }

    private static bool IsRunning(string name)
    {
        string[] parts = name.Split('-');
        if (parts.Length < 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            return true;
        try
        {
            using Process owner = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Not cancelled: it is what an interruption has to wait for.</summary>
    private async Task RemoveAsync(string path)
    {
        // Forced twice: also one that an interrupted git left locked.
        await _run("git", ["worktree", "remove", "--force", "--force", path], Root, CancellationToken.None);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
