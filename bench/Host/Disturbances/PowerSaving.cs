using System.Globalization;

namespace BitNet.Perf.Bench.Host.Disturbances;

/// <summary>Running from a battery, and sleep from which a processor wakes late.</summary>
internal static class PowerSaving
{
    private const string Supplies = "/sys/class/power_supply", Idle = "/sys/devices/system/cpu/cpuidle", States = "/sys/devices/system/cpu/cpu0/cpuidle";

    /// <summary>A state from which waking takes longer is named; threads that wait for each other between the matrices of one token spin, and sleep only after some time.</summary>
    private const int NotableMicroseconds = 50;

    public static IEnumerable<HostFinding> Of(HostCondition condition) => [Battery(condition), IdleStates(condition)];

    private static HostFinding Battery(HostCondition condition)
    {
        const string Code = "battery";
        if (condition.Files.Entries(Supplies) is not { } supplies)
            return HostFinding.Unknown(Code, $"no {Supplies}", "on battery most machines lower their clock");
        var status = supplies
            .Where(supply => condition.Files.ReadLine($"{Supplies}/{supply}/type") == "Battery" && condition.Files.ReadLine($"{Supplies}/{supply}/scope") != "Device")
            .Select(supply => condition.Files.ReadLine($"{Supplies}/{supply}/status") ?? "of unknown status").ToList();
        if (status.Count == 0)
            return HostFinding.Fine(Code, "none");
        var found = string.Join(", ", status).ToLowerInvariant();
        return status.Contains("Discharging")
            ? new HostFinding(Code, Severity.Disturbs, found, "on battery most machines lower their clock, and lower it further as it empties", "plug the machine in")
            : status.All(s => s is "Full" or "Charging" or "Not charging")
                ? HostFinding.Fine(Code, found)
                : HostFinding.Unknown(Code, found, "on battery most machines lower their clock");
    }

    private static HostFinding IdleStates(HostCondition condition)
    {
        const string Code = "idle-states", Cost = "a thread that is woken begins late, which shows in work of a few microseconds";
        var states = condition.Files.Numbered(States, "state").Select(state => $"{States}/{state}")
            .Where(state => condition.Files.ReadLine($"{state}/disable") != "1")
            .Select(state => (Name: condition.Files.ReadLine($"{state}/name"), Microseconds: Number(condition.Files.ReadLine($"{state}/latency"))))
            .ToList();
        if (states.Count == 0 || states.Any(state => state.Microseconds is null))
        {
            var driver = condition.Files.ReadLine($"{Idle}/current_driver");
            return HostFinding.Unknown(Code, driver is null ? $"neither {States} nor {Idle}" : $"no states in {States}, driver {driver}{ClockSpeed.Beneath(condition)}", Cost);
        }
        var deepest = states.MaxBy(state => state.Microseconds);
        var found = $"deepest {deepest.Name ?? "state"}, {deepest.Microseconds} µs to wake";
        return deepest.Microseconds <= NotableMicroseconds
            ? HostFinding.Fine(Code, found)
            : new HostFinding(Code, Severity.MayDisturb, found, Cost, $"sudo cpupower idle-set -D {NotableMicroseconds}");
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
