using System.Security.Cryptography;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Tests.Gguf;

public class TernaryBlocksTests
{
    [Fact]
    public void TQ2_0_packing_gives_the_specifications_bytes()
    {
        var block = new byte[TernaryBlocks.Tq2Bytes];
        TernaryBlocks.PackTq2(SpecificationVector.Codes(), (Half)1.5, block);
        Assert.Equal("a29911520a224a2220961595499458a4", Convert.ToHexStringLower(block[..16]));
        Assert.StartsWith("c674abea9de42731", Convert.ToHexStringLower(SHA256.HashData(block[..64])), StringComparison.Ordinal);
        Assert.Equal((Half)1.5, BitConverter.ToHalf(block, 64));
    }

    [Fact]
    public void TQ1_0_packing_gives_the_specifications_bytes()
    {
        var block = new byte[TernaryBlocks.Tq1Bytes];
        TernaryBlocks.PackTq1(SpecificationVector.Codes(), (Half)1.5, block);
        Assert.Equal("c7a15fb9e6bee9be15da7e83942d4738", Convert.ToHexStringLower(block[..16]));
        Assert.StartsWith("573647fa8464e738", Convert.ToHexStringLower(SHA256.HashData(block[..52])), StringComparison.Ordinal);
        Assert.Equal((Half)1.5, BitConverter.ToHalf(block, 52));
    }

    [Fact]
    public void Unpacking_is_the_inverse_of_packing_over_several_blocks()
    {
        byte[] codes = [.. SpecificationVector.Codes(), .. SpecificationVector.Codes().Reverse(), .. new byte[256]];
        var unpacked = new byte[codes.Length];
        var tq1 = new byte[3 * TernaryBlocks.Tq1Bytes];
        TernaryBlocks.PackTq1(codes, (Half)1, tq1);
        TernaryBlocks.UnpackTq1(tq1, unpacked);
        Assert.Equal(codes, unpacked);
        var tq2 = new byte[3 * TernaryBlocks.Tq2Bytes];
        TernaryBlocks.PackTq2(codes, (Half)1, tq2);
        TernaryBlocks.UnpackTq2(tq2, unpacked);
        Assert.Equal(codes, unpacked);
    }

    [Fact]
    public void TQ1_0_decodes_all_243_combinations_of_five_trits()
    {
        for (int n = 0; n < 243; n++)
        {
            // Byte m of the first section then holds trit k of n at element 32 k + m.
            byte[] codes = [.. Enumerable.Range(0, 256).Select(i => (byte)(n / (int)Math.Pow(3, i / 32 % 5) % 3))];
            var block = new byte[TernaryBlocks.Tq1Bytes];
            var unpacked = new byte[256];
            TernaryBlocks.PackTq1(codes, (Half)1, block);
            TernaryBlocks.UnpackTq1(block, unpacked);
            Assert.Equal(codes, unpacked);
        }
    }

    // Same interleave as I2_S with the fields of a byte in reverse (spec 5.5), so a lossless repack is a table of bytes.
    [Fact]
    public void A_TQ2_0_byte_is_the_I2_S_byte_with_its_fields_reversed()
    {
        byte[] codes = SpecificationVector.Codes();
        var i2s = new byte[64];
        var tq2 = new byte[TernaryBlocks.Tq2Bytes];
        I2SCodes.Pack(codes, i2s);
        TernaryBlocks.PackTq2(codes, (Half)1, tq2);
        Assert.Equal(i2s.Select(b => (byte)(b << 6 | b << 2 & 0x30 | b >> 2 & 0x0C | b >> 6)), tq2.Take(64));
    }

    [Fact]
    public void A_length_that_is_not_whole_blocks_is_refused()
    {
        Assert.Throws<ArgumentException>(() => TernaryBlocks.PackTq2(new byte[255], default, new byte[66]));
        Assert.Throws<ArgumentException>(() => TernaryBlocks.PackTq1(new byte[256], default, new byte[66]));
        Assert.Throws<ArgumentException>(() => TernaryBlocks.UnpackTq2(new byte[66], new byte[128]));
        Assert.Throws<ArgumentException>(() => TernaryBlocks.UnpackTq1(new byte[53], new byte[256]));
    }
}
