using System.CommandLine;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Measuring;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>list</c>: the workloads a run would measure.</summary>
internal static class ListCommand
{
    public static PerfCommand Create()
    {
        Option<bool> json = SharedOptions.Json();
        var command = new PerfCommand("list", "Lists the workloads that a run with the same options would measure.",
            "bitnet-perf list --suite kernels",
            "bitnet-perf list --suite full --filter 'kernel/gemv/**' --json");
        foreach (Option option in MeasuringOptions.Create().Append(json))
            command.Add(option);
        return command.Does(context =>
        {
            RunOptions run = MeasuringOptions.Read(context);
            RunPreview preview = RunPreview.Of(run, RunEnvironment.Live());
            if (context.Value(json))
                JsonOutput.Write(context.Out, PreviewJson.Of(run, preview));
            else
                context.WriteLines(PreviewText.Workloads(preview));
            return ExitCode.Done;
        });
    }
}
