using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Measuring;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>gate</c>: measure, compare with a baseline of several runs, measure on where it is open, decide.</summary>
internal static class GateCommand
{
    /// <param name="environment">Where to measure.</param>
    public static PerfCommand Create(Func<RunEnvironment> environment)
    {
        var choices = RunChoices.OfGate();
        var command = new PerfCommand("gate",
            "Measures a suite, compares it with a baseline, measures on what is suspicious or undecided within a budget, writes receipt, samples and report, and decides by its exit code (0 passed, 1 regressed, 2 undecided, 3 incomparable or no baseline, 4 altered receipt, 5 wrong result).",
            "bitnet-perf gate",
            "bitnet-perf gate --baseline artifacts/nights --filter 'kernel/gemv/**' --budget 10m");
        choices.AddTo(command);
        return command.Does(context => new GateJob(context, choices.Read(context), environment()).RunAsync());
    }
}
