using BitNet.Perf.Bench.Worker;

namespace BitNet.Perf.Cli.Commands;

/// <summary>The hidden command by which a run starts its worker processes: a plan on standard input, messages on standard output.</summary>
internal static class WorkerProcessCommand
{
    public static PerfCommand Create()
    {
        PerfCommand command = new PerfCommand(WorkerProtocol.Command, "Measures one launch as a run tells it to on standard input.", $"bitnet-perf {WorkerProtocol.Command} < PLAN")
            .Does(context => (ExitCode)WorkerEntry.Run(Console.In, context.Out));
        command.Hidden = true;
        return command;
    }
}
