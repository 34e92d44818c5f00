using System.Globalization;
using System.Runtime.InteropServices;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Host;

/// <summary>Describes the machine this process runs on.</summary>
public static class HostProbe
{
    public static HostDescription Describe() => Describe(
        OperatingSystem.IsLinux() ? HostFiles.Live : null, CpuIdentification.OfThisProcessor(), AllowedProcessors.Now().Count, Environment.GetEnvironmentVariable);

    /// <param name="files">Null on systems without /proc and /sys.</param>
    /// <param name="cpuid">Null on processors without CPUID.</param>
    /// <param name="allowed">Logical processors this process may use.</param>
    internal static HostDescription Describe(HostFiles? files, CpuIdentification? cpuid, int allowed, Func<string, string?> environment)
    {
        files ??= new HostFiles(Path.Combine(Path.GetTempPath(), "no-such-folder"));
        var limits = CgroupLimits.Read(files);
        return new HostDescription
        {
            Cpu = Cpu(files, cpuid, allowed),
            OperatingSystem = OsRelease(files.Read("/etc/os-release")) ?? RuntimeInformation.OSDescription.Trim(),
            Platform = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux",
            Kernel = files.ReadLine("/proc/sys/kernel/osrelease") ?? Environment.OSVersion.Version.ToString(),
            Architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            Virtualization = Confinement.Virtualization(cpuid?.Hypervisor, files.ReadLine("/proc/version"),
                [files.ReadLine("/sys/class/dmi/id/product_name"), files.ReadLine("/sys/class/dmi/id/sys_vendor")]),
            Container = Confinement.Container(files, environment, OperatingSystem.IsLinux()),
            MemoryBytes = Memory(files.Read("/proc/meminfo"), limits.MemoryBytes),
            PageBytes = Environment.SystemPageSize,
            TransparentHugePages = Selected(files.ReadLine("/sys/kernel/mm/transparent_hugepage/enabled")),
            Governor = Governor(files),
            Turbo = Turbo(files),
            NumaNodes = ProcessorList.Parse(files.ReadLine("/sys/devices/system/node/online")) is { Count: > 0 } nodes ? nodes.Count : null,
            CpuLimitCores = limits.CpuCores,
        };
    }

    private static CpuDescription Cpu(HostFiles files, CpuIdentification? cpuid, int allowed)
    {
        var info = ProcCpuInfo.Parse(files.Read("/proc/cpuinfo"));
        var topology = SysTopology.Read(files);
        var physical = topology.PhysicalCores ?? info.PhysicalCores;
        var logical = topology.Processors.Count > 0 ? topology.Processors.Count : info.LogicalCores;
        return new CpuDescription
        {
            Vendor = info.Vendor ?? cpuid?.Vendor,
            Name = info.Name ?? cpuid?.Name,
            Family = info.Family ?? cpuid?.Family,
            Model = info.Model ?? cpuid?.Model,
            Stepping = info.Stepping ?? cpuid?.Stepping,
            Sockets = topology.Sockets ?? info.Sockets,
            PhysicalCores = physical,
            LogicalCores = allowed,
            ThreadsPerCore = physical is > 0 && logical % physical == 0 ? logical / physical : null,
            Caches = topology.Caches.Count > 0 ? topology.Caches : cpuid?.Caches ?? [],
            Isa = InstructionSets.Supported,
            IsaLevel = InstructionSets.Level,
            NominalMegahertz = NominalMegahertz(files, info.Name ?? cpuid?.Name) ?? cpuid?.BaseMegahertz,
        };
    }

    /// <summary>PRETTY_NAME of os-release(5).</summary>
    internal static string? OsRelease(string? text) => (text ?? "").Split('\n')
        .Where(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))
        .Select(line => line["PRETTY_NAME=".Length..].Trim().Trim('"', '\''))
        .FirstOrDefault(name => name.Length > 0);

    /// <summary>The choice in brackets: "always [madvise] never" is madvise.</summary>
    internal static string? Selected(string? choices)
    {
        int open = choices?.IndexOf('[') ?? -1, close = choices?.IndexOf(']') ?? -1;
        return open >= 0 && close > open ? choices![(open + 1)..close] : null;
    }

    /// <summary>What this process may use: the machine's memory or the container's limit, whichever is less.</summary>
    internal static long? Memory(string? meminfo, long? limit)
    {
        var fields = (meminfo ?? "").Split('\n')
            .FirstOrDefault(line => line.StartsWith("MemTotal:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var total = fields is { Length: >= 2 } && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * 1024
            : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return total <= 0 ? limit : limit is { } l ? Math.Min(l, total) : total;
    }

    private static string? Governor(HostFiles files)
    {
        var governors = files.Numbered("/sys/devices/system/cpu", "cpu")
            .Select(cpu => files.ReadLine($"/sys/devices/system/cpu/{cpu}/cpufreq/scaling_governor"))
            .Where(governor => governor is not null)
            .Distinct()
            .ToList();
        return governors.Count == 0 ? null : string.Join('+', governors);
    }

    private static bool? Turbo(HostFiles files) =>
        files.ReadLine("/sys/devices/system/cpu/intel_pstate/no_turbo") is { } off ? off == "0"
        : files.ReadLine("/sys/devices/system/cpu/cpufreq/boost") is { } on ? on == "1"
        : null;

    private static double? NominalMegahertz(HostFiles files, string? name)
    {
        if (long.TryParse(files.ReadLine("/sys/devices/system/cpu/cpu0/cpufreq/base_frequency"), CultureInfo.InvariantCulture, out var kilohertz) && kilohertz > 0)
            return kilohertz / 1000.0;
        // Intel writes the base frequency into the name: "… CPU @ 2.60GHz".
        var at = name?.LastIndexOf('@') ?? -1;
        return at >= 0 && name!.EndsWith("GHz", StringComparison.Ordinal)
            && double.TryParse(name[(at + 1)..^3], NumberStyles.Float, CultureInfo.InvariantCulture, out var gigahertz)
            ? Math.Round(gigahertz * 1000)
            : null;
    }
}
