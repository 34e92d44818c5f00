using System.Globalization;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Display;

/// <summary>A calibration for people.</summary>
internal static class CalibrationText
{
    public static IEnumerable<string> Lines(Calibration calibration)
    {
        yield return $"{calibration.HostKey}: {calibration.Runs.Count} runs of {Commit(calibration)} over {FigureText.Duration(TimeSpan.FromSeconds(calibration.ElapsedSeconds))}";
        foreach (FalseAlarmCount count in calibration.FalseAlarms)
            yield return $"{CalibrationQuote.Of(calibration, count.Method)}, {count.Passed} passed{(count.Method == "paired" ? "; interleaved" : "")}";
        yield return "";
        var table = new TextTable(new("noise of"), new("between runs", Right: true), new("launches", Right: true), new("finds, 1 stored run", Right: true), new("more", Right: true));
        foreach (CalibratedClass noise in calibration.Classes)
            table.Add([noise.Name, FigureText.Spread(noise.RunDeviation), FigureText.Spread(noise.LaunchDeviation), .. noise.Detectable.Select(Slowdown)]);
        foreach (string line in table.Lines())
            yield return line;
        yield return "";
        yield return $"standard deviations; between runs on {calibration.Runs.Count - 1} degrees of freedom";
        yield return $"finds: least slowdown found with 80 % power, {calibration.FamilySize} workloads; more: {calibration.Runs.Count} stored runs";
    }

    /// <summary>For the diagnosis: what is known of this host's false alarms.</summary>
    public static string Line(Calibration? calibration) => calibration is null
        ? "never calibrated: how often this host raises a false alarm is unknown (doctor --calibrate measures it)"
        : $"{CalibrationQuote.Of(calibration, "baseline")}; calibrated {calibration.CreatedUtc.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} with {calibration.Runs.Count} runs";

    private static string Commit(Calibration calibration) => calibration.Commit is { } commit ? $"build {commit[..7]}{(calibration.Dirty == true ? " (changed)" : "")}" : "a build of unknown commit";

    private static string Slowdown(DetectableSlowdown detectable) =>
        detectable.Slowdown is { } slowdown ? $"{(slowdown * 100).ToString(slowdown < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture)} %" : "none";
}
