using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>Makes the receipt of a plan and its finished launches.</summary>
public static class ReceiptAssembly
{
    /// <summary>Steal above which a launch is marked: another guest took a fiftieth of the processors.</summary>
    private const double NotableSteal = 0.02;

    /// <summary>The control kernel does the same in every launch: where it varies by more, something else ran on the machine.</summary>
    private const double NotableUnrest = 0.1;

    /// <param name="launches">From the first on, without a gap; fewer than planned give an incomplete receipt.</param>
    /// <param name="ended">Whether a run that measures on has come to its end.</param>
    /// <exception cref="RunFailedException">No launch has samples.</exception>
    public static Receipt Build(RunPlan plan, IReadOnlyList<LaunchResult> launches, DateTimeOffset created, bool ended = true)
    {
        if (launches.All(l => l.Samples.Count == 0))
            throw new RunFailedException($"no launch gave a result{(launches.Count > 0 ? $"; the last one: {launches[^1].Record.Failure}" : "")}");
        // A workload without samples cannot be: every launch up to the first look that counts measured all.
        var workloads = plan.Workloads.Select(w => Workload(w, launches)).ToList();
        return new Receipt
        {
            Schema = Receipt.CurrentSchema,
            Run = plan.Run,
            CreatedUtc = created,
            Origin = ReceiptOrigin.Measured,
            Status = ended && launches.Count >= plan.Launches ? RunStatus.Complete : RunStatus.Incomplete,
            Generator = new Generator("bitnet-perf", Version, WorkerProtocol.Version),
            Suite = plan.Suite,
            Filters = plan.Filters,
            HostKey = plan.HostKey,
            Host = plan.Host,
            Build = plan.Build,
            Model = plan.Model,
            Settings = Settings(plan),
            Launches = [.. launches.Select(l => l.Record)],
            Workloads = workloads,
            Methods = plan.Methods,
            Phases = launches.Select(l => l.Phases).FirstOrDefault(p => p is not null),
            Warnings = [.. plan.Warnings, .. launches.SelectMany(l => LaunchWarnings(plan, l)), .. DifferingResults(plan, launches), .. CutLook(plan, launches, ended), .. workloads.SelectMany(Unrest)],
        };
    }

    private static string Version => typeof(ReceiptAssembly).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    private static WorkloadRecord Workload(CalibratedWorkload workload, IReadOnlyList<LaunchResult> launches)
    {
        var unit = Unit.Find(workload.Unit)!;
        List<LaunchSamples> samples =
        [
            .. from launch in launches
               from measured in launch.Samples
               where measured.Id == workload.Id
               select WorkloadFigures.Samples(unit, workload.Work, launch.Record.Index, measured.Operations, measured.Nanoseconds, measured.AllocatedBytes, measured.Chosen),
        ];
        var id = WorkloadId.Parse(workload.Id);
        return new WorkloadRecord
        {
            Id = workload.Id,
            Definition = workload.Definition,
            Metric = unit.Metric,
            Unit = unit.Name,
            Better = unit.Better,
            Threads = id.Threads,
            Kernel = workload.Kernel,
            Work = workload.Work,
            Result = workload.Result,
            Lossy = id.IsLossy ? true : null,
            Input = workload.Input,
            MachineCode = workload.Code,
            Launches = samples,
            Summary = WorkloadFigures.Summarize(unit, workload.Work, samples),
        };
    }

    private static RunSettings Settings(RunPlan plan)
    {
        var ids = plan.Workloads.Select(w => WorkloadId.Parse(w.Id)).ToList();
        return new RunSettings
        {
            // What ran, which may be less than asked for: a step without parallel form has one thread.
            Threads = [.. ids.Where(id => id.Family != WorkloadFamily.Probe).DefaultIfEmpty(ids[0]).Select(id => id.Threads).Distinct().Order()],
            LaunchesPlanned = plan.Launches,
            KernelWarmups = plan.Timing.KernelWarmups,
            KernelIterations = plan.Timing.KernelIterations,
            KernelIterationMilliseconds = plan.Timing.KernelIterationMilliseconds,
            EndToEndWarmups = plan.Timing.EndToEndWarmups,
            EndToEndIterations = plan.Timing.EndToEndIterations,
            ColdBytes = ids.Any(id => id.Cold == true) ? plan.ColdBytes : null,
            ForcedKernel = plan.ForcedKernel,
            OrderSeed = plan.Seed,
            AffinityPolicy = plan.Affinity is null ? null : Host.AllowedProcessors.Policy,
            Environment = plan.Environment,
            Looks = plan.Looks,
        };
    }

    /// <summary>A look takes place at its declared number of launches; those that the budget cut short count for nothing.</summary>
    private static IEnumerable<ReceiptWarning> CutLook(RunPlan plan, IReadOnlyList<LaunchResult> launches, bool ended)
    {
        if (ended && plan.Looks is { } looks && launches.Count > looks[0].Launches && looks.All(look => look.Launches != launches.Count))
        {
            yield return new ReceiptWarning("look-cut", null,
                $"the budget was used up after launch {launches.Count}: launches after the look at {looks.Last(look => look.Launches < launches.Count).Launches} count for nothing");
        }
    }

    private static IEnumerable<ReceiptWarning> LaunchWarnings(RunPlan plan, LaunchResult launch)
    {
        var subject = WarningCodes.LaunchSubject(launch.Record.Index);
        if (launch.Record.Outcome != LaunchOutcome.Complete)
            yield return new ReceiptWarning(WarningCodes.LaunchLost, subject, $"launch {launch.Record.Index} was lost: {launch.Record.Failure}");
        if (launch.Record.StealShare > NotableSteal)
        {
            yield return new ReceiptWarning("steal-high", subject,
                FormattableString.Invariant($"other guests of the machine took {launch.Record.StealShare:P1} of the processor time of launch {launch.Record.Index}"));
        }
        if (plan.Affinity is not null && launch.Bound == false)
            yield return new ReceiptWarning("affinity-refused", subject, $"the system did not bind launch {launch.Record.Index} to its processors");
    }

    /// <summary>A machine that did other work meanwhile, as the control kernel shows: its launches lie far apart, or its median far above its best iteration.</summary>
    internal static IEnumerable<ReceiptWarning> Unrest(WorkloadRecord workload)
    {
        if (!WorkloadId.IsControl(workload.Id))
            yield break;
        var (spread, slower) = (workload.Summary.LaunchSpread ?? 0, workload.Summary.Median / workload.Summary.Minimum - 1);
        if (spread > NotableUnrest || slower > NotableUnrest)
        {
            yield return new ReceiptWarning("host-disturbed", workload.Id, FormattableString.Invariant(
                $"the control kernel's launches spread by {spread:P1}, its median is {slower:P1} slower than its best iteration: something else ran on this machine"));
        }
    }

    /// <summary>Every launch's output must be the one that was checked.</summary>
    internal static IEnumerable<ReceiptWarning> DifferingResults(RunPlan plan, IReadOnlyList<LaunchResult> launches)
    {
        foreach (var workload in plan.Workloads.Where(w => w.Result is not null))
        {
            var differing = launches
                .Where(l => l.Samples.Any(m => m.Id == workload.Id && m.Digest != workload.Result!.Digest))
                .Select(l => l.Record.Index)
                .ToList();
            if (differing.Count > 0)
            {
                yield return new ReceiptWarning(WarningCodes.ResultDiffers, workload.Id,
                    $"the output of launch {string.Join(", ", differing)} is not the one that was checked before timing");
            }
        }
    }
}
