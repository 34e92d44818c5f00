using System.Diagnostics;
using System.Globalization;
using BitNet.Perf.Bench.Host;

namespace BitNet.Perf.Bench.Workloads.EndToEnd;

/// <summary>Starts this program afresh for one first token (<see cref="FirstToken"/>).</summary>
/// <param name="arguments">After the program's own leading ones.</param>
/// <param name="limit">A process that has given no token by then, or has not ended as long after it, is killed.</param>
public sealed class FirstTokenProcess(IReadOnlyList<string> arguments, TimeSpan limit) : IDisposable
{
    private const int LongestQuote = 100;

    private readonly Process _process = new();
    private Task<string>? _errors;

    public static IReadOnlyList<string> Arguments(string path, string kernel, int threads, int tokens) =>
        [FirstToken.Command, path, kernel, threads.ToString(CultureInfo.InvariantCulture), tokens.ToString(CultureInfo.InvariantCulture)];

    /// <summary>From before the process starts until its line has arrived.</summary>
    /// <returns>Id of the token.</returns>
    /// <exception cref="FirstTokenException">No token; says why.</exception>
    public int Read()
    {
        _process.StartInfo = StartInfo();
        _process.Start();
        _errors = _process.StandardError.ReadToEndAsync();
        string? line;
        var timedOut = false;
        // Once disposed the timer kills no more.
        using (new Timer(_ => { Volatile.Write(ref timedOut, true); ProcessTree.Kill(_process); }, null, limit, Timeout.InfiniteTimeSpan))
            line = _process.StandardOutput.ReadLine();
        if (Volatile.Read(ref timedOut))
            throw new FirstTokenException($"the started process gave no token within {limit.TotalSeconds:0.###} s");
        if (line?.Split(' ') is [var id, _] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var token))
            return token;
        if (line is not null)
            throw new FirstTokenException($"the started process wrote \"{(line.Length > LongestQuote ? line[..LongestQuote] + "…" : line)}\"; expected an id and its text");
        Finish();
        throw new FirstTokenException("the started process ended without a token");
    }

    /// <summary>Waits until it has ended, which is no part of the start.</summary>
    /// <exception cref="FirstTokenException">It failed or does not end.</exception>
    public void Finish()
    {
        if (!_process.WaitForExit(limit))
        {
            ProcessTree.Kill(_process);
            throw new FirstTokenException($"the started process did not end within {limit.TotalSeconds:0.###} s");
        }
        if (_process.ExitCode != 0)
            throw new FirstTokenException($"the started process ended with exit code {_process.ExitCode}: {_errors?.Result.Trim().ReplaceLineEndings(" | ")}");
    }

    public void Dispose()
    {
        if (_errors is not null)
            ProcessTree.Kill(_process);
        _process.Dispose();
    }

    /// <summary>As a user starts it: with the runtime as the program itself sets it, so without the variables of a worker.</summary>
    private ProcessStartInfo StartInfo()
    {
        var (file, leading) = ThisProgram.Command ?? throw new FirstTokenException("the path of this program is unknown, so it cannot be started again");
        var start = new ProcessStartInfo(file, [.. leading, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in FinalCode.Variables.Keys)
            start.Environment.Remove(name);
        return start;
    }
}

/// <summary>A started process gave no first token. One line.</summary>
public sealed class FirstTokenException(string message) : Exception(message);
