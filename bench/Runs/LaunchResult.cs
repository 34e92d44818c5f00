using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>One finished launch with its samples; launches/NN.json of a run's folder.</summary>
/// <param name="Run">Name of the run it belongs to: a folder that is used again may still hold another's.</param>
/// <param name="Record">As the receipt states it.</param>
/// <param name="Samples">Empty for a launch that was lost.</param>
/// <param name="Phases">Of the launch that timed them.</param>
/// <param name="Bound">Whether the affinity was taken by the system; null when none was asked for or the worker did not get so far.</param>
public sealed record LaunchResult(string Run, LaunchRecord Record, IReadOnlyList<MeasuredMessage> Samples, PhaseBreakdown? Phases, bool? Bound);
