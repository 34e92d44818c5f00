using System.Text;

namespace BitNet.Engine.Tokens;

/// <summary>
/// The pre-tokenizer <c>llama-bpe</c> (spec 7.2), alternatives tried in this order at every position:
/// <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
/// Together they match every rune, so the chunks have no gaps.
/// </summary>
internal static class LlamaSplitter
{
    public static List<Chunk> Split(ReadOnlySpan<char> text)
    {
        var chunks = new List<Chunk>();
        for (int position = 0; position < text.Length;)
        {
            int end = Next(text, position);
            chunks.Add(new Chunk(position, end - position));
            position = end;
        }

        return chunks;
    }

    private static int Next(ReadOnlySpan<char> text, int position)
    {
        int end = ContractionEnd(text[position..]) + position;
        if (end == position) end = WordEnd(text, position);
        if (end == position) end = RuneScan.SkipUpTo<Numbers>(text, position, 3);
        if (end == position) end = SymbolsEnd(text, position);
        return end == position ? BlankEnd(text, position) : end;
    }

    /// <summary>Length of the contraction that the text begins with, in either case; 0 when there is none.</summary>
    private static int ContractionEnd(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '\'') return 0;
        if (Lower(text[1]) is 's' or 't' or 'm' or 'd') return 2;
        if (text.Length < 3) return 0;
        return (Lower(text[1]), Lower(text[2])) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    private static char Lower(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;

    /// <summary><c>[^\r\n\p{L}\p{N}]?\p{L}+</c>.</summary>
    private static int WordEnd(ReadOnlySpan<char> text, int position)
    {
        RuneScan.TryAt(text, position, out Rune first, out int units);
        if (Letters.Contains(first)) return RuneScan.Skip<Letters>(text, position);
        if (LineEnds.Contains(first) || Numbers.Contains(first)) return position;
        int end = RuneScan.Skip<Letters>(text, position + units);
        return end > position + units ? end : position;
    }

    /// <summary><c> ?[^\s\p{L}\p{N}]+[\r\n]*</c>.</summary>
    private static int SymbolsEnd(ReadOnlySpan<char> text, int position)
    {
        int body = text[position] == ' ' ? position + 1 : position;
        int end = RuneScan.Skip<Other>(text, body);
        return end > body ? RuneScan.Skip<LineEnds>(text, end) : position;
    }

    /// <summary><c>\s*[\r\n]+|\s+(?!\S)|\s+</c>: up to the last line end of the white space, else all but the last blank before a word.</summary>
    private static int BlankEnd(ReadOnlySpan<char> text, int position)
    {
        int end = RuneScan.Skip<WhiteSpace>(text, position);
        int lastLineEnd = text[position..end].LastIndexOfAny('\r', '\n');
        return lastLineEnd >= 0 ? position + lastLineEnd + 1 : DefaultSplitter.WhiteSpaceEnd(text, position);
    }
}
