using System.Diagnostics;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Runs;

/// <summary>Makes one launch. A worker that fails, hangs or dies loses this launch only.</summary>
internal sealed class LaunchRunner(RunPlan plan, IWorkerProcess worker)
{
    /// <param name="timeout">After which the worker is stopped.</param>
    /// <param name="started">Told each workload as it begins.</param>
    /// <exception cref="OperationCanceledException">Cancelled: the launch is as if it had never been.</exception>
    public async Task<LaunchResult> RunAsync(int index, bool phases, TimeSpan timeout, Action<string> started, CancellationToken cancellationToken)
    {
        var launch = LaunchPlanning.Launch(plan, index, phases);
        var measured = new List<MeasuredMessage>();
        PhaseBreakdown? breakdown = null;
        bool? bound = null;
        var startedUtc = DateTimeOffset.UtcNow;
        var before = CpuTime.Now(HostFiles.Live);
        var clock = Stopwatch.StartNew();
        var end = await worker.RunAsync(
            launch, timeout,
            message =>
            {
                switch (message)
                {
                    case HelloMessage hello: bound = hello.Bound; break;
                    case StartedMessage begun: started(begun.Id); break;
                    case MeasuredMessage m: measured.Add(m); break;
                    case PhasesMessage p: breakdown = new PhaseBreakdown { Workload = p.Id, Launch = index, Tokens = p.Tokens, TotalNanoseconds = p.TotalNanoseconds, Phases = p.Phases }; break;
                }
            },
            cancellationToken);
        clock.Stop();
        var failure = end.Failure is null ? Incomplete(launch, measured) : end.Workload is { } id ? $"{id}: {end.Failure}" : end.Failure;
        var record = new LaunchRecord
        {
            Index = index,
            Outcome = failure is null ? LaunchOutcome.Complete : end.TimedOut ? LaunchOutcome.TimedOut : LaunchOutcome.Crashed,
            StartedUtc = startedUtc,
            WallSeconds = clock.Elapsed.TotalSeconds,
            Order = failure is null ? [.. measured.Select(m => m.Id)] : [],
            Affinity = bound == true ? launch.Affinity : null,
            StealShare = CpuTime.StealShare(before, CpuTime.Now(HostFiles.Live)),
            Failure = failure is null ? null : MachinePaths.Redact(failure),
        };
        // Half a launch is not evidence: its workloads would have other launches than the rest.
        return failure is null ? new LaunchResult(plan.Run, record, measured, breakdown, bound) : new LaunchResult(plan.Run, record, [], null, bound);
    }

    /// <summary>Why a launch that says it is done is not; null when it is.</summary>
    private static string? Incomplete(WorkerPlan launch, List<MeasuredMessage> measured)
    {
        if (!measured.Select(m => m.Id).SequenceEqual(launch.Workloads.Select(w => w.Id)))
            return $"measured {measured.Count} of {launch.Workloads.Count} workloads, or in another order than planned";
        foreach (var (m, planned) in measured.Zip(launch.Workloads))
        {
            if (m.Operations != planned.Operations)
                return $"{m.Id}: {m.Operations} operations an iteration; the plan says {planned.Operations}";
            if (m.Nanoseconds.Count == 0 || m.Nanoseconds.Any(ns => !(ns > 0) || !double.IsFinite(ns)))
                return $"{m.Id}: a time that is not positive";
        }
        return null;
    }
}
