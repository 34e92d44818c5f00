using BitNet.Perf.Bench.Evidence;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Runs;

/// <summary>What a worker found before anything was timed.</summary>
/// <param name="Found">By workload: each of them.</param>
/// <param name="Code">Of kernels and probes.</param>
internal sealed record CheckedWorkloads(IReadOnlyDictionary<string, CalibratedMessage> Found, CapturedCode Code)
{
    public CalibratedMessage this[string id] => Found[id];
}

/// <summary>Has a worker check the results of workloads, count the operations that fill an iteration and list its code, before anything is timed.</summary>
internal sealed class CalibrationLaunch(IWorkerProcess worker, IRunProgress progress)
{
    /// <summary>A check may take minutes with the scalar kernel on a slow machine.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    /// <param name="plan">Of the build that calibrates.</param>
    /// <param name="ids">Workloads.</param>
    /// <param name="remaining">Of the run, after the calibration.</param>
    /// <exception cref="WrongResultException">A workload computes something else than its reference.</exception>
    /// <exception cref="RunFailedException">The worker failed.</exception>
    public async Task<CheckedWorkloads> RunAsync(
        RunPlan plan, IReadOnlyList<string> ids, TimeSpan? remaining, CancellationToken cancellationToken)
    {
        using var capture = new MachineCodeCapture();
        var found = new Dictionary<string, CalibratedMessage>();
        var done = 0;
        var end = await worker.RunAsync(
            LaunchPlanning.Calibration(plan, ids) with { CodeListing = capture.ListingPath }, Timeout,
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
        if (ids.FirstOrDefault(id => !found.ContainsKey(id)) is { } missing)
            throw new RunFailedException($"the worker calibrated {found.Count} of {ids.Count} workloads; {missing} is missing");
        return new CheckedWorkloads(found, capture.Read(ids.Where(id => CapturedCode.IsWanted(WorkloadId.Parse(id))).ToDictionary(id => id, id => found[id].Path)));
    }

    private static Exception Problem(WorkerEnd end, string failure) => end.Kind == FailureKind.WrongResult
        ? new WrongResultException(failure)
        : new RunFailedException(end.Workload is { } id ? $"{id}: {failure}" : failure);
}
