using System.Diagnostics;
using BitNet.Perf.Bench.Evidence;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Worker;

namespace BitNet.Perf.Bench.Runs;

/// <summary>How to start this same program as a worker.</summary>
/// <param name="File">Executable.</param>
/// <param name="Arguments">Before the plan, which goes to standard input.</param>
public sealed record WorkerCommand(string File, IReadOnlyList<string> Arguments)
{
    /// <exception cref="RunRefusedException">The system does not tell the program's path.</exception>
    public static WorkerCommand OfThisProgram()
    {
        var (file, arguments) = ThisProgram.Command ?? throw new RunRefusedException("the path of this program is unknown, so it cannot start a worker");
        return new WorkerCommand(file, [.. arguments, WorkerProtocol.Command]);
    }
}

/// <summary>How a worker ended.</summary>
/// <param name="Failure">One line; null when it said it was done.</param>
/// <param name="Kind">What it gave as the kind of failure; null when it said nothing (it crashed or was stopped).</param>
public sealed record WorkerEnd(bool TimedOut, string? Failure, FailureKind? Kind, string? Workload)
{
    public static WorkerEnd Done { get; } = new(false, null, null, null);
}

/// <summary>Runs one plan in a process of its own.</summary>
public interface IWorkerProcess
{
    /// <param name="report">Called for each message in order, on any thread but never two at once.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the process has ended.</exception>
    Task<WorkerEnd> RunAsync(WorkerPlan plan, TimeSpan timeout, Action<WorkerMessage> report, CancellationToken cancellationToken);
}

/// <inheritdoc/>
public sealed class WorkerProcess(WorkerCommand command, IReadOnlyDictionary<string, string> environment) : IWorkerProcess
{
    private const int KeptErrorLines = 3;

    public async Task<WorkerEnd> RunAsync(WorkerPlan plan, TimeSpan timeout, Action<WorkerMessage> report, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        using var process = Process.Start(StartInfo(plan)) ?? throw new RunFailedException($"{command.File} does not start");
        var errors = KeepLastLinesAsync(process.StandardError);
        try
        {
            await process.StandardInput.WriteLineAsync(WorkerProtocol.Write(plan).AsMemory(), limit.Token);
            await process.StandardInput.FlushAsync(limit.Token);
            var end = await ListenAsync(process, plan.Build, report, limit.Token);
            // The worker has said its last word; what it still does must not hold up the run.
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return end ?? new WorkerEnd(false, await CrashAsync(process, errors), null, null);
        }
        catch (OperationCanceledException)
        {
            Stop(process);
            cancellationToken.ThrowIfCancellationRequested();
            return new WorkerEnd(true, $"gave no result within {timeout.TotalSeconds:F0} s", null, null);
        }
        catch (WorkerProtocolException e)
        {
            Stop(process);
            return new WorkerEnd(false, e.Message, FailureKind.Protocol, null);
        }
        catch (IOException)
        {
            // Its standard input broke: it is gone.
            Stop(process);
            return new WorkerEnd(false, await CrashAsync(process, errors), null, null);
        }
    }

    private ProcessStartInfo StartInfo(WorkerPlan plan)
    {
        var start = new ProcessStartInfo(command.File, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        if (plan.CodeListing is { } listing)
        {
            foreach (var (name, value) in MachineCodeCapture.Variables(listing))
                start.Environment[name] = value;
        }
        return start;
    }

    /// <summary>Null when the output ended without a last word.</summary>
    private static async Task<WorkerEnd?> ListenAsync(Process process, string? build, Action<WorkerMessage> report, CancellationToken cancellationToken)
    {
        var greeted = false;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            var message = WorkerProtocol.ReadMessage(line);
            switch (message)
            {
                case HelloMessage hello when hello.Protocol != WorkerProtocol.Version:
                    throw new WorkerProtocolException($"the worker speaks protocol {hello.Protocol}, this build {WorkerProtocol.Version}");
                case HelloMessage hello when build is not null && hello.Build != build:
                    throw new WorkerProtocolException($"the worker is build {hello.Build}, the run's is {build}");
                case HelloMessage:
                    greeted = true;
                    break;
                case FailedMessage failed:
                    return new WorkerEnd(false, failed.Message, failed.Kind, failed.Id);
                case DoneMessage:
                    return WorkerEnd.Done;
                default:
                    if (!greeted)
                        throw new WorkerProtocolException("the worker reported before it said hello");
                    break;
            }
            report(message);
        }
        return null;
    }

    private static async Task<string> CrashAsync(Process process, Task<string> errors)
    {
        await process.WaitForExitAsync(CancellationToken.None);
        var said = await errors;
        return $"the worker ended with exit code {process.ExitCode}{(said.Length > 0 ? ": " + said : "")}";
    }

    private static async Task<string> KeepLastLinesAsync(StreamReader errors)
    {
        var lines = new Queue<string>();
        while (await errors.ReadLineAsync() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            lines.Enqueue(line.Trim());
            if (lines.Count > KeptErrorLines)
                lines.Dequeue();
        }
        return string.Join(" | ", lines);
    }

    private static void Stop(Process process)
    {
        if (ProcessTree.Kill(process))
            process.WaitForExit();
    }
}
