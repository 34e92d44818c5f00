using System.Text.Json;
using BitNet.Perf.Bench.Host.Disturbances;
using BitNet.Perf.Bench.Runs;

namespace BitNet.Perf.Cli.Display;

/// <summary>The document "doctor/1" of <c>doctor --json</c>; docs/doctor.md describes it.</summary>
internal static class DoctorJson
{
    public static object Of(Diagnosis diagnosis) => new
    {
        Schema = "doctor/1",
        diagnosis.HostKey,
        Counts = Enum.GetValues<Severity>().ToDictionary(Name, severity => diagnosis.Findings.Count(finding => finding.Severity == severity)),
        Findings = diagnosis.Findings.Select(finding => new { finding.Code, Severity = Name(finding.Severity), finding.Found, finding.Cost, finding.Mend }),
        Timer = new { FrequencyHertz = diagnosis.Timer.Frequency, diagnosis.Timer.StepNanoseconds, diagnosis.Timer.ReadNanoseconds },
        Launches = diagnosis.Failure is null ? ProbeMeasurement.Launches : 0,
        diagnosis.Probes,
        diagnosis.Failure,
        Calibration = diagnosis.Calibration is { } known ? new { known.CreatedUtc, known.Commit, known.Digest, Runs = known.Runs.Count, known.ElapsedSeconds, known.FalseAlarms } : null,
    };

    private static string Name(Severity severity) => JsonNamingPolicy.CamelCase.ConvertName(severity.ToString());
}
