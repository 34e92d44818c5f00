using System.Diagnostics;
using BitNet.Perf.Bench.Host;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>How a command line ended.</summary>
/// <param name="Output">Its standard output.</param>
/// <param name="Failure">One line; null when it ended with exit code 0.</param>
internal sealed record CommandEnd(byte[] Output, string? Failure, bool TimedOut, double WallSeconds);

/// <summary>Runs a command line by the system's shell, with the variables of this process.</summary>
internal static class ShellCommand
{
    /// <summary>Ctrl+C also ends the command itself; that it was us who were meant is known a moment later.</summary>
    private static readonly TimeSpan InterruptDelay = TimeSpan.FromMilliseconds(200);

    /// <exception cref="OperationCanceledException">Cancelled; the command has ended.</exception>
    public static async Task<CommandEnd> RunAsync(string line, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(StartInfo(line)) ?? throw new RunFailedException("the shell does not start");
        process.StandardInput.Close();
        var errors = LastLineAsync(process.StandardError);
        using var output = new MemoryStream();
        try
        {
            await process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            if (ProcessTree.Kill(process))
                process.WaitForExit();
            cancellationToken.ThrowIfCancellationRequested();
            return new CommandEnd([], $"did not end within {timeout.TotalSeconds:F0} s", true, clock.Elapsed.TotalSeconds);
        }
        var seconds = clock.Elapsed.TotalSeconds;
        if (process.ExitCode == 0)
            return new CommandEnd(output.ToArray(), null, false, seconds);
        await Task.Delay(InterruptDelay, cancellationToken);
        var said = await errors;
        return new CommandEnd([], $"exit code {process.ExitCode}{(said.Length > 0 ? ": " + said : "")}", false, seconds);
    }

    private static ProcessStartInfo StartInfo(string line) => new(
        OperatingSystem.IsWindows() ? "cmd.exe" : "/bin/sh", OperatingSystem.IsWindows() ? ["/d", "/c", line] : ["-c", line])
    {
        // Its standard input is empty, not ours: a command that reads would wait for keys.
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };

    private static async Task<string> LastLineAsync(StreamReader errors)
    {
        var last = "";
        while (await errors.ReadLineAsync() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                last = line.Trim();
        }
        return last;
    }
}
