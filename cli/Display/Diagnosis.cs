using BitNet.Perf.Bench.Host.Disturbances;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Cli.Display;

/// <summary>What <c>doctor</c> found.</summary>
/// <param name="Probes">Read bandwidth and control kernel; empty when they could not be measured.</param>
/// <param name="Failure">Why they could not, one line; null when they were.</param>
/// <param name="Calibration">Of this host; null when it was never calibrated.</param>
internal sealed record Diagnosis(
    string HostKey, IReadOnlyList<HostFinding> Findings, TimerReading Timer, IReadOnlyList<ProbeFigures> Probes, string? Failure, Calibration? Calibration);
