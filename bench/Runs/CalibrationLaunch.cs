using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Runs;

/// <summary>Has a worker check the results of workloads and count the operations that fill an iteration, before anything is timed.</summary>
internal sealed class CalibrationLaunch(IWorkerProcess worker, IRunProgress progress)
{
    /// <summary>A check may take minutes with the scalar kernel on a slow machine.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    /// <param name="plan">Of the build that calibrates.</param>
    /// <param name="ids">Workloads.</param>
    /// <param name="remaining">Of the run, after the calibration.</param>
    /// <returns>What was found, by workload: each of them.</returns>
    /// <exception cref="WrongResultException">A workload computes something else than its reference.</exception>
    /// <exception cref="RunFailedException">The worker failed.</exception>
    public async Task<IReadOnlyDictionary<string, CalibratedMessage>> RunAsync(
        RunPlan plan, IReadOnlyList<string> ids, TimeSpan? remaining, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, CalibratedMessage>();
        var done = 0;
        var end = await worker.RunAsync(
            LaunchPlanning.Calibration(plan, ids), Timeout,
            message =>
            {
                if (message is StartedMessage started)
                    progress.Report(new RunProgress(RunStage.Calibrating, started.Id, (double)done++ / ids.Count, remaining));
                else if (message is CalibratedMessage calibrated)
                    found[calibrated.Id] = calibrated;
            },
            cancellationToken);
        if (end.Failure is { } failure)
            throw Problem(end, MachinePaths.Redact(failure));
        return ids.FirstOrDefault(id => !found.ContainsKey(id)) is { } missing
            ? throw new RunFailedException($"the worker calibrated {found.Count} of {ids.Count} workloads; {missing} is missing")
            : found;
    }

    private static Exception Problem(WorkerEnd end, string failure) => end.Kind == FailureKind.WrongResult
        ? new WrongResultException(failure)
        : new RunFailedException(end.Workload is { } id ? $"{id}: {failure}" : failure);
}
