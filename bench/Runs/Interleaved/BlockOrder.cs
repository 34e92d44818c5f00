using BitNet.Perf.Bench.Workloads.Memory;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>Which side of each block is measured first: at random, and in every two blocks each side once, so that what the first launch does to
/// the second, and whatever drifts, hits both alike.</summary>
public static class BlockOrder
{
    /// <summary>Another stream than that of the order of workloads (<see cref="LaunchOrder"/>), which takes the same seed.</summary>
    private const ulong Stream = 0x0b10_c50f_7a1e_5eed;

    /// <returns>Per block, whether base comes first; the same for the same seed on every machine.</returns>
    public static IReadOnlyList<bool> Of(int blocks, long seed)
    {
        var random = new SplitMix64((ulong)seed ^ Stream);
        var baseFirst = new bool[blocks];
        for (var i = 0; i < blocks; i++)
            baseFirst[i] = i % 2 == 0 ? random.Next(2) == 0 : !baseFirst[i - 1];
        return baseFirst;
    }
}
