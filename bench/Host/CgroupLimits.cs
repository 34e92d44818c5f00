using System.Globalization;

namespace BitNet.Perf.Bench.Host;

/// <summary>Limits of the control groups this process is in (Linux control groups v2 and v1); null where there is none.</summary>
public sealed record CgroupLimits(double? CpuCores, long? MemoryBytes)
{
    public static CgroupLimits Read(HostFiles files)
    {
        double? cores = null;
        long? memory = null;
        foreach (var (controllers, path) in ParseMembership(files.Read("/proc/self/cgroup")))
        {
            // Every group above limits too, so the smallest limit on the way to the root holds.
            for (var group = path; ; group = Parent(group))
            {
                if (controllers.Count == 0)
                {
                    cores = Least(cores, ParseCpuMax(files.ReadLine($"/sys/fs/cgroup{group}/cpu.max")));
                    memory = Least(memory, ParseMemory(files.ReadLine($"/sys/fs/cgroup{group}/memory.max")));
                }
                if (controllers.Contains("cpu"))
                {
                    foreach (var mount in new[] { "cpu", "cpu,cpuacct" })
                    {
                        cores = Least(cores, ParseQuota(
                            files.ReadLine($"/sys/fs/cgroup/{mount}{group}/cpu.cfs_quota_us"),
                            files.ReadLine($"/sys/fs/cgroup/{mount}{group}/cpu.cfs_period_us")));
                    }
                }
                if (controllers.Contains("memory"))
                    memory = Least(memory, ParseMemory(files.ReadLine($"/sys/fs/cgroup/memory{group}/memory.limit_in_bytes")));
                if (group is "" or "/")
                    break;
            }
        }
        return new CgroupLimits(cores, memory);
    }

    /// <summary>Lines "ID:CONTROLLERS:PATH"; a v2 line has no controllers.</summary>
    internal static IReadOnlyList<(IReadOnlyList<string> Controllers, string Path)> ParseMembership(string? text) =>
        [.. (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 3))
            .Where(parts => parts.Length == 3)
            .Select(parts => ((IReadOnlyList<string>)parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries), parts[2].TrimEnd('\r')))];

    /// <summary>"150000 100000" is 1.5 cores; "max 100000" is no limit.</summary>
    internal static double? ParseCpuMax(string? text)
    {
        var parts = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 ? ParseQuota(parts[0], parts[1]) : null;
    }

    /// <summary>Quota ÷ period; −1 or "max" is no limit.</summary>
    internal static double? ParseQuota(string? quota, string? period) =>
        long.TryParse(quota, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var q) && q > 0
        && long.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var p) && p > 0
            ? (double)q / p
            : null;

    /// <summary>Bytes; "max" and v1's "no limit" (largest page-aligned number) are null.</summary>
    internal static long? ParseMemory(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes < long.MaxValue - (1 << 20) ? bytes : null;

    private static string Parent(string group)
    {
        var slash = group.LastIndexOf('/');
        return slash <= 0 ? "" : group[..slash];
    }

    private static T? Least<T>(T? a, T? b) where T : struct, IComparable<T> =>
        a is not { } x ? b : b is not { } y ? a : x.CompareTo(y) <= 0 ? a : b;
}
