using System.Text;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Host;

public class CpuIdentificationTests
{
    [Theory]
    [InlineData(0x00A10F11u, 25, 17, 1)] // Zen 4 "Genoa": base family 15 + extended 10
    [InlineData(0x000906EAu, 6, 158, 10)] // Coffee Lake: extended model counts in family 6
    [InlineData(0x00000F41u, 15, 4, 1)] // Pentium 4: family 15 without extension
    [InlineData(0x00000663u, 6, 6, 3)]
    public void Family_and_model_include_their_extended_fields(uint signature, int family, int model, int stepping) =>
        Assert.Equal((family, model, stepping), CpuIdentification.DecodeSignature(signature));

    [Fact]
    public void Cache_size_is_the_product_of_line_partitions_ways_and_sets()
    {
        // 32 kB, 8 ways, 64 sets, 64-byte lines, data, level 1: as Zen 4 answers leaf 0x8000001D.
        Assert.Equal(new CacheDescription(1, "data", 32 << 10, null), CpuIdentification.DecodeCache((0x0000_0121, 0x01C0_003F, 63, 0)));
        Assert.Null(CpuIdentification.DecodeCache((0, 0, 0, 0)));
    }

    [Fact]
    public void Vendor_brand_and_hypervisor_are_read_from_the_registers()
    {
        var cpu = CpuIdentification.Read((leaf, subleaf) => leaf switch
        {
            0 => (0x10, Word("Auth"), Word("cAMD"), Word("enti")),
            1 => (0x00A10F11, 0, 1u << 31, 0),
            0x4000_0000 => (0, Word("KVMK"), Word("VMKV"), Word("M\0\0\0")),
            0x8000_0000 => (0x8000_001E, 0, 0, 0),
            0x8000_0002 => (Word("AMD "), Word("EPYC"), Word("  97"), Word("74X ")),
            0x8000_001D when subleaf == 0 => (0x0000_0121, 0x01C0_003F, 63, 0),
            _ => (0, 0, 0, 0),
        });
        Assert.Equal("AuthenticAMD", cpu.Vendor);
        Assert.Equal("AMD EPYC 9774X", cpu.Name);
        Assert.Equal("KVMKVMKVM", cpu.Hypervisor);
        Assert.Equal(25, cpu.Family);
        Assert.Single(cpu.Caches);
        Assert.Null(cpu.BaseMegahertz);
    }

    [Fact]
    public void A_processor_that_denies_a_hypervisor_says_so_with_an_empty_signature()
    {
        var cpu = CpuIdentification.Read((leaf, _) => leaf == 0 ? (1u, Word("Genu"), Word("ntel"), Word("ineI")) : (0u, 0u, 0u, 0u));
        Assert.Equal("GenuineIntel", cpu.Vendor);
        Assert.Equal("", cpu.Hypervisor);
        Assert.Null(cpu.Name);
        Assert.Empty(cpu.Caches);
    }

    private static uint Word(string text) => BitConverter.ToUInt32(Encoding.ASCII.GetBytes(text));
}
