using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>How near a workload comes to what the probes of the same run reach with as many threads. Each launch is held against its own probe, and the
/// median of these shares is taken: a virtual machine's memory may have another bandwidth in every launch.</summary>
public static class RoofShare
{
    /// <summary>Bandwidth ÷ probe/read; null without that probe, and where the bytes need not come from memory.</summary>
    public static double? OfRead(Receipt receipt, WorkloadRecord workload) =>
        FromMemory(receipt, workload) ? Share(workload, workload.Work.Bytes, ReadProbe(receipt, workload.Threads)) : null;

    /// <summary>Multiply-adds per second ÷ probe/mac; null without that probe, and where it is not ternary products that take the time.</summary>
    public static double? OfMultiplyAdd(Receipt receipt, WorkloadRecord workload) =>
        WorkloadId.TryParse(workload.Id, out WorkloadId? id) && id.Operation is "gemv" or "gemm" or "prefill"
            ? Share(workload, workload.Work.MultiplyAdds, MultiplyAddProbe(receipt, workload.Threads))
            : null;

    /// <summary>Null when the run had none.</summary>
    public static WorkloadRecord? ReadProbe(Receipt receipt, int threads) => Probe(receipt, "read", threads, Unit.GigabytesPerSecond);

    /// <summary>Null when the run had none.</summary>
    public static WorkloadRecord? MultiplyAddProbe(Receipt receipt, int threads) => Probe(receipt, "mac", threads, Unit.GigaMultiplyAddsPerSecond);

    /// <summary>Whether every operation must read its bytes from memory: cold weights, and decoding with a model far larger than the caches.</summary>
    public static bool FromMemory(Receipt receipt, WorkloadRecord workload) =>
        WorkloadId.TryParse(workload.Id, out WorkloadId? id) && (id.Cold == true || (id is { Family: WorkloadFamily.EndToEnd, Operation: "decode" } && ExceedsCaches(receipt)));

    // A small model is read from the caches, faster than any probe of the memory.
    private static bool ExceedsCaches(Receipt receipt) =>
        receipt.Model?.Bytes >= 8 * receipt.Host.Cpu.Caches.Select(cache => cache.Bytes * (cache.Instances ?? 1)).Append(8L << 20).Max();

    private static WorkloadRecord? Probe(Receipt receipt, string name, int threads, Unit unit)
    {
        string id = FormattableString.Invariant($"probe/{name}/t{threads}");
        return receipt.Workloads.FirstOrDefault(w => w.Id == id && w.Unit == unit.Name);
    }

    /// <param name="amount">Of one operation, in the probe's unit times a nanosecond.</param>
    private static double? Share(WorkloadRecord workload, long? amount, WorkloadRecord? probe)
    {
        double[] shares =
        [
            .. workload.Launches.Select(launch => (Rate: Rate(workload, launch, amount), Roof: Median(probe?.Launches.FirstOrDefault(other => other.Launch == launch.Launch))))
                .Select(launch => launch.Rate / launch.Roof).OfType<double>(),
        ];
        return shares.Length == 0 ? null : WorkloadFigures.Median(shares);
    }

    private static double? Rate(WorkloadRecord workload, LaunchSamples launch, long? amount) =>
        Unit.Find(workload.Unit) is { } unit && Median(launch) is { } median ? amount / WorkloadFigures.NanosecondsPerOperation(unit, workload.Work, median) : null;

    private static double? Median(LaunchSamples? launch) => launch is { Values.Count: > 0 } ? WorkloadFigures.Median(launch.Values) : null;
}
