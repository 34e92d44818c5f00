using System.Runtime.InteropServices;
using BitNet.Engine.Gguf;
using BitNet.Engine.Kernels;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Worker;

/// <summary>The program as a worker process: reads a plan from standard input, measures, reports on standard output.</summary>
public static class WorkerEntry
{
    /// <summary>Runs one plan with the process's own standard input and output. The command line's hidden command is this.</summary>
    /// <returns>Exit code.</returns>
    public static int Run()
    {
        var output = Console.Out;
        // Standard output belongs to the protocol: whatever else writes to the console goes to standard error.
        Console.SetOut(Console.Error);
        return Run(Console.In, output);
    }

    /// <summary>Runs one plan.</summary>
    /// <returns>0 when done; 70 when the worker gave up (the last message says why).</returns>
    public static int Run(TextReader input, TextWriter output)
    {
        // Ctrl+C goes to the whole group of processes; what becomes of this one is the orchestrator's decision.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        var writing = new Lock();
        void Report(WorkerMessage message)
        {
            var line = WorkerProtocol.Write(message);
            lock (writing)
            {
                output.WriteLine(line);
                output.Flush();
            }
        }
        try
        {
            var plan = WorkerProtocol.ReadPlan(input.ReadLine());
            StopWhenOrphaned(input);
            var bound = plan.Affinity is { } processors && AllowedProcessors.Bind(processors);
            var environment = BuildProbe.CurrentEnvironment();
            // A process that is timed does nothing beforehand that only a listing needs.
            var build = plan.Task == WorkerTask.List ? BuildProbe.Describe(environment) : BuildProbe.DescribeCode(environment);
            Report(new HelloMessage(WorkerProtocol.Version, typeof(WorkerEntry).Assembly.GetName().Version?.ToString(3) ?? "0", BuildProbe.BuildId, build, bound));
            if (build.Jit.TieredCompilation)
                return Fail(Report, FailureKind.Code, null, "tiered compilation is on; the worker must be started with DOTNET_TieredCompilation=0");
            new PlanExecution(plan, Report).Run();
            Report(new DoneMessage());
            return 0;
        }
        catch (WorkerProtocolException e)
        {
            return Fail(Report, FailureKind.Protocol, null, e.Message);
        }
        catch (LaunchFailedException e)
        {
            return Fail(Report, KindOf(e.InnerException!), e.Workload, e.Message);
        }
        catch (Exception e)
        {
            return Fail(Report, KindOf(e), null, e.Message);
        }
    }

    private static FailureKind KindOf(Exception e) => e switch
    {
        WrongResultException => FailureKind.WrongResult,
        GgufException => FailureKind.Model,
        KernelNotAvailableException or CodeTierException => FailureKind.Code,
        WorkerProtocolException => FailureKind.Protocol,
        _ => FailureKind.Error,
    };

    private static int Fail(Action<WorkerMessage> report, FailureKind kind, string? id, string message)
    {
        report(new FailedMessage(kind, id, message.ReplaceLineEndings(" ")));
        return 70;
    }

    private static void StopWhenOrphaned(TextReader input)
    {
        var thread = new Thread(() =>
        {
            while (input.ReadLine() is not null)
            {
            }
            Environment.Exit(130);
        })
        { IsBackground = true, Name = "orphan watch" };
        thread.Start();
    }
}

/// <summary>Code runs at a lower tier than what is to be measured. One line.</summary>
public sealed class CodeTierException(string message) : Exception(message);
