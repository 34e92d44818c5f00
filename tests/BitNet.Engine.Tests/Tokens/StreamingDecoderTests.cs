using System.Text;
using BitNet.Engine.Tokens;

namespace BitNet.Engine.Tests.Tokens;

public class StreamingDecoderTests
{
    private static readonly Tokenizer Bytes = new(SmallVocabulary.Of(["â Ĥ"]));

    [Fact]
    public void A_character_appears_when_its_last_byte_has_come()
    {
        var decoder = new StreamingDecoder(Bytes);
        string[] shown = [.. Bytes.Encode("a€😀b").Select(decoder.Append)];
        Assert.Equal(["a", "", "€", "", "", "", "😀", "b"], shown);
        Assert.Equal("", decoder.Flush());
    }

    [Fact]
    public void Text_that_ends_within_a_character_ends_with_one_replacement_character()
    {
        var decoder = new StreamingDecoder(Bytes);
        Assert.Equal("", string.Concat(Bytes.Encode("😀").Take(3).Select(decoder.Append)));
        Assert.Equal("\uFFFD", decoder.Flush());
        Assert.Equal("a", decoder.Append('a'));
    }

    // Model output need not be valid UTF-8: the pieces must still add up to what decoding all bytes at once gives, in whole runes.
    [Fact]
    public void Any_bytes_decode_piecewise_as_they_do_at_once()
    {
        var random = new Random(4);
        byte[] likely = [0x41, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80, 0xFF, 0xED, 0xA0];
        for (int i = 0; i < 5_000; i++)
        {
            byte[] bytes = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => likely[random.Next(likely.Length)])];
            var decoder = new StreamingDecoder(Bytes);
            string[] pieces = [.. bytes.Select(b => decoder.Append(b)), decoder.Flush()];
            Assert.Equal(Encoding.UTF8.GetString(bytes), string.Concat(pieces));
            Assert.All(pieces, piece => Assert.False(piece.Length > 0 && (char.IsLowSurrogate(piece[0]) || char.IsHighSurrogate(piece[^1]))));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(257)]
    [InlineData(int.MaxValue)]
    public void A_token_id_out_of_range_is_named_with_the_range(int id)
    {
        TokenException exception = Assert.Throws<TokenException>(() => Bytes.Decode([id]));
        Assert.Equal($"token id {id} is out of range; expected 0 to 256", exception.Message);
    }
}
