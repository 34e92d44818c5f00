using BitNet.Engine.Kernels;

namespace BitNet.Perf.Bench.Runs;

/// <summary>The environment of a worker: this process's, with the runtime set so that the code that is measured is the final code.</summary>
public static class WorkerEnvironment
{
    /// <summary>Every method is compiled once, fully optimised, for this processor: no tiers, no code precompiled for an older one; no collector threads
    /// beside the measured ones.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_TieredCompilation"] = "0",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_ReadyToRun"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_gcServer"] = "0",
    };

    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> current)
    {
        var result = new Dictionary<string, string>(current, StringComparer.Ordinal);
        foreach (var (name, value) in Settings)
            result[name] = value;
        // The plan names the kernel; a variable must not contradict it.
        result.Remove(KernelCatalog.EnvironmentVariable);
        return result;
    }
}
