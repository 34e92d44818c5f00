using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>The machine as a build summary states it.</summary>
internal static class SystemFacts
{
    private const string Unknown = BuildSummary.NotKnown;

    public static IReadOnlyList<Fact> Hardware(Receipt receipt)
    {
        if (!IsItsOwn(receipt)) return [new("Host key", receipt.HostKey), new("CPU", Unknown), new("Cores", Unknown), new("Caches", Unknown)];
        CpuDescription cpu = receipt.Host.Cpu;
        return
        [
            new("CPU", cpu.Name ?? Unknown),
            new("Cores", $"{cpu.PhysicalCores?.ToString(CultureInfo.InvariantCulture) ?? Unknown} physical / {cpu.LogicalCores} logical"),
            .. cpu.Caches.Count == 0 ? [new Fact("Caches", Unknown)] : cpu.Caches.OrderBy(cache => cache.Level).ThenBy(cache => cache.Kind, StringComparer.Ordinal).Select(Cache),
            new("Memory", receipt.Host.MemoryBytes is { } bytes ? RunFacts.Binary(bytes) : Unknown),
            new("Host key", receipt.HostKey),
        ];
    }

    public static IReadOnlyList<string> InstructionSets(Receipt receipt)
    {
        if (!IsItsOwn(receipt) || receipt.Host.Cpu.Isa.Count == 0) return [Unknown];
        const string Wide = "avx512";
        string[] wide = [.. receipt.Host.Cpu.Isa.Where(set => set.StartsWith(Wide, StringComparison.Ordinal)).Select(set => set[Wide.Length..].TrimStart('_').ToUpperInvariant())];
        string[] others = [.. receipt.Host.Cpu.Isa.Where(set => !set.StartsWith(Wide, StringComparison.Ordinal)).Select(set => set.ToUpperInvariant())];
        return [.. others.Length > 0 ? [string.Join(", ", others)] : Array.Empty<string>(), .. wide.Length > 0 ? [$"AVX-512 ({string.Join(", ", wide)})"] : Array.Empty<string>()];
    }

    /// <summary>"Debian GNU/Linux 12 (bookworm), linux 6.1.0-18-amd64 (virtual machine: kvm, container: none)".</summary>
    public static string OperatingSystem(Receipt receipt)
    {
        if (!IsItsOwn(receipt)) return Unknown;
        HostDescription host = receipt.Host;
        string machine = host.Virtualization switch
        {
            null => $"virtual machine: {Unknown}",
            "none" => "no virtual machine",
            "wsl2" or "wsl1" => host.Virtualization.ToUpperInvariant(),
            var kind => $"virtual machine: {kind}",
        };
        return $"{host.OperatingSystem ?? Unknown}, {host.Platform} {host.Kernel ?? Unknown} ({machine}, container: {host.Container ?? Unknown})";
    }

    /// <summary>An imported receipt describes the machine that imported it.</summary>
    public static bool IsItsOwn(Receipt receipt) => receipt.Origin == ReceiptOrigin.Measured || receipt.HostKey == HostKey.From(receipt.Host, receipt.Build.Runtime);

    private static Fact Cache(CacheDescription cache)
    {
        string kind = cache.Kind switch { "data" => "d", "instruction" => "i", _ => "" };
        string size = cache.Instances is > 1 and { } instances
            ? FormattableString.Invariant($"{RunFacts.Binary(cache.Bytes * instances)} ({instances} × {RunFacts.Binary(cache.Bytes)})")
            : RunFacts.Binary(cache.Bytes) + (cache.Instances is null ? " each" : "");
        return new Fact(FormattableString.Invariant($"L{cache.Level}{kind} cache"), size);
    }
}
