using BitNet.Engine.Gguf;

namespace BitNet.Engine.Tests.Gguf;

/// <summary>Each way the key/value section can be wrong, with the line it gives.</summary>
public class BadMetadataTests
{
    private const ulong Absurd = 1UL << 60;

    [Theory]
    [InlineData(Absurd)]
    [InlineData(ulong.MaxValue)]
    [InlineData(10)]
    public void A_key_count_the_file_cannot_hold(ulong count) =>
        Assert.Contains($"metadata count {count} is more than the file can hold at byte 16; expected at most 7", RawGguf.Start(entries: count).Zeros(100).Refusal().Message);

    [Theory]
    [InlineData(101)]
    [InlineData(Absurd)]
    [InlineData(ulong.MaxValue)]
    public void A_key_length_beyond_the_file(ulong length) =>
        Assert.Contains($"a metadata key has a length of {length} bytes, more than the file holds at byte 24; expected at most 100", RawGguf.Start(entries: 1).U64(length).Zeros(100).Refusal().Message);

    [Fact]
    public void An_empty_key() => Assert.Contains("a metadata key is empty", RawGguf.Start(entries: 1).Key("", 0).U8(1).Refusal().Message);

    [Fact]
    public void A_key_twice() =>
        Assert.Contains("key 'a' occurs twice at byte 38", RawGguf.Start(entries: 2).Key("a", 0).U8(1).Key("a", 0).U8(1).Refusal().Message);

    [Fact]
    public void A_value_type_that_does_not_exist() =>
        Assert.Contains("the value of 'a' has type 13 at byte 33; expected a value type from 0 to 12", RawGguf.Start(entries: 1).Key("a", 13).U8(1).Refusal().Message);

    [Fact]
    public void An_element_type_that_does_not_exist() =>
        Assert.Contains("the value of 'a' has type 99 at byte 37", RawGguf.Start(entries: 1).Array("a", 99, 1).U8(1).Refusal().Message);

    [Fact]
    public void A_string_longer_than_the_rest() =>
        Assert.Contains("the value of 'a' has a length of 6 bytes, more than the file holds", RawGguf.Start(entries: 1).Key("a", 8).U64(6).Zeros(5).Refusal().Message);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(6, 4)]
    [InlineData(8, 8)]
    [InlineData(9, 12)]
    [InlineData(12, 8)]
    public void An_array_count_the_file_cannot_hold(uint element, int bytes)
    {
        foreach (ulong count in new[] { (ulong)(100 / bytes) + 1, Absurd, ulong.MaxValue })
        {
            string message = RawGguf.Start(entries: 1).Array("a", element, count).Zeros(100).Refusal().Message;
            Assert.Contains($"array count of the value of 'a' {count} is more than the file can hold at byte 41; expected at most {100 / bytes}", message);
        }
    }

    [Fact]
    public void A_bool_that_is_neither() =>
        Assert.Contains("the value of 'a' holds 2 as a bool at byte 37; expected 0 or 1", RawGguf.Start(entries: 1).Key("a", 7).U8(2).Refusal().Message);

    [Fact]
    public void A_bool_in_an_array_that_is_neither() =>
        Assert.Contains("holds 255 as a bool at byte 51", RawGguf.Start(entries: 1).Array("a", 7, 4).Bytes(0, 1, 255, 1).Refusal().Message);

    [Fact]
    public void A_key_that_is_not_utf_8() =>
        Assert.Contains("a metadata key is not valid UTF-8 at byte 24", RawGguf.Start(entries: 1).Text([0xC3, 0x28]).U32(0).U8(1).Refusal().Message);

    [Fact]
    public void A_string_that_is_not_utf_8() =>
        Assert.Contains("the value of 'a' is not valid UTF-8 at byte 37", RawGguf.Start(entries: 1).Key("a", 8).Text([0xFF]).Refusal().Message);

    [Fact]
    public void A_string_in_an_array_that_is_not_utf_8() =>
        Assert.Contains("the value of 'a' is not valid UTF-8 at byte 58", RawGguf.Start(entries: 1).Array("a", 8, 2).Text("b").Text([0xED, 0xA0, 0x80]).Refusal().Message);

    [Fact]
    public void Arrays_nested_without_end()
    {
        RawGguf raw = RawGguf.Start(entries: 1).Array("a", 9, 1);
        for (int depth = 0; depth < 100_000; depth++) raw.U32(9).U64(1);
        Assert.Contains("the value of 'a' nests arrays too deeply at byte 133; expected at most 8 levels", raw.Zeros(12).Refusal().Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(24)]
    [InlineData(uint.MaxValue)]
    public void An_alignment_that_is_no_power_of_two_from_8_on(uint alignment) =>
        Assert.Contains($"key 'general.alignment' is {alignment}; expected a power of two, 8 or more", RawGguf.Start(entries: 1).Key("general.alignment", 4).U32(alignment).Refusal().Message);

    [Fact]
    public void An_alignment_of_another_type() =>
        Assert.Contains("key 'general.alignment' is String", RawGguf.Start(entries: 1).Key("general.alignment", 8).Text("32").Refusal().Message);

    [Fact]
    public void A_line_break_in_a_key_stays_on_one_line() =>
        Assert.Contains("the value of 'a\\nb' has type 77", RawGguf.Start(entries: 1).Key("a\nb", 77).Refusal().Message);

    [Fact]
    public void Counts_that_lie_cost_no_memory()
    {
        using var folder = new TemporaryFolder();
        RawGguf[] lies =
        [
            RawGguf.Start(tensors: ulong.MaxValue), RawGguf.Start(entries: ulong.MaxValue), RawGguf.Start(entries: 1).U64(1UL << 40),
            RawGguf.Start(entries: 1).Array("a", 8, 1UL << 40), RawGguf.Start(entries: 1).Array("a", 10, 1UL << 40),
            RawGguf.Start(tensors: 1).Tensor("t", 0, 0, 1UL << 40),
        ];
        foreach (RawGguf lie in lies)
        {
            string path = lie.Zeros(64).Write(folder);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<GgufException>(() => GgufFile.Open(path));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }
}
