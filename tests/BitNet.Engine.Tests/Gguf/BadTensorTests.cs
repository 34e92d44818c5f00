using BitNet.Engine.Gguf;

namespace BitNet.Engine.Tests.Gguf;

/// <summary>Each way the tensor table can be wrong, with the line it gives.</summary>
public class BadTensorTests
{
    private const uint F32 = 0;
    private const uint I2S = 36;

    [Theory]
    [InlineData(4)]
    [InlineData(ulong.MaxValue)]
    public void A_tensor_count_the_file_cannot_hold(ulong count) =>
        Assert.Contains($"tensor count {count} is more than the file can hold at byte 8; expected at most 3", RawGguf.Start(tensors: count).Zeros(100).Refusal().Message);

    [Fact]
    public void A_tensor_twice() =>
        Assert.Contains("tensor 'a' occurs twice", With(2, raw => raw.Tensor("a", F32, 0, 4).Tensor("a", F32, 32, 4)).Message);

    [Fact]
    public void A_tensor_without_a_name() => Assert.Contains("a tensor name is empty", With(1, raw => raw.Tensor("", F32, 0, 4)).Message);

    [Fact]
    public void A_tensor_name_that_is_not_utf_8() =>
        Assert.Contains("a tensor name is not valid UTF-8", With(1, raw => raw.Text([0x80]).U32(1).U64(4).U32(F32).U64(0)).Message);

    [Fact]
    public void No_dimensions() => Assert.Contains("tensor 'a' has 0 dimensions at byte 33; expected 1 to 4", With(1, raw => raw.Tensor("a", F32, 0)).Message);

    [Fact]
    public void Five_dimensions() => Assert.Contains("tensor 'a' has 5 dimensions", With(1, raw => raw.Tensor("a", F32, 0, 1, 1, 1, 1, 1)).Message);

    [Fact]
    public void Four_billion_dimensions() =>
        Assert.Contains("tensor 'a' has 4294967295 dimensions", With(1, raw => raw.Text("a").U32(uint.MaxValue).Zeros(20)).Message);

    [Fact]
    public void A_dimension_of_zero() =>
        Assert.Contains("dimension 1 of tensor 'a' is 0 at byte 45; expected 1 to 2^63 - 1", With(1, raw => raw.Tensor("a", F32, 0, 4, 0)).Message);

    [Fact]
    public void A_dimension_beyond_63_bits() =>
        Assert.Contains("dimension 0 of tensor 'a' is 9223372036854775808", With(1, raw => raw.Tensor("a", F32, 0, 1UL << 63)).Message);

    // 2^32 · 2^32 is 0 in 64 bits; a reader that does not check would place a tensor of no bytes.
    [Theory]
    [InlineData(1UL << 32, 1UL << 32)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData((1UL << 60) + 1, 1)]
    public void Dimensions_whose_product_overflows(ulong ne0, ulong ne1) =>
        Assert.Contains("expected a number of elements below 2^60", With(1, raw => raw.Tensor("a", F32, 0, ne0, ne1)).Message);

    [Fact]
    public void A_type_nobody_uses() =>
        Assert.Contains("tensor 'a' has type 4711 (unknown) at byte 45; expected a type this reader knows", With(1, raw => raw.Tensor("a", 4711, 0, 4)).Message);

    [Fact]
    public void A_type_that_was_removed() =>
        Assert.Contains("tensor 'a' has type 31 (Q4_0_4_4 (removed))", With(1, raw => raw.Tensor("a", 31, 0, 32)).Message);

    [Fact]
    public void A_type_for_activations_only() =>
        Assert.Contains("I8_S is for activations only", With(1, raw => raw.Tensor("a", 37, 0, 32)).Message);

    [Fact]
    public void I2_S_rows_that_are_not_whole_blocks() =>
        Assert.Contains("tensor 'a' of type I2_S (36) has dimensions 64×2 at byte 33; expected ne0 a multiple of 128", With(1, raw => raw.Tensor("a", I2S, 0, 64, 2)).Message);

    [Fact]
    public void An_offset_that_is_not_aligned() =>
        Assert.Contains("tensor 'a' has offset 16 at byte 49; expected a multiple of the alignment 32", With(1, raw => raw.Tensor("a", F32, 16, 4)).Message);

    [Fact]
    public void An_offset_aligned_to_the_default_but_not_to_the_files_alignment() =>
        Assert.Contains(
            "offset 32",
            RawGguf.Start(tensors: 1, entries: 1).Key("general.alignment", 4).U32(64).Tensor("a", F32, 32, 4).Pad(64).Zeros(256).Refusal().Message);

    [Theory]
    [InlineData(96, 33)]
    [InlineData(128, 4)]
    [InlineData(1UL << 40, 4)]
    [InlineData(0xFFFFFFFFFFFFFFE0, 32)]
    public void A_tensor_that_ends_beyond_the_file(ulong offset, ulong elements) =>
        Assert.Contains("expected its end within the 128 bytes the file holds from 64 on", With(1, raw => raw.Tensor("a", F32, offset, elements)).Message);

    // The trailer with the scale counts: 128 codes take 32 bytes and 32 more.
    [Fact]
    public void An_I2_S_tensor_without_room_for_its_scale() =>
        Assert.Contains("tensor 'a' takes 64 bytes from offset 96", With(1, raw => raw.Tensor("a", I2S, 96, 128)).Message);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 32)]
    [InlineData(32, 0)]
    public void Tensors_that_overlap(ulong first, ulong second) =>
        Assert.Contains("overlap", With(2, raw => raw.Tensor("a", I2S, first, 128).Tensor("b", I2S, second, 128)).Message);

    [Fact]
    public void An_I2_S_tensor_that_overlaps_the_next_by_its_trailer_only() =>
        Assert.Contains("tensors 'a' and 'b' overlap", With(2, raw => raw.Tensor("a", I2S, 0, 128).Tensor("b", F32, 32, 4)).Message);

    [Fact]
    public void Tensors_that_touch_are_sound()
    {
        using var folder = new TemporaryFolder();
        using var file = GgufFile.Open(RawGguf.Start(tensors: 2).Tensor("b", I2S, 64, 128).Tensor("a", I2S, 0, 128).Pad().Zeros(128).Write(folder));
        Assert.Equal([64L, 0L], file.Tensors.Select(tensor => tensor.Offset - file.DataStart));
    }

    /// <summary>A table of so many tensors and 128 bytes of data.</summary>
    private static GgufException With(ulong tensors, Func<RawGguf, RawGguf> table) => table(RawGguf.Start(tensors)).Pad().Zeros(128).Refusal();
}
