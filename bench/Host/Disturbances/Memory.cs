using System.Globalization;
using BitNet.Engine.Model;

namespace BitNet.Perf.Bench.Host.Disturbances;

/// <summary>Pages and room for weights.</summary>
internal static class Memory
{
    private const string Pages = "/sys/kernel/mm/transparent_hugepage";

    /// <summary>Its header takes a while to make: the whole vocabulary is in it.</summary>
    private static readonly Lazy<long> ModelBytes = new(() => SyntheticModel.Header(SyntheticShape.Full2B, 1).DataBytes);

    public static IEnumerable<HostFinding> Of(HostCondition condition) => [HugePages(condition), Room(condition)];

    // Buffers ask for huge pages themselves (HugePageBuffer, madvise), so that "madvise" does as well as "always".
    private static HostFinding HugePages(HostCondition condition)
    {
        const string Code = "huge-pages", Cost = "weights lie on small pages: streaming them misses the address cache far more often, and where pages lie differs from launch to launch";
        if (condition.Host.TransparentHugePages is not { } choice)
            return HostFinding.Unknown(Code, $"no {Pages}/enabled", Cost);
        if (choice == "never")
            return new HostFinding(Code, Severity.Disturbs, choice, Cost, $"echo madvise | sudo tee {Pages}/enabled");
        var defrag = HostProbe.Selected(condition.Files.ReadLine($"{Pages}/defrag"));
        return defrag is "never" or "defer"
            ? new HostFinding(Code, Severity.MayDisturb, $"{choice}, but defrag is {defrag}", "only huge pages that happen to be free are given; the rest lies on small ones", $"echo madvise | sudo tee {Pages}/defrag")
            : HostFinding.Fine(Code, choice);
    }

    private static HostFinding Room(HostCondition condition)
    {
        const string Code = "memory", Cost = "pages of the model are dropped and read from the disk again while it is timed";
        const long Mebi = 1 << 20;
        var model = ModelBytes.Value;
        var free = Available(condition.Files.Read("/proc/meminfo"));
        if (free is null && condition.Host.MemoryBytes is null)
            return HostFinding.Unknown(Code, "neither /proc/meminfo nor a limit", Cost);
        // The machine's free memory counts no more than what a container may have.
        var room = Math.Min(free ?? long.MaxValue, condition.Host.MemoryBytes ?? long.MaxValue);
        var found = $"{room / Mebi} MiB{(free is null ? "" : " available")} for a model of {model / Mebi} MiB";
        return room < model
            ? new HostFinding(Code, Severity.Disturbs, found, Cost, "measure with --model synthetic:small, or free memory")
            : room < model * 2
                ? new HostFinding(Code, Severity.MayDisturb, found, $"with what else needs memory it may be short: {Cost}", "free memory")
                : HostFinding.Fine(Code, found);
    }

    private static long? Available(string? meminfo)
    {
        var fields = (meminfo ?? "").Split('\n').FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is { Length: >= 2 } && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : null;
    }
}
