using System.Runtime.Intrinsics.X86;
using System.Text;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Host;

/// <summary>One CPUID query: leaf and subleaf in, four registers out. The processor itself, or a recorded one in tests.</summary>
public delegate (uint Eax, uint Ebx, uint Ecx, uint Edx) CpuIdQuery(uint leaf, uint subleaf);

/// <summary>What the x86 instruction CPUID says. Source: Intel SDM volume 2A "CPUID", AMD APM volume 3 appendix E.</summary>
public sealed record CpuIdentification
{
    public string? Vendor { get; init; }
    public string? Name { get; init; }
    public int? Family { get; init; }
    public int? Model { get; init; }
    public int? Stepping { get; init; }

    /// <summary>Signature of the hypervisor, e.g. "KVMKVMKVM"; empty when the processor says there is none.</summary>
    public string? Hypervisor { get; init; }

    public double? BaseMegahertz { get; init; }
    public IReadOnlyList<CacheDescription> Caches { get; init; } = [];

    /// <summary>Null on processors without CPUID.</summary>
    public static CpuIdentification? OfThisProcessor() =>
        X86Base.IsSupported
            ? Read((leaf, subleaf) =>
            {
                var r = X86Base.CpuId((int)leaf, (int)subleaf);
                return ((uint)r.Eax, (uint)r.Ebx, (uint)r.Ecx, (uint)r.Edx);
            })
            : null;

    public static CpuIdentification Read(CpuIdQuery cpuid)
    {
        var (maximum, b, c, d) = cpuid(0, 0);
        var vendor = Text(b, d, c);
        var (signature, _, features, _) = cpuid(1, 0);
        var (family, model, stepping) = DecodeSignature(signature);
        var extended = cpuid(0x8000_0000, 0).Eax;
        var virtualized = (features & (1u << 31)) != 0;
        return new CpuIdentification
        {
            Vendor = vendor,
            Family = family,
            Model = model,
            Stepping = stepping,
            Name = extended >= 0x8000_0004 ? Brand(cpuid) : null,
            Hypervisor = virtualized ? HypervisorSignature(cpuid) : "",
            BaseMegahertz = maximum >= 0x16 && (cpuid(0x16, 0).Eax & 0xFFFF) is > 0 and var mhz ? mhz : null,
            Caches = ReadCaches(cpuid, vendor, maximum, extended),
        };
    }

    /// <summary>Display family and model: the extended fields are added as both vendors define.</summary>
    internal static (int Family, int Model, int Stepping) DecodeSignature(uint eax)
    {
        var family = (int)(eax >> 8) & 0xF;
        var model = (int)(eax >> 4) & 0xF;
        if (family is 0x6 or 0xF)
            model |= (int)(eax >> 12) & 0xF0;
        if (family == 0xF)
            family += (int)(eax >> 20) & 0xFF;
        return (family, model, (int)eax & 0xF);
    }

    private static string? Brand(CpuIdQuery cpuid)
    {
        var text = new StringBuilder();
        for (var leaf = 0x8000_0002u; leaf <= 0x8000_0004u; leaf++)
        {
            var (a, b, c, d) = cpuid(leaf, 0);
            text.Append(Text(a, b, c, d));
        }
        var name = string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return name.Length == 0 ? null : name;
    }

    private static string HypervisorSignature(CpuIdQuery cpuid)
    {
        var (_, b, c, d) = cpuid(0x4000_0000, 0);
        var text = Text(b, c, d);
        return text.Length == 0 ? "unknown" : text;
    }

    /// <summary>Deterministic cache parameters: leaf 4 (Intel) and 0x8000001D (AMD) have one encoding.</summary>
    private static List<CacheDescription> ReadCaches(CpuIdQuery cpuid, string vendor, uint maximum, uint extended)
    {
        uint leaf;
        if (vendor == "GenuineIntel" && maximum >= 4)
            leaf = 4;
        else if (vendor is "AuthenticAMD" or "HygonGenuine" && extended >= 0x8000_001D)
            leaf = 0x8000_001D;
        else
            return [];
        var caches = new List<CacheDescription>();
        for (uint index = 0; index < 16; index++)
        {
            if (DecodeCache(cpuid(leaf, index)) is not { } cache)
                break;
            caches.Add(cache);
        }
        return caches;
    }

    internal static CacheDescription? DecodeCache((uint Eax, uint Ebx, uint Ecx, uint Edx) r)
    {
        var kind = (r.Eax & 0x1F) switch { 1 => "data", 2 => "instruction", 3 => "unified", _ => null };
        if (kind is null)
            return null;
        long line = (r.Ebx & 0xFFF) + 1, partitions = ((r.Ebx >> 12) & 0x3FF) + 1, ways = ((r.Ebx >> 22) & 0x3FF) + 1, sets = (long)r.Ecx + 1;
        return new CacheDescription((int)(r.Eax >> 5) & 7, kind, line * partitions * ways * sets, null);
    }

    private static string Text(params ReadOnlySpan<uint> registers)
    {
        var text = new StringBuilder();
        foreach (var r in registers)
        {
            for (var shift = 0; shift < 32; shift += 8)
            {
                var ch = (char)((r >> shift) & 0xFF);
                if (ch is >= ' ' and < (char)127)
                    text.Append(ch);
            }
        }
        return text.ToString();
    }
}
