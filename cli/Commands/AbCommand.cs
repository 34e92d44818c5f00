using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Measuring.Interleaved;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>ab</c>: two builds measured in alternating launches and compared pair by pair.</summary>
internal static class AbCommand
{
    /// <param name="environment">Where to measure.</param>
    public static PerfCommand Create(Func<RunEnvironment> environment)
    {
        var choices = new AbChoices();
        var command = new PerfCommand("ab",
            "Compares two builds by launches of each in turn, which cancels what drifts: the comparison to trust on a noisy machine. Without --suite and --filter it measures the kernels of suite quick.",
            "bitnet-perf ab --base out/before --head out/after",
            "bitnet-perf ab --base out/before --head out/after --filter 'kernel/gemv/**' --threads 2 --budget 20m",
            "bitnet-perf ab --base-ref main --head-ref HEAD --suite gate",
            "bitnet-perf ab --base-cmd './bench-old --csv' --head-cmd './bench-new --csv'",
            "bitnet-perf ab --resume artifacts/ab-RUN");
        choices.AddTo(command);
        return command.Does(context => new AbJob(context, choices.Read(context), environment()).RunAsync());
    }
}
