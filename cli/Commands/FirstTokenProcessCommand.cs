using System.CommandLine;
using BitNet.Perf.Bench.Workloads.EndToEnd;

namespace BitNet.Perf.Cli.Commands;

/// <summary>The hidden command that a start workload times: one first token in a process of its own.</summary>
internal static class FirstTokenProcessCommand
{
    public static PerfCommand Create()
    {
        Argument<string> path = ModelOptions.File();
        Argument<string> kernel = new("kernel") { Description = "Name of the ternary kernel." };
        Argument<int> threads = new("threads") { Description = "Worker threads." };
        Argument<int> tokens = new("tokens") { Description = "Length of the prompt." };
        var command = new PerfCommand(FirstToken.Command, "Gives the first token after a prompt of random ids.", $"bitnet-perf {FirstToken.Command} tiny.gguf i2s-scalar 1 16")
        {
            path, kernel, threads, tokens,
        };
        command.Hidden = true;
        return command.Does(context =>
        {
            FirstToken.Run(context.Value(path), context.Value(kernel), context.Value(threads), context.Value(tokens), context.Out);
            return ExitCode.Done;
        });
    }
}
