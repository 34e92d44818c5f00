using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>The settings are possible, and what was measured agrees with them.</summary>
internal static class SettingsRules
{
    // Below this many times the last-level cache some of the next copy may still be in it.
    internal const int ColdFactor = 8;

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        RunSettings settings = receipt.Settings;
        // Of another harness's run 0 is not known.
        bool measured = receipt.Origin == ReceiptOrigin.Measured;
        int leastKnown = measured ? 1 : 0;
        if ((measured && settings.Threads.Count == 0) || settings.Threads.Any(threads => threads < 1) || settings.Threads.Distinct().Count() < settings.Threads.Count)
            yield return new("settings", "$.settings.threads", "expected different positive numbers");
        foreach ((string member, double number, double least) in new[]
        {
            ("launchesPlanned", settings.LaunchesPlanned, 1.0), ("kernelWarmups", settings.KernelWarmups, 0), ("kernelIterations", settings.KernelIterations, leastKnown),
            ("endToEndWarmups", settings.EndToEndWarmups, 0), ("endToEndIterations", settings.EndToEndIterations, leastKnown),
        })
        {
            if (number < least)
                yield return new("settings", $"$.settings.{member}", FormattableString.Invariant($"{number}; expected at least {least}"));
        }
        if (!(settings.KernelIterationMilliseconds > 0 || (!measured && settings.KernelIterationMilliseconds == 0)))
            yield return new("settings", "$.settings.kernelIterationMilliseconds", "is not positive");
        foreach (Finding finding in Cold(receipt))
            yield return finding;
    }

    private static IEnumerable<Finding> Cold(Receipt receipt)
    {
        bool measured = receipt.Workloads.Any(workload => WorkloadId.TryParse(workload.Id, out WorkloadId? id) && id.Cold == true);
        if (receipt.Settings.ColdBytes is not long bytes)
        {
            if (measured && receipt.Origin == ReceiptOrigin.Measured)
                yield return new("cold-bytes", "$.settings.coldBytes", "null although cold workloads were measured");
            yield break;
        }
        double cache = LastLevelCache(receipt.Host.Cpu);
        bool warned = receipt.Warnings.Any(warning => warning.Code == WarningCodes.ColdSetSmall);
        if (bytes <= 0 || (!warned && bytes < ColdFactor * cache))
        {
            yield return new("cold-bytes", "$.settings.coldBytes",
                FormattableString.Invariant($"{bytes}; expected at least {ColdFactor} times the last-level cache ({cache:F0}), or a warning {WarningCodes.ColdSetSmall}"));
        }
    }

    /// <summary>All instances of the highest level: threads on several of them keep data in each. Where the caches are not known, 64 MiB, which
    /// few machines exceed.</summary>
    internal static double LastLevelCache(CpuDescription cpu)
    {
        CacheDescription[] data = [.. cpu.Caches.Where(cache => cache.Kind != "instruction")];
        if (data.Length == 0)
            return 64 << 20;
        int last = data.Max(cache => cache.Level);
        return data.Where(cache => cache.Level == last).Sum(cache => (double)cache.Bytes * (cache.Instances ?? 1));
    }
}
