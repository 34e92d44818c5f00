using BitNet.Perf.Bench.Host.Disturbances;
using BitNet.Perf.Bench.Runs;

namespace BitNet.Perf.Cli.Display;

/// <summary>What <c>doctor</c> found.</summary>
/// <param name="Probes">Read bandwidth and control kernel; empty when they could not be measured.</param>
/// <param name="Failure">Why they could not, one line; null when they were.</param>
/// <param name="CalibrationLine">Whether this host was calibrated, and with what outcome.</param>
internal sealed record Diagnosis(
    string HostKey, IReadOnlyList<HostFinding> Findings, TimerReading Timer, IReadOnlyList<ProbeFigures> Probes, string? Failure, string CalibrationLine);
