using System.CommandLine;
using System.CommandLine.Help;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Commands;

namespace BitNet.Perf.Cli;

/// <summary>All commands, registered in one place and in the order that <c>--help</c> shows them.</summary>
public static class CommandTree
{
    public static IReadOnlyList<PerfCommand> Commands =>
    [
        RunCommand.Create(() => RunEnvironment.Live()),
        GateCommand.Create(() => RunEnvironment.Live()),
        ListCommand.Create(),
        CompareCommand.Create(),
        AbCommand.Create(() => RunEnvironment.Live()),
        ReportCommand.Create(),
        ReceiptCommand.Create(),
        BaselineCommand.Create(),
        HistoryCommand.Create(),
        DoctorCommand.Create(() => RunEnvironment.Live()),
        ModelCommand.Create(),
        GenerateCommand.Create(),
        WorkerProcessCommand.Create(),
        FirstTokenProcessCommand.Create(),
    ];

    private static readonly string[] RootExamples =
    [
        "bitnet-perf run",
        "bitnet-perf model synth tiny.gguf --shape tiny",
    ];

    public static RootCommand Create(IReadOnlyList<PerfCommand> commands)
    {
        var root = new RootCommand("Measures BitNet b1.58 inference on CPUs, leaves receipts, and compares them with baselines.");
        foreach (PerfCommand command in commands)
            root.Add(command);
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction builtIn })
                option.Action = new HelpWithExamples(builtIn, RootExamples);
            else if (option is VersionOption)
                option.Action = new PrintVersion();
        }

        return root;
    }
}
