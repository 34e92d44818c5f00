using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Nothing that comes from memory arrives faster than the read probe of the same run reads it, beyond noise.</summary>
internal static class BandwidthRules
{
    // The workload's median launch is held against the fastest reading of the probe: what memory gave once, it can give, and a neighbour may
    // slow whole launches of the probe. 10 % on top is the allowance for noise, chosen, not measured.
    internal const double Noise = 1.10;

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        if (receipt.Origin != ReceiptOrigin.Measured)
            yield break;
        Dictionary<int, double> probes = receipt.Workloads
            .Where(workload => workload.Id == Probe(workload.Threads) && workload.Unit == Unit.GigabytesPerSecond.Name && workload.Launches.Any(launch => launch.Values.Count > 0))
            .GroupBy(workload => workload.Threads)
            .ToDictionary(group => group.Key, group => group.Max(Fastest));
        for (int i = 0; i < receipt.Workloads.Count; i++)
        {
            WorkloadRecord workload = receipt.Workloads[i];
            if (workload.Summary.GigabytesPerSecond is not double bandwidth || !FromMemory(receipt, workload))
                continue;
            string path = $"$.workloads[{i}].summary.gigabytesPerSecond";
            if (!probes.TryGetValue(workload.Threads, out double probe))
                yield return new("probe-missing", path, $"there is no {Probe(workload.Threads)} to hold it against");
            else if (bandwidth > probe * Noise)
                yield return new("probe-exceeded", path, FormattableString.Invariant($"{bandwidth:F2} GB/s; {Probe(workload.Threads)} reads at most {probe:F2}, {probe * Noise:F2} with noise"));
        }
    }

    private static string Probe(int threads) => FormattableString.Invariant($"probe/read/t{threads}");

    private static double Fastest(WorkloadRecord probe) => probe.Launches.SelectMany(launch => launch.Values).Max();

    // Cold kernels rotate over copies larger than the caches, unless a warning says that they could not. End to end, every token reads the whole
    // model: the bound holds where that is far larger than the caches, and says nothing about a tiny model.
    private static bool FromMemory(Receipt receipt, WorkloadRecord workload)
    {
        if (!WorkloadId.TryParse(workload.Id, out WorkloadId? id))
            return false;
        if (id.Cold == true)
            return receipt.Warnings.All(warning => warning.Code != WarningCodes.ColdSetSmall);
        return id.Family == WorkloadFamily.EndToEnd && receipt.Model?.Bytes >= SettingsRules.ColdFactor * SettingsRules.LastLevelCache(receipt.Host.Cpu);
    }
}
