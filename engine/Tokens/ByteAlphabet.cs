using System.Text;

namespace BitNet.Engine.Tokens;

/// <summary>
/// GPT-2's map between bytes and printable characters (spec 7.1): 0x21–0x7E, 0xA1–0xAC and 0xAE–0xFF stand for themselves; the other 68 bytes,
/// in increasing order, are U+0100, U+0101, … (space is "Ġ", line feed is "Ċ"). Tokens and merges in a file are written in it.
/// </summary>
public static class ByteAlphabet
{
    private static readonly char[] Characters = Build();
    private static readonly short[] Bytes = Invert();

    public static char ToCharacter(byte value) => Characters[value];

    /// <summary>False for a character outside the alphabet.</summary>
    public static bool TryToByte(char character, out byte value)
    {
        short found = character < Bytes.Length ? Bytes[character] : (short)-1;
        value = (byte)found;
        return found >= 0;
    }

    /// <summary>UTF-8 bytes of the text, each as its character.</summary>
    public static string Map(string text) =>
        string.Create(Encoding.UTF8.GetByteCount(text), text, (characters, source) => Map(Encoding.UTF8.GetBytes(source), characters));

    internal static void Map(ReadOnlySpan<byte> bytes, Span<char> characters)
    {
        for (int i = 0; i < bytes.Length; i++)
            characters[i] = Characters[bytes[i]];
    }

    /// <summary>The bytes that the characters stand for; null when one is outside the alphabet.</summary>
    internal static byte[]? Unmap(string characters)
    {
        var bytes = new byte[characters.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!TryToByte(characters[i], out bytes[i])) return null;
        }

        return bytes;
    }

    private static char[] Build()
    {
        var characters = new char[256];
        int next = 0x100;
        for (int b = 0; b < 256; b++)
            characters[b] = b is (>= 0x21 and <= 0x7E) or (>= 0xA1 and <= 0xAC) or >= 0xAE ? (char)b : (char)next++;
        return characters;
    }

    private static short[] Invert()
    {
        var bytes = new short[Characters.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (int b = 0; b < 256; b++)
            bytes[Characters[b]] = (short)b;
        return bytes;
    }
}
