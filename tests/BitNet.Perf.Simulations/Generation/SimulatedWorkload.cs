using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Simulations.Generation;

/// <summary>What a simulated suite measures: kernels by time and whole models by rate, in several classes of noise between runs.</summary>
/// <param name="Nanoseconds">One operation's time without noise.</param>
internal sealed record SimulatedWorkload(string Id, Unit Unit, string Definition, WorkPerOperation Work, double Nanoseconds, bool Probe)
{
    private static readonly string[] Forms =
    [
        "kernel/gemv/i2s/avx512/{0}x2560/b1/cold/t1", "kernel/gemv/i2s/avx512/{0}x2560/b1/cold/t2", "kernel/gemm/i2s/avx512/{0}x2560/b128/hot/t2",
        "kernel/attention/f16/avx512/ctx{0}/b1/cold/t2", "e2e/decode/i2s+f16/tg32@ctx{0}/t2",
    ];

    public static SimulatedWorkload Control { get; } = new("probe/control/t1", Receipts.Schema.Unit.Find("ns")!, "control/1", new WorkPerOperation(), 20_000, Probe: true);

    public static SimulatedWorkload Read { get; } =
        new("probe/read/t2", Receipts.Schema.Unit.Find("GB/s")!, "read/1", new WorkPerOperation { Bytes = 1 << 30 }, 4e7, Probe: true);

    /// <summary>So many workloads, then the control kernel and the read probe.</summary>
    public static SimulatedWorkload[] Suite(int count) => [.. Enumerable.Range(0, count).Select(Nth), Control, Read];

    private static SimulatedWorkload Nth(int index)
    {
        int size = 128 * (1 + index / Forms.Length);
        string id = string.Format(System.Globalization.CultureInfo.InvariantCulture, Forms[index % Forms.Length], size);
        return id.StartsWith("e2e/", StringComparison.Ordinal)
            ? new(id, Receipts.Schema.Unit.Find("tok/s")!, "decode/1", new WorkPerOperation { Tokens = 32, Bytes = 32L * 1_180_000_000 }, 8e8 + 1e5 * size, Probe: false)
            : new(id, Receipts.Schema.Unit.Find("ns")!, $"{id.Split('/')[1]}/1",
                new WorkPerOperation { Bytes = 640L * size, MultiplyAdds = 2560L * size }, 100.0 * size, Probe: false);
    }
}
