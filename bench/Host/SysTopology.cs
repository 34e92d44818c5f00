using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Host;

/// <summary>Cores and caches as /sys/devices/system/cpu shows them.</summary>
/// <param name="Processors">Online logical processors with the core they belong to.</param>
/// <param name="Caches">Distinct caches with their number of instances.</param>
public sealed record SysTopology(IReadOnlyList<SysTopology.Processor> Processors, IReadOnlyList<CacheDescription> Caches)
{
    private const string Root = "/sys/devices/system/cpu";

    /// <param name="Package">Socket; null when unknown.</param>
    /// <param name="Siblings">Logical processors of the same physical core, this one included; empty when unknown.</param>
    public sealed record Processor(int Index, int? Package, IReadOnlyList<int> Siblings);

    public int? Sockets => Processors.Count > 0 && Processors.All(p => p.Package is not null)
        ? Processors.Select(p => p.Package).Distinct().Count()
        : null;

    public int? PhysicalCores => Processors.Count > 0 && Processors.All(p => p.Siblings.Count > 0)
        ? Processors.Select(p => p.Siblings[0]).Distinct().Count()
        : null;

    public static SysTopology Read(HostFiles files)
    {
        var processors = new List<Processor>();
        var caches = new Dictionary<(int Level, string Kind, long Bytes), HashSet<string>>();
        foreach (var cpu in files.Numbered(Root, "cpu"))
        {
            var index = int.Parse(cpu.AsSpan(3), CultureInfo.InvariantCulture);
            if (files.ReadLine($"{Root}/{cpu}/online") == "0")
                continue;
            // A machine's package may be -1 where the firmware does not say (Arm boards): that is "unknown".
            var package = int.TryParse(files.ReadLine($"{Root}/{cpu}/topology/physical_package_id"), CultureInfo.InvariantCulture, out var id) && id >= 0
                ? id
                : (int?)null;
            processors.Add(new Processor(index, package, ProcessorList.Parse(files.ReadLine($"{Root}/{cpu}/topology/thread_siblings_list"))));
            foreach (var cache in files.Numbered($"{Root}/{cpu}/cache", "index"))
                AddCache(caches, files, $"{Root}/{cpu}/cache/{cache}");
        }
        return new SysTopology(processors, [.. caches
            .OrderBy(c => c.Key.Level).ThenBy(c => c.Key.Kind, StringComparer.Ordinal).ThenBy(c => c.Key.Bytes)
            .Select(c => new CacheDescription(c.Key.Level, c.Key.Kind, c.Key.Bytes, c.Value.Contains("") ? null : c.Value.Count))]);
    }

    private static void AddCache(Dictionary<(int, string, long), HashSet<string>> caches, HostFiles files, string path)
    {
        if (!int.TryParse(files.ReadLine($"{path}/level"), CultureInfo.InvariantCulture, out var level))
            return;
        if (ParseSize(files.ReadLine($"{path}/size")) is not { } bytes || files.ReadLine($"{path}/type") is not { } type)
            return;
        var key = (level, type.ToLowerInvariant(), bytes);
        if (!caches.TryGetValue(key, out var instances))
            caches[key] = instances = [];
        // Processors that share one instance name the same set of processors.
        instances.Add(files.ReadLine($"{path}/shared_cpu_list") ?? "");
    }

    /// <summary>"32K", "1024K", "32M" in bytes.</summary>
    internal static long? ParseSize(string? text)
    {
        if (text is null || text.Length < 2)
            return null;
        long unit = char.ToUpperInvariant(text[^1]) switch { 'K' => 1L << 10, 'M' => 1L << 20, 'G' => 1L << 30, _ => 0 };
        return unit > 0 && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0
            ? n * unit
            : null;
    }
}
