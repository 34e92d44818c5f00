using System.ComponentModel;
using System.Diagnostics;
using BitNet.Perf.Bench.Host;

namespace BitNet.Perf.Cli.Measuring.Builds;

/// <summary>What a tool said: the lines of stdout, and those of both streams as they came.</summary>
internal sealed record ToolOutcome(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Lines)
{
    /// <summary>The first line that names an error, else the last one that is not empty.</summary>
    public string Complaint => Lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.StartsWith("fatal:", StringComparison.Ordinal))
        ?? Lines.LastOrDefault(line => line.Trim().Length > 0) ?? $"exit code {ExitCode}";
}

/// <summary>Runs git or the SDK in a folder, to its end.</summary>
internal delegate Task<ToolOutcome> RunTool(string tool, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken);

internal static class ExternalTool
{
    /// <summary>Variables of a surrounding git command or build, which would lead the tool elsewhere.</summary>
    private static readonly string[] Misleading = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

    /// <summary>Ctrl+C also ends the tool itself; that it was us who were meant is known a moment later.</summary>
    private static readonly TimeSpan InterruptDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>What git says on stdout in a folder; null where it fails or is not there, which is no fault of what only would like to know.</summary>
    public static IReadOnlyList<string>? AskGit(string folder, params string[] arguments)
    {
        try
        {
            ToolOutcome said = RunAsync("git", arguments, folder, CancellationToken.None).GetAwaiter().GetResult();
            return said.ExitCode == 0 ? said.Output : null;
        }
        catch (CommandFailure)
        {
            return null;
        }
    }

    /// <exception cref="CommandFailure">The tool is not there.</exception>
    /// <exception cref="OperationCanceledException">The tool and what it started were ended.</exception>
    public static async Task<ToolOutcome> RunAsync(string tool, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsMisleading).ToList())
            start.Environment.Remove(name);
        // Messages are searched for words.
        start.Environment["LC_ALL"] = "C";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Started(start);
        process.StandardInput.Close();
        List<string> output = [], lines = [];
        Task reading = Task.WhenAll(
            ReadAsync(process.StandardOutput, line => { output.Add(line); Add(line); }),
            ReadAsync(process.StandardError, Add));
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (ProcessTree.Kill(process))
                process.WaitForExit();
            // What it started holds its streams: once they end, nobody writes any more into the folders that the caller removes now.
            await reading;
            throw;
        }
        await reading;
        if (process.ExitCode != 0 && cancellationToken.CanBeCanceled)
            await Task.Delay(InterruptDelay, cancellationToken);
        return new ToolOutcome(process.ExitCode, output, lines);

        void Add(string line)
        {
            lock (lines)
                lines.Add(line);
        }
    }

    private static bool IsMisleading(string name) => Misleading.Contains(name) || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);

    private static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            string needed = start.FileName == "git" ? "git" : "the .NET SDK's command dotnet";
            throw new CommandFailure(ExitCode.Usage, $"{needed} cannot be started ({e.Message}); a revision is built with it, a folder with a published bitnet-perf needs none", e);
        }
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> each)
    {
        while (await reader.ReadLineAsync() is { } line)
            each(line);
    }
}
