namespace BitNet.Perf.Bench.Host;

/// <summary>The runtime's variables under which all code is the final code from its first call on.</summary>
public static class FinalCode
{
    /// <summary>Every method is compiled once, fully optimised, for this processor: no tiers, no code precompiled for an older one; no collector threads
    /// beside the measured ones.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_TieredCompilation"] = "0",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_ReadyToRun"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_gcServer"] = "0",
    };
}
