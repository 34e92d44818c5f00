using BitNet.Perf.Bench.Host;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Host;

public class HostProbeTests
{
    private static HostDescription Describe(string host, CpuIdentification? cpuid, int allowed)
    {
        using var captured = new CapturedHost(host);
        return HostProbe.Describe(captured.Files, cpuid, allowed, _ => null);
    }

    [Fact]
    public void A_virtual_machine_that_only_says_AMD_EPYC_is_told_by_family_model_and_stepping()
    {
        var host = Describe("epyc-vm", new CpuIdentification { Hypervisor = "KVMKVMKVM" }, 2);
        Assert.Equal("AuthenticAMD", host.Cpu.Vendor);
        Assert.Equal("AMD EPYC", host.Cpu.Name);
        Assert.Equal((25, 17, 1), (host.Cpu.Family!.Value, host.Cpu.Model!.Value, host.Cpu.Stepping!.Value));
        Assert.Equal((1, 2, 2, 1), (host.Cpu.Sockets!.Value, host.Cpu.PhysicalCores!.Value, host.Cpu.LogicalCores, host.Cpu.ThreadsPerCore!.Value));
        Assert.Equal("kvm", host.Virtualization);
        Assert.Equal("docker", host.Container);
        Assert.Equal("madvise", host.TransparentHugePages);
        Assert.Equal("Debian GNU/Linux 12 (bookworm)", host.OperatingSystem);
        Assert.Equal(1, host.NumaNodes);
        Assert.Equal(24_684_096L * 1024, host.MemoryBytes);
        Assert.Null(host.Governor);
        Assert.Null(host.Turbo);
        Assert.Null(host.CpuLimitCores);
        Assert.Null(host.Cpu.NominalMegahertz);
    }

    [Fact]
    public void Caches_are_counted_by_the_processors_that_share_them()
    {
        var host = Describe("intel-smt", null, 8);
        Assert.Equal(
            [
                new CacheDescription(1, "data", 32 << 10, 4), new CacheDescription(1, "instruction", 32 << 10, 4),
                new CacheDescription(2, "unified", 256 << 10, 4), new CacheDescription(3, "unified", 8 << 20, 1),
            ],
            host.Cpu.Caches);
    }

    [Fact]
    public void A_bare_machine_with_two_threads_a_core_gives_governor_turbo_and_base_frequency()
    {
        var host = Describe("intel-smt", new CpuIdentification { Hypervisor = "" }, 8);
        Assert.Equal((4, 2), (host.Cpu.PhysicalCores!.Value, host.Cpu.ThreadsPerCore!.Value));
        Assert.Equal("powersave", host.Governor);
        Assert.True(host.Turbo);
        Assert.Equal("none", host.Virtualization);
        Assert.Equal("none", host.Container);
        Assert.Equal("always", host.TransparentHugePages);
        Assert.Equal(3500, host.Cpu.NominalMegahertz);
        Assert.Null(host.CpuLimitCores);
    }

    [Fact]
    public void Unlike_Arm_cores_are_named_each_with_their_number_and_model_stays_unknown()
    {
        var host = Describe("arm-big-little", null, 8);
        Assert.Equal("ARM", host.Cpu.Vendor);
        Assert.Equal("4x Cortex-A55 + 4x Cortex-A76", host.Cpu.Name);
        Assert.Null(host.Cpu.Model);
        Assert.Null(host.Cpu.Stepping);
        Assert.Null(host.Cpu.Sockets);
        Assert.Equal(8, host.Cpu.PhysicalCores);
        Assert.Empty(host.Cpu.Caches);
        Assert.Equal("schedutil+performance", host.Governor);
        Assert.Null(host.Virtualization);
        Assert.Null(host.TransparentHugePages);
        Assert.Equal("Armbian 24.5 bookworm", host.OperatingSystem);
    }

    [Fact]
    public void A_pod_is_described_by_its_own_limits_not_by_the_node()
    {
        var host = Describe("kubernetes-pod", new CpuIdentification { Hypervisor = "Microsoft Hv" }, 4);
        Assert.Equal("kubernetes", host.Container);
        Assert.Equal("hyper-v", host.Virtualization);
        Assert.Equal(1.5, host.CpuLimitCores);
        Assert.Equal(4L << 30, host.MemoryBytes);
        Assert.Equal((1, 2), (host.Cpu.Sockets!.Value, host.Cpu.PhysicalCores!.Value));
        Assert.Empty(host.Cpu.Caches);
    }

    [Fact]
    public void Without_a_hypervisor_signature_the_firmware_name_tells_the_virtual_machine()
    {
        Assert.Equal("hyper-v", Describe("kubernetes-pod", null, 4).Virtualization);
    }

    [Fact]
    public void Wsl_is_told_by_the_name_of_its_kernel()
    {
        Assert.Equal("wsl2", Describe("wsl2", new CpuIdentification { Hypervisor = "Microsoft Hv" }, 2).Virtualization);
    }

    [Fact]
    public void What_neither_files_nor_processor_tell_is_null()
    {
        var host = HostProbe.Describe(null, null, 3, _ => null);
        Assert.Null(host.Cpu.Name);
        Assert.Null(host.Cpu.PhysicalCores);
        Assert.Null(host.Governor);
        Assert.Null(host.NumaNodes);
        Assert.Null(host.Virtualization);
        Assert.Equal(3, host.Cpu.LogicalCores);
    }

    [Fact]
    public void This_machine_has_at_least_one_processor_an_isa_level_and_memory()
    {
        var host = HostProbe.Describe();
        Assert.InRange(host.Cpu.LogicalCores, 1, 1 << 16);
        Assert.Contains(host.Cpu.IsaLevel, (string[])["scalar", "vector128", "avx2", "avx512"]);
        Assert.True(host.MemoryBytes > 0);
        Assert.NotEmpty(host.Platform);
    }
}
