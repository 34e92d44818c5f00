namespace BitNet.Perf.Bench.Host.Disturbances;

/// <param name="Processors">Processors' worth of time it took: 1 is one of them all the time.</param>
public sealed record BusyProcess(string Name, int Id, double Processors);

/// <summary>What the machine did besides this process between two readings.</summary>
/// <param name="Processors">Processors' worth of time taken by others, stolen time not counted.</param>
/// <param name="StealShare">Of all processor time, 0 to 1.</param>
/// <param name="StolenEver">Whether the system counted any stolen time since boot.</param>
/// <param name="Busiest">Other processes that took time, most first.</param>
public sealed record OtherLoad(double Processors, double? StealShare, bool StolenEver, IReadOnlyList<BusyProcess> Busiest)
{
    private const int Named = 3;

    /// <summary>Null when a reading is missing or no tick passed between them.</summary>
    /// <param name="own">Id of the process that is not "other".</param>
    public static OtherLoad? Between(LoadReading? before, LoadReading? after, int own)
    {
        if (before is null || after is null || after.Time.Total <= before.Time.Total || after.Processors == 0)
            return null;
        // Ticks of one processor over the time between the readings.
        var elapsed = (double)(after.Time.Total - before.Time.Total) / after.Processors;
        var busy = after.Time.Total - before.Time.Total - (after.Idle - before.Idle) - (after.Time.Steal - before.Time.Steal);
        var taken = after.Processes.ToDictionary(p => p.Key, p => p.Value.Ticks - (before.Processes.TryGetValue(p.Key, out var then) && then.Name == p.Value.Name ? then.Ticks : 0));
        var others = Math.Max(0, busy - taken.GetValueOrDefault(own));
        return new OtherLoad(
            others / elapsed, CpuTime.StealShare(before.Time, after.Time), after.Time.Steal > 0,
            [.. taken.Where(t => t.Key != own && t.Value > 0).OrderByDescending(t => t.Value).Take(Named)
                .Select(t => new BusyProcess(after.Processes[t.Key].Name, t.Key, t.Value / elapsed))]);
    }
}
