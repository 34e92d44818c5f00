using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Measuring;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>run</c>: measure, leave a receipt, compare with the stored baseline.</summary>
internal static class RunCommand
{
    /// <param name="environment">Where to measure.</param>
    public static PerfCommand Create(Func<RunEnvironment> environment)
    {
        var choices = RunChoices.OfRun();
        var command = new PerfCommand("run",
            "Measures a suite of workloads in fresh worker processes, writes receipt, samples and report, and compares with the stored baseline of this host.",
            "bitnet-perf run",
            "bitnet-perf run --suite kernels --filter 'kernel/gemv/**' --threads 1,2 --launches 5",
            "bitnet-perf run --model ggml-model-i2_s.gguf --suite e2e");
        choices.AddTo(command);
        return command.Does(context => new RunJob(context, choices.Read(context), environment()).RunAsync());
    }
}
