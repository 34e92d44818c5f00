using System.Globalization;

namespace BitNet.Perf.Bench.Host.Disturbances;

/// <summary>What decides how fast the processors tick: governor, boost, energy preference. Meanings: the kernel's admin-guide/pm/cpufreq.</summary>
internal static class ClockSpeed
{
    private const string Root = "/sys/devices/system/cpu";
    private const string NoTurbo = Root + "/intel_pstate/no_turbo", Boost = Root + "/cpufreq/boost";
    private const string SetGovernor = "sudo cpupower frequency-set -g performance";

    /// <summary>Drivers whose "powersave" leaves the clock to the processor, which follows the load; elsewhere it is the lowest clock.</summary>
    private static readonly string[] DriversOfTheProcessor = ["intel_pstate", "amd-pstate-epp"];

    public static IEnumerable<HostFinding> Of(HostCondition condition) => [Governor(condition), Turbo(condition), Preference(condition)];

    private static HostFinding Governor(HostCondition condition)
    {
        const string Code = "governor";
        if (condition.Host.Governor is not { } governor)
            return HostFinding.Unknown(Code, $"no cpufreq in {Root}{Beneath(condition)}", "a clock that follows the load makes the first iterations slower and runs differ");
        var found = $"{governor}{Range(condition.Files)}";
        if (governor == "performance")
            return HostFinding.Fine(Code, found);
        var driver = condition.Files.ReadLine($"{Root}/cpu0/cpufreq/scaling_driver");
        if (governor.Split('+').Contains("powersave") && !DriversOfTheProcessor.Contains(driver))
            return new HostFinding(Code, Severity.Disturbs, $"{found}, driver {driver ?? "unknown"}", "the clock is held at its lowest, or follows the load where the driver leaves it to the processor", SetGovernor);
        return new HostFinding(Code, Severity.MayDisturb, found, "the clock follows the load or a program: the first iterations may run slower, and runs may differ", SetGovernor);
    }

    private static HostFinding Turbo(HostCondition condition) => condition.Host.Turbo switch
    {
        null => HostFinding.Unknown("turbo", $"neither {NoTurbo} nor {Boost}{Beneath(condition)}", "above the nominal clock, speed depends on temperature and on how many cores work"),
        false => HostFinding.Fine("turbo", "off"),
        true => new HostFinding("turbo", Severity.MayDisturb,
            condition.Host.Cpu.NominalMegahertz is { } nominal ? FormattableString.Invariant($"on, above a nominal {nominal / 1000:0.0#} GHz") : "on",
            "above the nominal clock, speed depends on temperature, on how many cores work and on how wide their vectors are",
            condition.Files.Exists(NoTurbo) ? $"echo 1 | sudo tee {NoTurbo}" : $"echo 0 | sudo tee {Boost}"),
    };

    private static HostFinding Preference(HostCondition condition)
    {
        const string Code = "energy-preference", Name = "energy_performance_preference";
        string[] preferences =
        [
            .. condition.Files.Numbered(Root, "cpu").Select(cpu => condition.Files.ReadLine($"{Root}/{cpu}/cpufreq/{Name}")).OfType<string>().Distinct(),
        ];
        if (preferences.Length == 0)
            return HostFinding.Unknown(Code, $"no {Name} in {Root}{Beneath(condition)}", "a processor told to save energy raises its clock late");
        var found = string.Join('+', preferences);
        return found is "performance" or "0"
            ? HostFinding.Fine(Code, found)
            : new HostFinding(Code, Severity.MayDisturb, found, "the processor trades speed for energy: its clock rises later and may stay lower",
                $"echo performance | sudo tee {Root}/cpu*/cpufreq/{Name}");
    }

    private static string Range(HostFiles files) =>
        Kilohertz(files, "cpuinfo_min_freq") is { } low && Kilohertz(files, "cpuinfo_max_freq") is { } high
            ? FormattableString.Invariant($", clock between {low / 1e6:0.0#} and {high / 1e6:0.0#} GHz")
            : "";

    private static long? Kilohertz(HostFiles files, string name) =>
        long.TryParse(files.ReadLine($"{Root}/cpu0/cpufreq/{name}"), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Why it may be missing.</summary>
    internal static string Beneath(HostCondition condition) => condition.VirtualMachine == true ? $": the host beneath this virtual machine ({condition.Host.Virtualization}) decides" : "";
}
