using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>The machine's figures are possible, agree with each other and give the host key.</summary>
internal static class HostRules
{
    private static readonly string[] Platforms = ["linux", "windows", "macos"];
    private static readonly string[] Architectures = ["x64", "arm64"];
    private static readonly string[] IsaLevels = ["scalar", "vector128", "avx2", "avx512"];
    private static readonly string[] CacheKinds = ["data", "instruction", "unified"];

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        HostDescription host = receipt.Host;
        string key = HostKey.From(host, receipt.Build.Runtime);
        if (receipt.Origin == ReceiptOrigin.Measured ? receipt.HostKey != key : !HostKey.IsWellFormed(receipt.HostKey))
            yield return new("host-key", "$.hostKey", $"\"{receipt.HostKey}\"; the host's description gives \"{key}\"");
        // Another harness's file need not tell these.
        bool mayBeUnknown = receipt.Origin != ReceiptOrigin.Measured;
        if (!Platforms.Contains(host.Platform) && !(mayBeUnknown && host.Platform == HostDescription.Unknown))
            yield return new("host", "$.host.platform", $"\"{host.Platform}\"; expected {string.Join(", ", Platforms)}");
        if (!Architectures.Contains(host.Architecture) && !(mayBeUnknown && host.Architecture == HostDescription.Unknown))
            yield return new("host", "$.host.architecture", $"\"{host.Architecture}\"; expected {string.Join(", ", Architectures)}");
        foreach ((string member, double? amount) in Amounts(host))
        {
            if (amount is <= 0 && !(mayBeUnknown && amount == 0 && member == "cpu.logicalCores"))
                yield return new("host", $"$.host.{member}", "is not positive; what is unknown is null");
        }
        if (host.PageBytes is long page && (page & (page - 1)) != 0)
            yield return new("host", "$.host.pageBytes", $"{page} is not a power of two");
        foreach (Finding finding in Cpu(host.Cpu, mayBeUnknown))
            yield return finding;
    }

    private static IEnumerable<(string Member, double? Amount)> Amounts(HostDescription host) =>
    [
        ("memoryBytes", host.MemoryBytes), ("pageBytes", host.PageBytes), ("numaNodes", host.NumaNodes), ("cpuLimitCores", host.CpuLimitCores),
        ("cpu.logicalCores", host.Cpu.LogicalCores), ("cpu.physicalCores", host.Cpu.PhysicalCores), ("cpu.sockets", host.Cpu.Sockets),
        ("cpu.threadsPerCore", host.Cpu.ThreadsPerCore), ("cpu.nominalMegahertz", host.Cpu.NominalMegahertz),
    ];

    private static IEnumerable<Finding> Cpu(CpuDescription cpu, bool mayBeUnknown)
    {
        foreach ((string member, int? number) in new[] { ("family", cpu.Family), ("model", cpu.Model), ("stepping", cpu.Stepping) })
        {
            if (number is < 0)
                yield return new("host", $"$.host.cpu.{member}", "is negative");
        }
        if (!IsaLevels.Contains(cpu.IsaLevel) && !(mayBeUnknown && cpu.IsaLevel == HostDescription.Unknown))
            yield return new("isa", "$.host.cpu.isaLevel", $"\"{cpu.IsaLevel}\"; expected {string.Join(", ", IsaLevels)}");
        else if ((cpu.IsaLevel == "avx512" && !cpu.Isa.Contains("avx512f")) || (cpu.IsaLevel == "avx2" && !cpu.Isa.Contains("avx2")))
            yield return new("isa", "$.host.cpu.isaLevel", $"\"{cpu.IsaLevel}\" is not among the instruction sets of $.host.cpu.isa");
        for (int i = 0; i < cpu.Caches.Count; i++)
        {
            CacheDescription cache = cpu.Caches[i];
            if (cache.Level is < 1 or > 4 || !CacheKinds.Contains(cache.Kind) || cache.Bytes <= 0 || cache.Instances is <= 0)
                yield return new("cache", $"$.host.cpu.caches[{i}]", "expected level 1 to 4, kind data, instruction or unified, and positive numbers");
        }
    }
}
