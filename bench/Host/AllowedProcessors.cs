using System.Runtime.InteropServices;

namespace BitNet.Perf.Bench.Host;

/// <summary>Which logical processors a process may use, which of them a launch takes, and binding to them.</summary>
public static class AllowedProcessors
{
    /// <summary>How <see cref="Choose"/> places threads, as the receipt states it.</summary>
    public const string Policy = "first allowed processors, one per physical core before any second thread of a core";

    /// <summary>Processors this process may run on, ascending; where the system does not say, as many as the runtime counts.</summary>
    public static IReadOnlyList<int> Now()
    {
        if (OperatingSystem.IsLinux() && FromStatus(HostFiles.Live.Read("/proc/self/status")) is { Count: > 0 } list)
            return list;
        return [.. Enumerable.Range(0, Environment.ProcessorCount)];
    }

    internal static IReadOnlyList<int> FromStatus(string? status) => ProcessorList.Parse((status ?? "").Split('\n')
        .FirstOrDefault(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))?["Cpus_allowed_list:".Length..].Trim());

    /// <summary>Number of threads meant by "all": one per physical core that may be used, within the container's limit. A second thread of a core adds
    /// nothing to a loop that is bound by memory or by the vector units.</summary>
    public static int AllThreads(IReadOnlyList<int> allowed, SysTopology topology, double? cpuLimitCores)
    {
        var cores = CoreOrder(allowed, topology).TakeWhile(p => p.Rank == 0).Count();
        return Math.Max(1, cpuLimitCores is { } limit ? Math.Min(cores, (int)Math.Floor(limit + 0.01)) : cores);
    }

    /// <summary>The processors for <paramref name="threads"/> threads, ascending; all allowed ones when more threads are asked for.</summary>
    public static IReadOnlyList<int> Choose(IReadOnlyList<int> allowed, SysTopology topology, int threads) =>
        [.. CoreOrder(allowed, topology).Take(threads).Select(p => p.Index).Order()];

    /// <summary>Binds the calling thread, and with it every thread started from it later. False where the system has no such call or refuses.</summary>
    public static bool Bind(IReadOnlyList<int> processors)
    {
        if (processors.Count == 0)
            return false;
        if (OperatingSystem.IsLinux())
        {
            var mask = new byte[(processors.Max() / 64 + 1) * 8];
            foreach (var p in processors)
                mask[p / 8] |= (byte)(1 << (p % 8));
            return SetAffinity(0, (nuint)mask.Length, mask) == 0;
        }
        if (OperatingSystem.IsWindows() && processors.Max() < 64)
        {
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            self.ProcessorAffinity = (nint)processors.Aggregate(0L, (mask, p) => mask | 1L << p);
            return true;
        }
        return false;
    }

    /// <summary>Rank 0 for the first allowed processor of each physical core, 1 for its sibling, and so on.</summary>
    private static IEnumerable<(int Rank, int Index)> CoreOrder(IReadOnlyList<int> allowed, SysTopology topology)
    {
        var siblings = topology.Processors.ToDictionary(p => p.Index, p => p.Siblings);
        return allowed
            .Select(index => (Rank: siblings.TryGetValue(index, out var same) ? same.Count(s => s < index && allowed.Contains(s)) : 0, Index: index))
            .OrderBy(p => p.Rank).ThenBy(p => p.Index);
    }

    [DllImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static extern int SetAffinity(int thread, nuint bytes, byte[] mask);
}
