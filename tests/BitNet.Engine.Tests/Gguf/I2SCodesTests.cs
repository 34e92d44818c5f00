using System.Security.Cryptography;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Tests.Gguf;

public class I2SCodesTests
{
    [Fact]
    public void The_vectors_codes_are_those_of_the_specification()
    {
        byte[] codes = SpecificationVector.Codes();
        Assert.Equal("2112222202111000002102002011000102002020011121212220012100112222", string.Concat(codes.Take(64)));
        Assert.Equal((86, 79, 91), (codes.Count(c => c == 0), codes.Count(c => c == 1), codes.Count(c => c == 2)));
    }

    [Fact]
    public void Packing_gives_the_specifications_bytes()
    {
        var packed = new byte[64];
        I2SCodes.Pack(SpecificationVector.Codes(), packed);
        Assert.Equal("8a664485a088a188089654566116251a", Convert.ToHexStringLower(packed[..16]));
        Assert.StartsWith("eea037fdbd63493a", Convert.ToHexStringLower(SHA256.HashData(packed)), StringComparison.Ordinal);
    }

    // The other packing with the same type id (spec 2.4): blocks of 64, bytes j of 16 hold j, j + 16, j + 32, j + 48.
    [Fact]
    public void The_64_element_variant_gives_other_bytes()
    {
        byte[] codes = SpecificationVector.Codes();
        byte[] wrong = [.. Enumerable.Range(0, 64).Select(b =>
        {
            int first = b / 16 * 64 + b % 16;
            return (byte)(codes[first] << 6 | codes[first + 16] << 4 | codes[first + 32] << 2 | codes[first + 48]);
        })];
        Assert.Equal("824a629088a18a81208455554a060a16", Convert.ToHexStringLower(wrong[..16]));
        Assert.StartsWith("c4e7b0f2b2aabc52", Convert.ToHexStringLower(SHA256.HashData(wrong)), StringComparison.Ordinal);
        var right = new byte[64];
        I2SCodes.Pack(codes, right);
        Assert.NotEqual(right, wrong);
    }

    [Fact]
    public void Unpacking_is_the_inverse_of_packing()
    {
        byte[] codes = SpecificationVector.Codes();
        var packed = new byte[64];
        var unpacked = new byte[256];
        I2SCodes.Pack(codes, packed);
        I2SCodes.Unpack(packed, unpacked);
        Assert.Equal(codes, unpacked);
    }

    [Fact]
    public void Code_3_is_found_at_every_place_of_every_length()
    {
        for (int length = 0; length <= 300; length++)
        {
            var packed = new byte[length];
            Array.Fill(packed, (byte)0b10_01_10_01);
            Assert.Equal(-1, I2SCodes.FindInvalid(packed));
            for (int at = 0; at < length; at++)
            {
                byte kept = packed[at];
                packed[at] = (byte)(kept | 0b11 << 2 * (at % 4));
                Assert.Equal(at, I2SCodes.FindInvalid(packed));
                packed[at] = kept;
            }
        }
    }

    [Fact]
    public void Of_all_256_bytes_those_without_a_code_3_are_valid()
    {
        for (int value = 0; value < 256; value++)
        {
            bool holds3 = Enumerable.Range(0, 4).Any(i => (value >> 2 * i & 3) == 3);
            byte[] everywhere = [.. Enumerable.Repeat((byte)value, 256)];
            Assert.Equal(holds3 ? 0 : -1, I2SCodes.FindInvalid(everywhere));
        }
    }

    [Theory]
    [InlineData(127, 32)]
    [InlineData(128, 31)]
    public void A_length_that_is_not_whole_blocks_is_refused(int codes, int bytes)
    {
        Assert.Throws<ArgumentException>(() => I2SCodes.Pack(new byte[codes], new byte[bytes]));
        Assert.Throws<ArgumentException>(() => I2SCodes.Unpack(new byte[bytes], new byte[codes]));
    }
}
