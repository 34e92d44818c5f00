using System.Runtime.InteropServices;
using BitNet.Perf.Bench.Host.Disturbances;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Measuring;

/// <summary>Examines this host and tells what it found.</summary>
internal sealed class HostDoctor(CommandContext context, RunEnvironment environment)
{
    /// <summary>How long the machine is watched for what else it does.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(1.5);

    public async Task<ExitCode> ExamineAsync(bool json)
    {
        // Watched before anything is measured: the workers are no disturbance.
        HostCondition condition = await HostCondition.ReadAsync(environment, Watched, context.Cancellation);
        (IReadOnlyList<ProbeFigures> probes, string? failure) = await ProbesAsync();
        string hostKey = HostKey.From(environment.Host, RuntimeInformation.FrameworkDescription);
        var diagnosis = new Diagnosis(hostKey, HostExamination.Of(condition), condition.Timer, probes, failure, Comparing.CalibrationOf(context.Settings, hostKey));
        if (json)
            JsonOutput.Write(context.Out, DoctorJson.Of(diagnosis));
        else
            context.WriteLines(DoctorText.Lines(diagnosis, context.Terminal.Width));
        return ExitCode.Done;
    }

    /// <summary>A host on which nothing can be measured needs its diagnosis most of all.</summary>
    private async Task<(IReadOnlyList<ProbeFigures>, string?)> ProbesAsync()
    {
        try
        {
            return (await LiveProgress.ShowAsync(context, progress => ProbeMeasurement.MeasureAsync(environment, progress, context.Cancellation)), null);
        }
        catch (Exception e) when (e is RunFailedException or RunRefusedException or WrongResultException or IOException or UnauthorizedAccessException)
        {
            return ([], FailureMapping.OneLine(e.Message));
        }
    }
}
