using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import;

/// <summary>Makes a receipt of samples that another harness measured. Members that no file of samples tells are null; where the format has no null, a
/// number is 0 and the start of a launch is the time of the import (docs/receipt-format.md, "Imported receipts").</summary>
public static class ImportedReceipt
{
    /// <summary>Suite of imported receipts.</summary>
    public const string Suite = "imported";

    /// <summary>Definition of every imported workload: what another harness measured under a name is not what this program measures under it.</summary>
    public const string Definition = "imported/1";

    /// <param name="launches">At least one, numbered from 1 in the receipt, each with at least one row.</param>
    /// <param name="facts">The rest.</param>
    /// <returns>Complete, not yet sealed: <see cref="ReceiptFile.Write"/> does that.</returns>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Malformed"/>: no sample, a sample twice in a launch, or a workload in two units.</exception>
    public static Receipt Of(IReadOnlyList<ImportedLaunch> launches, ImportFacts facts)
    {
        if (launches.Count == 0 || launches.Any(launch => launch.Rows.Count == 0))
            throw SamplesCsv.Malformed(null, "a launch without samples", "at least one");
        SampleRow[] rows = [.. launches.SelectMany(launch => launch.Rows)];
        WorkloadRecord[] workloads = [.. rows.Select(row => row.Workload).Distinct().Select(name => Workload(name, launches, facts.Work.GetValueOrDefault(name)))];
        return new Receipt
        {
            Schema = Receipt.CurrentSchema,
            Run = facts.Run,
            CreatedUtc = facts.CreatedUtc,
            Origin = ReceiptOrigin.Imported,
            Status = RunStatus.Complete,
            Generator = facts.Generator,
            Suite = Suite,
            Filters = [],
            HostKey = facts.HostKey,
            Host = facts.Host,
            Build = facts.Build with { Commit = null, Dirty = null, Binary = null, Compiler = null, Command = null },
            Model = null,
            Settings = Settings(launches.Count, workloads),
            Launches = [.. launches.Select((launch, index) => Launch(launch, index + 1, facts.CreatedUtc))],
            Workloads = workloads,
            Phases = null,
            Source = facts.Source,
            Warnings = [new(WarningCodes.Imported, null, "figures of another harness: how they were measured, and whether the results were right, is not known"), .. facts.Warnings],
        };
    }

    private static WorkloadRecord Workload(string name, IReadOnlyList<ImportedLaunch> launches, ImportedWork? told)
    {
        (int Launch, SampleRow[] Rows)[] samples =
        [
            .. launches.Select((launch, index) => (index + 1, launch.Rows.Where(row => row.Workload == name).OrderBy(row => row.Iteration).ToArray()))
                .Where(launch => launch.Item2.Length > 0),
        ];
        Unit unit = samples[0].Rows[0].Unit;
        foreach ((int launch, SampleRow[] rows) in samples)
        {
            if (rows.FirstOrDefault(row => row.Unit != unit) is { } other)
                throw SamplesCsv.Malformed(null, $"{name} in {unit} and, in launch {launch}, in {other.Unit}", "one unit for a workload");
            if (rows.DistinctBy(row => row.Iteration).Count() < rows.Length)
                throw SamplesCsv.Malformed(null, $"{name} has an iteration twice in launch {launch}", "each sample once");
        }
        WorkloadId.TryParse(name, out WorkloadId? id);
        WorkPerOperation work = new() { Tokens = told?.Tokens, Bytes = told?.Bytes };
        LaunchSamples[] launched = [.. samples.Select(launch => Samples(launch.Launch, unit, launch.Rows))];
        return new WorkloadRecord
        {
            Id = name,
            Definition = Definition,
            Metric = unit.Metric,
            Unit = unit.Name,
            Better = unit.Better,
            Threads = id?.Threads ?? told?.Threads ?? 0,
            Work = work,
            Lossy = id?.IsLossy == true ? true : null,
            Launches = launched,
            Summary = WorkloadFigures.Summarize(unit, work, launched),
        };
    }

    // A time is its own nanoseconds, of one operation. What time a rate or a size took, not every file tells.
    private static LaunchSamples Samples(int launch, Unit unit, SampleRow[] rows)
    {
        double[] values = [.. rows.Select(row => row.Value)];
        double[] times = unit == Unit.Nanoseconds ? values : [.. rows.Select(row => row.Nanoseconds).OfType<double>()];
        return new LaunchSamples { Launch = launch, Operations = 1, Nanoseconds = times.Length == values.Length ? times : [], Values = values };
    }

    private static LaunchRecord Launch(ImportedLaunch launch, int index, DateTimeOffset created) => new()
    {
        Index = index,
        Outcome = LaunchOutcome.Complete,
        StartedUtc = launch.StartedUtc ?? created,
        WallSeconds = launch.WallSeconds ?? 0,
        Order = [.. launch.Rows.Select(row => row.Workload).Distinct()],
    };

    private static RunSettings Settings(int launches, WorkloadRecord[] workloads) => new()
    {
        Threads = [.. workloads.Select(workload => workload.Threads).Where(threads => threads > 0).Distinct().Order()],
        LaunchesPlanned = launches,
        KernelWarmups = 0,
        KernelIterations = 0,
        KernelIterationMilliseconds = 0,
        EndToEndWarmups = 0,
        EndToEndIterations = 0,
        OrderSeed = 0,
        Environment = new Dictionary<string, string>(),
    };
}
