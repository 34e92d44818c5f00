using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

public class HostKeyTests
{
    private static readonly HostDescription Host = SyntheticReceipt.Create().Host;

    private static string Key(Func<HostDescription, HostDescription> change, string runtime = ".NET 10.0.12") => HostKey.From(change(Host), runtime);

    private static string Key(Func<CpuDescription, CpuDescription> change) => Key(host => host with { Cpu = change(host.Cpu) });

    [Fact]
    public void The_key_reads_from_processor_to_memory() =>
        Assert.Equal("amd-epyc-f25m17s1-2c-avx512-linux-net10-16gb", Key(host => host));

    [Theory]
    [InlineData("GenuineIntel", "Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz", "intel-xeon-platinum-8370c-f25")]
    [InlineData("AuthenticAMD", "AMD EPYC 9V74 80-Core Processor", "amd-epyc-9v74-f25")]
    [InlineData("AuthenticAMD", "AMD Ryzen 7 7840U w/ Radeon  780M Graphics", "amd-ryzen-7-7840u-f25")]
    [InlineData("AuthenticAMD", "AMD Ryzen 5 5600G with Radeon Graphics", "amd-ryzen-5-5600g-f25")]
    [InlineData("GenuineIntel", "11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz", "intel-11th-gen-core-i7-1165g7-f25")]
    [InlineData("ARM", "Neoverse-N1", "arm-neoverse-n1-f25")]
    [InlineData("Apple", "Apple M2 Pro", "apple-m2-pro-f25")]
    [InlineData(null, null, "unknown-unknown-f25")]
    [InlineData("GenuineIntel", "", "intel-f25")]
    [InlineData("HygonGenuine", "Hygon C86 7285 /../ 32-core Processor", "hygongenuine-hygon-c86-7285-f25")]
    public void Vendor_and_name_lose_their_filler_words(string? vendor, string? name, string start)
    {
        string key = Key(cpu => cpu with { Vendor = vendor, Name = name });
        Assert.StartsWith(start, key, StringComparison.Ordinal);
        Assert.True(HostKey.IsWellFormed(key));
    }

    [Fact]
    public void What_is_unknown_is_said_or_left_out()
    {
        Assert.Contains("-epyc-f25s1-", Key(cpu => cpu with { Model = null }), StringComparison.Ordinal);
        Assert.Contains("-epyc-2c-", Key(cpu => cpu with { Family = null, Model = null, Stepping = null }), StringComparison.Ordinal);
        Assert.EndsWith("-net10-unknown", Key(host => host with { MemoryBytes = null }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 30, "-1gb")]
    [InlineData((1L << 30) + 1, "-2gb")]
    [InlineData(16L << 30, "-16gb")]
    [InlineData(15_700_000_000, "-16gb")]
    [InlineData(500_000_000, "-1gb")]
    [InlineData(270_000_000_000, "-256gb")]
    public void Memory_is_rounded_up_to_a_power_of_two(long bytes, string end) =>
        Assert.EndsWith(end, Key(host => host with { MemoryBytes = bytes }), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, "-8c-")]
    [InlineData(2.5, "-3c-")]
    [InlineData(0.25, "-1c-")]
    [InlineData(64.0, "-8c-")]
    public void Cores_are_those_the_process_may_use_within_the_container_s_limit(double? limit, string part) =>
        Assert.Contains(part, Key(host => host with { CpuLimitCores = limit, Cpu = host.Cpu with { LogicalCores = 8 } }), StringComparison.Ordinal);

    [Fact]
    public void Runs_of_another_machine_system_or_runtime_have_another_key()
    {
        string[] keys =
        [
            Key(host => host), Key(host => host, ".NET 11.0.0"), Key(host => host with { Platform = "windows" }), Key(host => host with { MemoryBytes = 1L << 36 }),
            Key(cpu => cpu with { IsaLevel = "avx2" }), Key(cpu => cpu with { LogicalCores = 1 }), Key(cpu => cpu with { Model = 18 }), Key(cpu => cpu with { Name = "AMD EPYC 9V74" }),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void A_patch_of_the_runtime_or_another_kernel_keeps_the_key() =>
        Assert.Equal(Key(host => host), Key(host => host with { Kernel = "6.2.0", OperatingSystem = "Debian GNU/Linux 13" }, ".NET 10.0.99"));

    [Theory]
    [InlineData("../etc")]
    [InlineData("")]
    [InlineData("A-b")]
    [InlineData("a--b")]
    [InlineData("a-b\n")]
    public void What_could_leave_its_folder_is_no_key(string key) => Assert.False(HostKey.IsWellFormed(key));

    [Fact]
    public void Names_of_runs_say_their_start_and_are_never_the_same()
    {
        DateTimeOffset start = new(2026, 1, 31, 9, 15, 0, TimeSpan.FromHours(1));
        string[] names = [.. Enumerable.Range(0, 50).Select(_ => RunName.Create(start))];
        Assert.Equal(50, names.Distinct().Count());
        Assert.All(names, name => Assert.StartsWith("20260131T081500Z-", name, StringComparison.Ordinal));
        Assert.True(RunName.TryParse(names[0], out DateTimeOffset parsed));
        Assert.Equal(start, parsed);
        Assert.False(RunName.TryParse("20260131T081500Z-4F2A90C1", out _));
        Assert.False(RunName.TryParse("20260231T081500Z-4f2a90c1", out _));
    }
}
