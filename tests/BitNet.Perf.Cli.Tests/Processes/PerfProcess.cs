using System.Diagnostics;

namespace BitNet.Perf.Cli.Tests.Processes;

/// <summary>The program as a process of its own.</summary>
internal static class PerfProcess
{
    public static string Program => Path.Combine(AppContext.BaseDirectory, "bitnet-perf.dll");

    /// <param name="folder">Working folder; null for this process's.</param>
    /// <param name="variables">Set beside those of this process.</param>
    public static Process Start(string[] arguments, string? folder = null, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task<(int Code, string Output, string Error)> Finish(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output, await error);
        }
    }

    /// <summary>Sends what Ctrl+C sends, to this process alone.</summary>
    public static async Task Interrupt(Process process)
    {
        using Process kill = Process.Start("kill", [$"-{Signal()}", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>INT as Ctrl+C sends it; a test run in the background of a shell ignores INT and so would its children, then TERM.</summary>
    private static string Signal()
    {
        string ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        return (Convert.ToUInt64(ignored, 16) & 2) == 0 ? "INT" : "TERM";
    }
}
