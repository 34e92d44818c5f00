using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Memory;

/// <summary>How many bytes a cold workload must rotate over, so that a copy has left the caches before it is read again.</summary>
/// <param name="Bytes">Total of the copies.</param>
/// <param name="Needed">Eight times the last-level caches.</param>
public sealed record ColdSet(long Bytes, long Needed)
{
    private const int Factor = 8;

    /// <summary>Assumed where the caches are not known; few machines have more to one processor.</summary>
    private const long AssumedCache = 64L << 20;

    /// <summary>Less than needed where that would take more than a quarter of the memory: the receipt then carries a warning.</summary>
    public bool Small => Bytes < Needed;

    public static ColdSet For(HostDescription host)
    {
        var needed = Factor * LastLevelCache(host.Cpu);
        return new ColdSet(host.MemoryBytes is { } memory ? Math.Min(needed, Math.Max(memory / 4, 1 << 20)) : needed, needed);
    }

    /// <summary>All instances of the highest level: threads on several of them keep data in each.</summary>
    internal static long LastLevelCache(CpuDescription cpu)
    {
        var data = cpu.Caches.Where(c => c.Kind != "instruction").ToList();
        return data.Count == 0 ? AssumedCache : data.Where(c => c.Level == data.Max(d => d.Level)).Sum(c => c.Bytes * (c.Instances ?? 1));
    }
}
