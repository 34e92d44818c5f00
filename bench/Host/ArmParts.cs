namespace BitNet.Perf.Bench.Host;

/// <summary>Names of Arm implementers and parts: MIDR_EL1 values as Arm's and the vendors' technical reference manuals list them.</summary>
public static class ArmParts
{
    private static readonly Dictionary<string, string> Vendors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["0x41"] = "ARM",
        ["0x42"] = "Broadcom",
        ["0x43"] = "Cavium",
        ["0x46"] = "Fujitsu",
        ["0x48"] = "HiSilicon",
        ["0x4e"] = "NVIDIA",
        ["0x51"] = "Qualcomm",
        ["0x61"] = "Apple",
        ["0x6d"] = "Microsoft",
        ["0xc0"] = "Ampere",
    };

    private static readonly Dictionary<string, string> ArmNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["0xd03"] = "Cortex-A53",
        ["0xd05"] = "Cortex-A55",
        ["0xd07"] = "Cortex-A57",
        ["0xd08"] = "Cortex-A72",
        ["0xd09"] = "Cortex-A73",
        ["0xd0a"] = "Cortex-A75",
        ["0xd0b"] = "Cortex-A76",
        ["0xd0c"] = "Neoverse-N1",
        ["0xd0d"] = "Cortex-A77",
        ["0xd40"] = "Neoverse-V1",
        ["0xd41"] = "Cortex-A78",
        ["0xd44"] = "Cortex-X1",
        ["0xd46"] = "Cortex-A510",
        ["0xd47"] = "Cortex-A710",
        ["0xd48"] = "Cortex-X2",
        ["0xd49"] = "Neoverse-N2",
        ["0xd4d"] = "Cortex-A715",
        ["0xd4e"] = "Cortex-X3",
        ["0xd4f"] = "Neoverse-V2",
        ["0xd80"] = "Cortex-A520",
        ["0xd81"] = "Cortex-A720",
        ["0xd82"] = "Cortex-X4",
        ["0xd84"] = "Neoverse-V3",
        ["0xd8e"] = "Neoverse-N3",
    };

    /// <summary>The implementer's name, or its number where it is not in the table; null without one.</summary>
    public static string? Vendor(string? implementer) =>
        implementer is null ? null : Vendors.GetValueOrDefault(implementer, implementer);

    /// <summary>The part's name, or vendor and part number where it is not in the table.</summary>
    public static string Name(string? implementer, string? part)
    {
        if (string.Equals(implementer, "0x41", StringComparison.OrdinalIgnoreCase) && part is not null && ArmNames.TryGetValue(part, out var name))
            return name;
        return $"{Vendor(implementer) ?? "unknown"} part {part ?? "unknown"}";
    }
}
