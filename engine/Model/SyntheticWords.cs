using BitNet.Engine.Tokens;

namespace BitNet.Engine.Model;

/// <summary>
/// Candidate tokens in the mapped alphabet, in order of their ids; each splits into two that come before it or are single bytes.
/// Letters are taken in the order of their frequency in English, so that a small vocabulary already shortens English text.
/// </summary>
internal static class SyntheticWords
{
    private const string Letters = "etaoinshrdlucmfwypvbgkjqxz";
    private const string Digits = "0123456789";
    private const char Space = 'Ġ';
    private const char LineFeed = 'Ċ';
    private const int FourLetterWords = 40_000;
    private const int SpacedFourLetterWords = 25_000;

    public static IEnumerable<string> All() => Pairs()
        .Concat(Blanks())
        .Concat(Capitals().Select(c => $"{Space}{c}"))
        .Concat(Product(Digits, Digits))
        .Concat(Product(Capitals(), Letters))
        .Concat(Triples())
        .Concat(Pairs().Where(pair => pair[0] != Space).Select(pair => Space + pair))
        .Concat(Triples().Select(triple => Space + triple))
        .Concat(Product(Digits, Digits).SelectMany(pair => Digits.Select(c => pair + c)))
        .Concat(Utf8Pieces())
        .Concat(Words());

    private static string Capitals() => Letters.ToUpperInvariant();

    /// <summary>A space or letter and a letter, frequent ones first: by the sum of their ranks.</summary>
    private static IEnumerable<string> Pairs() =>
        from sum in Enumerable.Range(0, 2 * Letters.Length)
        from left in Enumerable.Range(0, Letters.Length + 1)
        let right = sum - left
        where right >= 0 && right < Letters.Length
        select $"{(left == 0 ? Space : Letters[left - 1])}{Letters[right]}";

    private static IEnumerable<string> Triples() =>
        from sum in Enumerable.Range(0, 3 * Letters.Length)
        from first in Enumerable.Range(0, Letters.Length)
        from second in Enumerable.Range(0, Letters.Length)
        let third = sum - first - second
        where third >= 0 && third < Letters.Length
        select $"{Letters[first]}{Letters[second]}{Letters[third]}";

    private static IEnumerable<string> Blanks() =>
        new[] { 2, 3, 4, 6, 8, 16 }.Select(n => new string(Space, n)).Concat([new string(LineFeed, 2), $"{Space}{LineFeed}"]);

    private static IEnumerable<string> Product(string left, string right) => left.SelectMany(l => right.Select(r => $"{l}{r}"));

    /// <summary>All two-byte characters, the first two bytes of all three-byte ones, of four-byte ones, and the Japanese syllables.</summary>
    private static IEnumerable<string> Utf8Pieces()
    {
        static string Bytes(params byte[] bytes) => string.Concat(bytes.Select(ByteAlphabet.ToCharacter));
        IEnumerable<byte> following = Enumerable.Range(0x80, 64).Select(b => (byte)b);
        IEnumerable<byte> leading = Enumerable.Range(0xC2, 0xF1 - 0xC2).Select(b => (byte)b);
        return leading.SelectMany(l => following.Select(f => Bytes(l, f)))
            .Concat(new byte[] { 0x81, 0x82, 0x83 }.SelectMany(m => following.Select(f => Bytes(0xE3, m, f))));
    }

    /// <summary>Four letters drawn with frequent ones favoured, the same with a space before them, then longer words of those and shorter pieces.</summary>
    private static IEnumerable<string> Words()
    {
        var random = new SyntheticRandom(0, "words");
        string[] four = [.. Enumerable.Range(0, FourLetterWords).Select(i => Drawn(random.Word(i))).Distinct()];
        string[] left = [.. four, .. four.Take(SpacedFourLetterWords).Select(word => Space + word)];
        string[] right = [.. Pairs().Where(pair => pair[0] != Space), .. Triples(), .. four];
        return left.Concat(Enumerable.Range(0, int.MaxValue).Select(i =>
        {
            ulong word = random.Word(FourLetterWords + (long)i);
            return left[(int)((uint)word % (uint)left.Length)] + right[(int)((uint)(word >> 32) % (uint)right.Length)];
        }));
    }

    /// <summary>Four letters from 64 random bits; the product of two uniform numbers favours the front of the alphabet's order.</summary>
    private static string Drawn(ulong word) => string.Concat(Enumerable.Range(0, 4).Select(i =>
    {
        int bits = (int)(word >> 16 * i & 0xFFFF);
        return Letters[(bits >> 8) * (bits & 0xFF) * Letters.Length >> 16];
    }));
}
