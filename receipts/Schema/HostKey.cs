using System.Globalization;
using System.Text.RegularExpressions;

namespace BitNet.Perf.Receipts.Schema;

/// <summary>The readable key of what makes two runs comparable, e.g. amd-epyc-f25m17s1-2c-avx512-linux-net10-16gb: CPU vendor and name,
/// family/model/stepping, cores this process may use, ISA level, platform, major version of the runtime, memory class.</summary>
public static partial class HostKey
{
    /// <param name="host">What is null in it is "unknown" in the key, or left out of family/model/stepping.</param>
    /// <param name="runtime">As in <see cref="BuildDescription.Runtime"/>, e.g. ".NET 10.0.12".</param>
    public static string From(HostDescription host, string runtime)
    {
        CpuDescription cpu = host.Cpu;
        string?[] parts =
        [
            Vendor(cpu.Vendor),
            Name(cpu.Name),
            Numbers(cpu),
            $"{Cores(host).ToString(CultureInfo.InvariantCulture)}c",
            Slug(cpu.IsaLevel),
            Slug(host.Platform),
            Runtime(runtime),
            Memory(host.MemoryBytes),
        ];
        return string.Join('-', parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    /// <summary>Lower-case words, digits and hyphens: a key is also a folder's name.</summary>
    public static bool IsWellFormed(string key) => Form().IsMatch(key);

    /// <summary>The processor's part of a key, from its name alone.</summary>
    internal static string OfProcessor(string? name) => Name(name) is { Length: > 0 } slug ? slug : "unknown";

    private static string Vendor(string? vendor) => vendor switch
    {
        null => "unknown",
        "AuthenticAMD" => "amd",
        "GenuineIntel" => "intel",
        _ => Slug(vendor),
    };

    // "Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz" → "xeon-platinum-8370c"; "AMD EPYC 9V74 80-Core Processor" → "epyc-9v74".
    private static string Name(string? name)
    {
        if (name is null)
            return "unknown";
        string text = Marks().Replace(name.ToLowerInvariant(), " ");
        text = Tail().Replace(text, "");
        return Slug(Filler().Replace(text, " "));
    }

    private static string Numbers(CpuDescription cpu) => Part("f", cpu.Family) + Part("m", cpu.Model) + Part("s", cpu.Stepping);

    private static string Part(string letter, int? number) =>
        number is int known ? letter + known.ToString(CultureInfo.InvariantCulture) : "";

    // A container's limit of 2.5 cores lets three threads run, throttled; it is another machine than one without the limit.
    private static int Cores(HostDescription host) => host.CpuLimitCores is double limit && double.IsFinite(limit) && limit > 0
        ? (int)Math.Min(host.Cpu.LogicalCores, Math.Ceiling(limit))
        : host.Cpu.LogicalCores;

    private static string Runtime(string runtime) =>
        Version().Match(runtime) is { Success: true } version ? "net" + version.Groups[1].Value : Slug(runtime);

    // Rounded up to a power of two GiB: firmware and hypervisor take a varying part of what is installed.
    private static string Memory(long? bytes)
    {
        if (bytes is not > 0)
            return "unknown";
        long gibibytes = 1;
        while (gibibytes < 1L << 30 && gibibytes << 30 < bytes)
            gibibytes *= 2;
        return gibibytes.ToString(CultureInfo.InvariantCulture) + "gb";
    }

    private static string Slug(string text) => Other().Replace(text.ToLowerInvariant(), "-").Trim('-');

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"\((r|tm|c)\)|[®™©]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"(@|\bw/|\bwith\b).*")]
    private static partial Regex Tail();

    [GeneratedRegex(@"\b(amd|intel|arm|apple|cpu|processor|([0-9]+|dual|quad|six|eight|twelve|sixteen)-core)\b")]
    private static partial Regex Filler();

    [GeneratedRegex(@"\A\.NET ([0-9]+)\.")]
    private static partial Regex Version();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
