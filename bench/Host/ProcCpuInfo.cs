using System.Globalization;

namespace BitNet.Perf.Bench.Host;

/// <summary>What /proc/cpuinfo says; every field null where the text does not give it.</summary>
public sealed record ProcCpuInfo
{
    public string? Vendor { get; init; }
    public string? Name { get; init; }
    public int? Family { get; init; }
    public int? Model { get; init; }
    public int? Stepping { get; init; }
    public int? Sockets { get; init; }
    public int? PhysicalCores { get; init; }
    public int? LogicalCores { get; init; }
    public IReadOnlySet<string> Flags { get; init; } = new HashSet<string>();

    /// <summary>Reads the x86 form ("model name", one block a processor) and the Arm form ("CPU implementer", "CPU part").</summary>
    public static ProcCpuInfo Parse(string? text)
    {
        var processors = Blocks(text ?? "").Where(b => b.ContainsKey("processor")).ToList();
        if (processors.Count == 0)
            return new ProcCpuInfo();
        return processors[0].ContainsKey("CPU implementer") ? ParseArm(processors) : ParseX86(processors);
    }

    private static ProcCpuInfo ParseX86(List<Dictionary<string, string>> processors)
    {
        var first = processors[0];
        var cores = processors
            .Select(p => (Socket: p.GetValueOrDefault("physical id"), Core: p.GetValueOrDefault("core id")))
            .Where(c => c is { Socket: not null, Core: not null })
            .ToList();
        var known = cores.Count == processors.Count;
        return new ProcCpuInfo
        {
            Vendor = Known(first.GetValueOrDefault("vendor_id")),
            Name = Known(first.GetValueOrDefault("model name")),
            Family = Number(first.GetValueOrDefault("cpu family")),
            Model = Number(first.GetValueOrDefault("model")),
            Stepping = Number(first.GetValueOrDefault("stepping")),
            Sockets = known ? cores.Select(c => c.Socket).Distinct().Count() : null,
            PhysicalCores = known ? cores.Distinct().Count() : null,
            LogicalCores = processors.Count,
            Flags = (first.GetValueOrDefault("flags") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
        };
    }

    private static ProcCpuInfo ParseArm(List<Dictionary<string, string>> processors)
    {
        // A machine of unlike cores (big.LITTLE) has one block per core, each with its own part; model and stepping then say nothing about the whole.
        var kinds = processors
            .GroupBy(p => (Implementer: p.GetValueOrDefault("CPU implementer"), Part: p.GetValueOrDefault("CPU part")))
            .Select(g => (g.Key.Implementer, g.Key.Part, Count: g.Count()))
            .ToList();
        var alike = kinds.Count == 1;
        var names = kinds.Select(k => (k.Count, Name: ArmParts.Name(k.Implementer, k.Part))).ToList();
        return new ProcCpuInfo
        {
            Vendor = ArmParts.Vendor(kinds[0].Implementer),
            Name = alike ? names[0].Name : string.Join(" + ", names.Select(n => $"{n.Count}x {n.Name}")),
            Family = Number(processors[0].GetValueOrDefault("CPU architecture")),
            Model = alike ? Number(kinds[0].Part) : null,
            Stepping = alike ? Number(processors[0].GetValueOrDefault("CPU revision")) : null,
            LogicalCores = processors.Count,
            Flags = (processors[0].GetValueOrDefault("Features") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(),
        };
    }

    private static IEnumerable<Dictionary<string, string>> Blocks(string text)
    {
        var block = new Dictionary<string, string>();
        foreach (var line in text.Split('\n'))
        {
            var colon = line.IndexOf(':');
            if (colon < 0)
            {
                if (block.Count > 0)
                    yield return block;
                block = [];
                continue;
            }
            block[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
        if (block.Count > 0)
            yield return block;
    }

    private static string? Known(string? text) => string.IsNullOrWhiteSpace(text) || text == "unknown" ? null : text;

    private static int? Number(string? text)
    {
        if (text is null)
            return null;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
