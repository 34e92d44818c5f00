using System.Globalization;

namespace BitNet.Perf.Bench.Host.Disturbances;

/// <summary>Whose the processors are that a run uses: shared cores, quotas, sets, binding.</summary>
internal static class Processors
{
    private const string Online = "/sys/devices/system/cpu/online", Smt = "/sys/devices/system/cpu/smt/control";

    public static IEnumerable<HostFinding> Of(HostCondition condition) => [SharedCores(condition), Limit(condition), Set(condition), Affinity(condition)];

    private static HostFinding SharedCores(HostCondition condition)
    {
        const string Code = "smt", Cost = "what runs on the other thread of a core shares its units and caches";
        var used = condition.Used;
        var siblings = used.Select(index => condition.Topology.Processors.FirstOrDefault(p => p.Index == index)?.Siblings ?? []).ToList();
        if (siblings.Any(s => s.Count == 0))
            return HostFinding.Unknown(Code, "the system does not tell which processors share a core", Cost);
        var free = siblings.SelectMany(s => s).Except(used).Distinct().ToList();
        if (free.Count == 0 && siblings.All(s => s.Count == 1))
        {
            return condition.VirtualMachine == false
                ? HostFinding.Fine(Code, $"processors {ProcessorList.Format(used)}, one thread a core")
                : HostFinding.Unknown(Code, $"processors {ProcessorList.Format(used)}, each said to be a core of its own; what they are beneath {condition.Host.Virtualization ?? "a possible virtual machine"} is not told", Cost);
        }
        return new HostFinding(Code, Severity.MayDisturb,
            free.Count > 0 ? $"processors {ProcessorList.Format(used)} share their cores with {ProcessorList.Format(free)}, which stay free for others" : $"processors {ProcessorList.Format(used)} share cores among each other",
            Cost, condition.Files.ReadLine(Smt) == "on" ? $"echo off | sudo tee {Smt}" : "keep other work off these processors");
    }

    private static HostFinding Limit(HostCondition condition)
    {
        const string Code = "cpu-limit", Cost = "a container that has used up its share stands still until the next period begins, in the middle of an iteration";
        if (condition.Files.Read("/proc/self/cgroup") is null)
            return HostFinding.Unknown(Code, "no /proc/self/cgroup", Cost);
        if (condition.Host.CpuLimitCores is not { } cores)
            return HostFinding.Fine(Code, "none");
        var throttled = Throttled(condition.Files);
        var found = FormattableString.Invariant($"{cores:0.##} cores for {condition.Allowed.Count} processors{(throttled is null ? "" : $", held back in {throttled} periods so far")}");
        return new HostFinding(Code, throttled > 0 || cores < 1 ? Severity.Disturbs : Severity.MayDisturb, found, Cost,
            "lift the limit (docker: no --cpus; Kubernetes: a whole number of cores as request and limit under the static CPU policy)");
    }

    private static HostFinding Set(HostCondition condition)
    {
        const string Code = "processor-set";
        var online = ProcessorList.Parse(condition.Files.ReadLine(Online)).Count;
        if (online == 0)
            online = condition.Topology.Processors.Count;
        if (online == 0)
            return HostFinding.Unknown(Code, $"no {Online}", "in a set of processors, neighbours outside it still share caches and memory");
        var found = $"{condition.Allowed.Count} of {online} processors ({ProcessorList.Format(condition.Allowed)})";
        return condition.Allowed.Count >= online
            ? HostFinding.Fine(Code, found)
            : new HostFinding(Code, Severity.MayDisturb, found, "what runs outside the set still shares caches and memory bandwidth, and may run inside it too");
    }

    private static HostFinding Affinity(HostCondition condition) => condition.Bound
        ? HostFinding.Fine("affinity", "threads can be bound to processors")
        : new HostFinding("affinity", Severity.Disturbs, "the system does not bind threads to processors", "threads wander between cores and lose their caches, and two may share a core");

    private static long? Throttled(HostFiles files)
    {
        string[] groups = [.. CgroupLimits.ParseMembership(files.Read("/proc/self/cgroup")).SelectMany(group =>
            group.Controllers.Count == 0 ? new[] { $"/sys/fs/cgroup{group.Path}", "/sys/fs/cgroup" }
            : group.Controllers.Contains("cpu") ? [$"/sys/fs/cgroup/cpu{group.Path}", $"/sys/fs/cgroup/cpu,cpuacct{group.Path}"] : [])];
        return groups.Select(group => files.Read($"{group}/cpu.stat")).OfType<string>().SelectMany(text => text.Split('\n'))
            .Where(line => line.StartsWith("nr_throttled ", StringComparison.Ordinal))
            .Select(line => long.TryParse(line.AsSpan("nr_throttled ".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (long?)null)
            .Max();
    }
}
