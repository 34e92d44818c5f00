using System.CommandLine;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Measuring;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>doctor</c>: what of this host disturbs measurements, and how often it raises false alarms.</summary>
internal static class DoctorCommand
{
    /// <param name="environment">Where to measure.</param>
    public static PerfCommand Create(Func<RunEnvironment> environment)
    {
        var calibrate = new Option<bool>("--calibrate") { Description = "Measure this build several times, compare it with itself, and store false alarms and noise of this host." };
        var choices = new CalibrationChoices();
        Option<bool> json = SharedOptions.Json();
        var command = new PerfCommand("doctor", "Finds what disturbs measurements on this host, what it costs and how to mend it; measures read bandwidth, timer and noise.",
            "bitnet-perf doctor",
            "bitnet-perf doctor --calibrate --suite gate --runs 10 --pause 30m",
            "bitnet-perf doctor --calibrate --from artifacts/calibration")
        {
            calibrate, json,
        };
        choices.AddTo(command);
        return command.Does(context =>
        {
            if (context.Value(calibrate))
                return new CalibrationJob(context, choices.Read(context), environment()).RunAsync(context.Value(json));
            choices.RefuseAll(context);
            return new HostDoctor(context, environment()).ExamineAsync(context.Value(json));
        });
    }
}
