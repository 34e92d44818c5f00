using BitNet.Engine.Tokens;

namespace BitNet.Engine.Tests.Tokens;

public class ByteAlphabetTests
{
    [Fact]
    public void The_map_is_one_to_one_and_has_no_blanks_or_controls()
    {
        char[] characters = [.. Enumerable.Range(0, 256).Select(b => ByteAlphabet.ToCharacter((byte)b))];
        Assert.Equal(256, characters.Distinct().Count());
        Assert.DoesNotContain(characters, c => char.IsWhiteSpace(c) || char.IsControl(c));
        for (int b = 0; b < 256; b++)
        {
            Assert.True(ByteAlphabet.TryToByte(characters[b], out byte back));
            Assert.Equal(b, back);
        }
    }

    [Theory]
    [InlineData(0x00, '\u0100')]
    [InlineData(0x0A, 'Ċ')]
    [InlineData(0x20, 'Ġ')]
    [InlineData(0x21, '!')]
    [InlineData(0x7E, '~')]
    [InlineData(0x7F, '\u0121')]
    [InlineData(0xA0, '\u0142')]
    [InlineData(0xA1, '¡')]
    [InlineData(0xAD, '\u0143')]
    [InlineData(0xFF, 'ÿ')]
    public void Known_bytes_map_as_in_gpt_2(byte value, char expected) => Assert.Equal(expected, ByteAlphabet.ToCharacter(value));

    [Fact]
    public void Text_maps_by_its_utf_8_bytes() => Assert.Equal("Ġhiâĩĩ", ByteAlphabet.Map(" hi\u21C7"));

    [Theory]
    [InlineData(' ')]
    [InlineData('\u0144')]
    [InlineData('字')]
    public void Characters_outside_the_alphabet_are_refused(char character) => Assert.False(ByteAlphabet.TryToByte(character, out _));
}
