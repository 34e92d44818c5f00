using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>How one build, compared with itself at different times, came out on a host: false alarms, and how much whole runs differ.
/// Stored as baselines/HOST-KEY/calibration.json; the receipts it rests on are named by their digests.</summary>
public sealed record Calibration
{
    public const string CurrentSchema = "calibration/1";

    public required string Schema { get; init; }

    /// <summary>As <see cref="Receipt.Digest"/>, over this document.</summary>
    public string? Digest { get; init; }

    public required string HostKey { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>Of the build on both sides; null when it is not known.</summary>
    public required string? Commit { get; init; }

    /// <summary>Whether the checkout differed from its commit; null when that is not known.</summary>
    public required bool? Dirty { get; init; }

    /// <summary>From the first launch of the first run to the last receipt: the time over which the host could change.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Separate runs of the build from which noise between runs is estimated, oldest first.</summary>
    public required IReadOnlyList<CalibrationRun> Runs { get; init; }

    /// <summary>Workloads that are tested together in such a comparison: Holm's m, of which the detectable slowdowns speak.</summary>
    public required int FamilySize { get; init; }

    public required IReadOnlyList<CalibratedClass> Classes { get; init; }

    /// <summary>One entry for each method of comparison that was tried.</summary>
    public required IReadOnlyList<FalseAlarmCount> FalseAlarms { get; init; }
}

/// <param name="Run">Name of the run.</param>
/// <param name="Digest">Of its receipt.</param>
/// <param name="Launches">Launches in it.</param>
public sealed record CalibrationRun(string Run, string Digest, DateTimeOffset CreatedUtc, int Launches);

/// <summary>Noise of the workloads that share their noise between runs.</summary>
/// <param name="Name">e.g. kernel/gemv/cold/t2.</param>
/// <param name="RunDeviation">σ_run: standard deviation of the logarithm between runs beyond what launches explain; 0.01 is about 1 %.</param>
/// <param name="DegreesOfFreedom">Runs less one, however many workloads the class has.</param>
/// <param name="LaunchDeviation">s: the same between launches of one run; null when every run has a single launch.</param>
/// <param name="Detectable">Smallest true slowdowns that comparisons of these shapes find with 80 % power.</param>
public sealed record CalibratedClass(
    string Name, double RunDeviation, int DegreesOfFreedom, double? LaunchDeviation, IReadOnlyList<DetectableSlowdown> Detectable, IReadOnlyList<CalibratedWorkload> Workloads);

/// <summary>One workload's own figures, as <see cref="CalibratedClass"/> has them.</summary>
public sealed record CalibratedWorkload(string Id, double RunDeviation, double? LaunchDeviation);

/// <param name="BaselineRuns">Stored runs that one run is held against.</param>
/// <param name="Launches">Launches of each run.</param>
/// <param name="Slowdown">0.05 is 5 %; null where no slowdown of a size that means anything would be found.</param>
public sealed record DetectableSlowdown(int BaselineRuns, int Launches, double? Slowdown);

/// <summary>Comparisons of the build with itself.</summary>
/// <param name="Method">As a comparison names it: "baseline" or "paired".</param>
/// <param name="Comparisons">n.</param>
/// <param name="Alarmed">k: those in which any workload was called slower.</param>
/// <param name="Limit">Upper 95 % limit of the true rate of alarms (Clopper and Pearson), 0 to 1.</param>
/// <param name="Passed">Those that ended with exit code 0: nothing alarmed, nothing undecided.</param>
/// <param name="FamilyErrorRate">α that they were made with.</param>
/// <param name="Receipts">Digests of the receipts compared.</param>
public sealed record FalseAlarmCount(string Method, int Comparisons, int Alarmed, double Limit, int Passed, double FamilyErrorRate, IReadOnlyList<string> Receipts);
