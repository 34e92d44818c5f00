using BitNet.Perf.Bench.Workloads.Memory;

namespace BitNet.Perf.Bench.Runs;

/// <summary>The random order of the workloads in each launch, so that what drifts or precedes a workload differs between launches.</summary>
public static class LaunchOrder
{
    /// <summary>Fisher–Yates over the workloads; the same for the same seed and launch on every machine.</summary>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items, long seed, int launch)
    {
        var random = new SplitMix64((ulong)seed ^ (ulong)launch * 0x9e37_79b9_7f4a_7c15);
        T[] order = [.. items];
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }
}
