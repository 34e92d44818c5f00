using System.Text;

namespace BitNet.Engine.Tokens;

/// <summary>
/// Text from token ids as they come. A character whose bytes are spread over several tokens appears when its last byte has come, never in parts.
/// </summary>
public sealed class StreamingDecoder(Tokenizer tokenizer, bool showSpecial = false)
{
    /// <summary>Keeps the bytes of an unfinished character between calls.</summary>
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    /// <summary>What can be shown after this token; often one token's text, sometimes nothing, sometimes more.</summary>
    /// <exception cref="TokenException">The id is out of range.</exception>
    public string Append(int id) => Decode(tokenizer.Bytes(id, showSpecial), flush: false);

    /// <summary>The end of the text: an unfinished character becomes one U+FFFD. Afterwards the decoder is as new.</summary>
    public string Flush() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        var text = new char[_utf8.GetCharCount(bytes, flush)];
        return new string(text, 0, _utf8.GetChars(bytes, text, flush));
    }
}
