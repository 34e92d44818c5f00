using System.CommandLine;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Measuring;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>doctor</c>: what of this host disturbs measurements.</summary>
internal static class DoctorCommand
{
    /// <param name="environment">Where to measure.</param>
    public static PerfCommand Create(Func<RunEnvironment> environment)
    {
        Option<bool> json = SharedOptions.Json();
        var command = new PerfCommand("doctor", "Finds what disturbs measurements on this host, what it costs and how to mend it; measures read bandwidth, timer and noise.",
            "bitnet-perf doctor",
            "bitnet-perf doctor --json")
        {
            json,
        };
        return command.Does(context => new HostDoctor(context, environment()).ExamineAsync(context.Value(json)));
    }
}
