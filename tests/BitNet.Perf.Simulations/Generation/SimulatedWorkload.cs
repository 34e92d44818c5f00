using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Simulations.Generation;

/// <summary>What a simulated suite measures: kernels by time and whole models by rate, in several classes of noise between runs.</summary>
/// <param name="Nanoseconds">One operation's time without noise.</param>
internal sealed record SimulatedWorkload(string Id, Unit Unit, string Definition, WorkPerOperation Work, double Nanoseconds, bool Probe)
{
    private static readonly string[] Forms =
    [
        "kernel/gemv/i2s/avx512/{0}x2560/b1/cold/t1", "kernel/gemv/i2s/avx512/{0}x2560/b1/cold/t2", "kernel/gemm/i2s/avx512/{0}x2560/b16/hot/t2",
        "kernel/attention/f16/avx512/ctx{0}/b1/cold/t2", "e2e/decode/i2s+f16/tg32@ctx{0}/t2",
    ];

    private static readonly SimulatedWorkload[] Probes = [ControlKernel(), ReadProbe(1), ReadProbe(2)];

    /// <summary>So many workloads, then the control kernel and the read probes.</summary>
    public static SimulatedWorkload[] Suite(int count) => [.. Enumerable.Range(0, count).Select(Nth), .. Probes];

    private static SimulatedWorkload Nth(int index)
    {
        int size = 128 * (1 + index / Forms.Length);
        string id = string.Format(CultureInfo.InvariantCulture, Forms[index % Forms.Length], size);
        if (id.StartsWith("e2e/", StringComparison.Ordinal))
            return new(id, Named("tok/s"), "decode/1", new WorkPerOperation { Tokens = 32 }, 2e6 + size, Probe: false);
        // Each position has 640 keys and 640 values of 2 bytes, and each of 2560 queries is multiplied with a key and a value.
        if (id.Contains("/attention/", StringComparison.Ordinal))
            return new(id, Named("ns"), "attention/1", new WorkPerOperation { Bytes = 2560L * size, MultiplyAdds = 5120L * size }, 100.0 * size, Probe: false);
        bool batched = id.Contains("/b16/", StringComparison.Ordinal);
        return new(id, Named("ns"), $"{id.Split('/')[1]}/1",
            new WorkPerOperation { Bytes = 640L * size, MultiplyAdds = 2560L * size * (batched ? 16 : 1) }, 100.0 * size, Probe: false);
    }

    private static SimulatedWorkload ControlKernel() => new("probe/control/t1", Named("ns"), "control/1", new WorkPerOperation(), 20_000, Probe: true);

    private static SimulatedWorkload ReadProbe(int threads) =>
        new($"probe/read/t{threads}", Named("GB/s"), "read/1", new WorkPerOperation { Bytes = 1 << 20 }, 40_000, Probe: true);

    private static Unit Named(string unit) => Unit.Find(unit)!;
}
