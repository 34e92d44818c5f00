namespace BitNet.Perf.Bench.Host.Disturbances;

/// <summary>What else took processor time while the machine was watched: other guests, other processes.</summary>
internal static class Neighbours
{
    /// <summary>Ours: from a hundredth of the time on, it is of the size of the changes one looks for.</summary>
    private const double NotableSteal = 0.01;

    /// <summary>Ours, in processors: below the first it is the system's own housekeeping, above the second something works.</summary>
    private const double NotableLoad = 0.05, HeavyLoad = 0.25;

    public static IEnumerable<HostFinding> Of(HostCondition condition) => [Steal(condition), Load(condition)];

    private static HostFinding Steal(HostCondition condition)
    {
        const string Code = "steal", Cost = "the time other guests take lengthens whatever is timed then";
        if (condition.Load?.StealShare is not { } share)
            return HostFinding.Unknown(Code, "no /proc/stat", Cost);
        var found = FormattableString.Invariant($"{share * 100:0.0#} % of the processor time while watched");
        if (share >= NotableSteal)
            return new HostFinding(Code, Severity.Disturbs, found, Cost, "measure at another time, or on a machine with processors of its own");
        if (share > 0)
            return new HostFinding(Code, Severity.MayDisturb, found, Cost, "measure at another time; the receipt records the share of every launch");
        return condition.Load.StolenEver || condition.VirtualMachine == false
            ? HostFinding.Fine(Code, found)
            : HostFinding.Unknown(Code, "none counted since boot, as a hypervisor that does not tell also shows it", Cost);
    }

    private static HostFinding Load(HostCondition condition)
    {
        const string Code = "other-load", Cost = "it takes processor time, caches and memory bandwidth from what is measured";
        if (condition.Load is not { } load)
            return HostFinding.Unknown(Code, "no /proc/stat", Cost);
        var average = condition.Files.ReadLine("/proc/loadavg")?.Split(' ')[0];
        var busiest = load.Processors < NotableLoad ? "" : string.Join(", ", load.Busiest.Select(p => FormattableString.Invariant($"{p.Name} ({p.Id}) {p.Processors:0.00}")));
        var found = FormattableString.Invariant($"{load.Processors:0.00} processors busy with other things{(average is null ? "" : $", load average {average}")}{(busiest.Length == 0 ? "" : $": {busiest}")}");
        return load.Processors switch
        {
            >= HeavyLoad => new HostFinding(Code, Severity.Disturbs, found, Cost, "stop it, or wait until it is done"),
            >= NotableLoad => new HostFinding(Code, Severity.MayDisturb, found, Cost, "stop it, or wait until it is done"),
            _ => HostFinding.Fine(Code, found),
        };
    }
}
