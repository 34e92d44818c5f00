using System.Globalization;

namespace BitNet.Perf.Bench.Host;

/// <summary>Processor time of the whole machine since boot, in clock ticks, from the first line of /proc/stat
/// (proc(5): user nice system idle iowait irq softirq steal guest guest_nice; guest is already part of user).</summary>
public readonly record struct CpuTime(long Total, long Steal)
{
    public static CpuTime? Parse(string? text)
    {
        var end = text?.IndexOf('\n') ?? -1;
        var fields = (end < 0 ? text ?? "" : text![..end]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 9 || fields[0] != "cpu")
            return null;
        long total = 0, steal = 0;
        for (var i = 1; i <= 8; i++)
        {
            if (!long.TryParse(fields[i], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
                return null;
            total += ticks;
            if (i == 8)
                steal = ticks;
        }
        return new CpuTime(total, steal);
    }

    public static CpuTime? Now(HostFiles files) => OperatingSystem.IsLinux() ? Parse(files.Read("/proc/stat")) : null;

    /// <summary>Steal ÷ all time between two readings, 0 to 1; null when either is unknown or no tick passed.</summary>
    public static double? StealShare(CpuTime? before, CpuTime? after) =>
        before is { } b && after is { } a && a.Total > b.Total ? Math.Clamp((double)(a.Steal - b.Steal) / (a.Total - b.Total), 0, 1) : null;
}
