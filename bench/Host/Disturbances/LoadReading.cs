using System.Globalization;

namespace BitNet.Perf.Bench.Host.Disturbances;

/// <param name="Ticks">User and system time so far, in clock ticks.</param>
public sealed record ProcessTime(string Name, long Ticks);

/// <summary>Processor time since boot, in clock ticks, of the whole machine (/proc/stat) and of each process that can be seen (/proc/PID/stat); proc(5).</summary>
/// <param name="Idle">Idle and waiting for input or output; part of the total.</param>
/// <param name="Processors">Online logical processors of the machine.</param>
public sealed record LoadReading(CpuTime Time, long Idle, int Processors, IReadOnlyDictionary<int, ProcessTime> Processes)
{
    /// <summary>Null where there is no /proc/stat of the known form.</summary>
    public static LoadReading? Now(HostFiles files)
    {
        var text = files.Read("/proc/stat");
        if (CpuTime.Parse(text) is not { } time)
            return null;
        var lines = text!.Split('\n');
        var fields = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var processors = lines.Skip(1).Count(line => line.StartsWith("cpu", StringComparison.Ordinal));
        var processes = new Dictionary<int, ProcessTime>();
        foreach (var id in files.Numbered("/proc", ""))
        {
            if (Parse(files.ReadLine($"/proc/{id}/stat")) is { } process)
                processes[int.Parse(id, CultureInfo.InvariantCulture)] = process;
        }
        return new LoadReading(time, long.Parse(fields[4], CultureInfo.InvariantCulture) + long.Parse(fields[5], CultureInfo.InvariantCulture), processors, processes);
    }

    /// <summary>"PID (NAME) STATE …", utime and stime are the 14th and 15th field; a name may hold blanks and brackets.</summary>
    internal static ProcessTime? Parse(string? text)
    {
        int open = text?.IndexOf('(') ?? -1, close = text?.LastIndexOf(')') ?? -1;
        if (open < 0 || close < open)
            return null;
        var fields = text![(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 12
            && long.TryParse(fields[11], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            && long.TryParse(fields[12], NumberStyles.None, CultureInfo.InvariantCulture, out var system)
                ? new ProcessTime(text[(open + 1)..close], user + system)
                : null;
    }
}
