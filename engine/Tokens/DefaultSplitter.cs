namespace BitNet.Engine.Tokens;

/// <summary>
/// The pre-tokenizer <c>default</c> (spec 7.2): four expressions one after another, each splitting every chunk the previous one left. Matched
/// parts and the gaps between them both become chunks, and no expression sees beyond the chunk it works on.
/// </summary>
internal static class DefaultSplitter
{
    private delegate void Pass(ReadOnlySpan<char> text, int start, List<Chunk> chunks);

    private static readonly Pass[] Passes = [Runs<PunctuationAndSymbols>, Gpt2, Runs<Numbers>, DigitTriples];

    public static List<Chunk> Split(ReadOnlySpan<char> text)
    {
        List<Chunk> chunks = text.IsEmpty ? [] : [new Chunk(0, text.Length)];
        foreach (Pass pass in Passes)
        {
            var finer = new List<Chunk>(chunks.Count * 2);
            foreach (Chunk chunk in chunks)
                pass(text.Slice(chunk.Start, chunk.Length), chunk.Start, finer);
            chunks = finer;
        }

        return chunks;
    }

    /// <summary>Runs of the class, and the gaps between them.</summary>
    private static void Runs<TClass>(ReadOnlySpan<char> text, int start, List<Chunk> chunks)
        where TClass : struct, IRuneClass
    {
        int from = 0;
        for (int position = 0; position < text.Length;)
        {
            int end = RuneScan.Skip<TClass>(text, position);
            if (end > position)
            {
                Add(chunks, start, from, position);
                Add(chunks, start, position, end);
                from = position = end;
            }
            else
            {
                RuneScan.TryAt(text, position, out _, out int units);
                position += units;
            }
        }

        Add(chunks, start, from, text.Length);
    }

    /// <summary>
    /// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)</c>. The contractions need no code: the pass before has cut at
    /// every apostrophe.
    /// </summary>
    private static void Gpt2(ReadOnlySpan<char> text, int start, List<Chunk> chunks)
    {
        for (int position = 0; position < text.Length;)
        {
            int body = text[position] == ' ' ? position + 1 : position;
            int end = RuneScan.Skip<Letters>(text, body);
            if (end == body) end = RuneScan.Skip<Numbers>(text, body);
            if (end == body) end = RuneScan.Skip<Other>(text, body);
            if (end == body) end = WhiteSpaceEnd(text, position);
            Add(chunks, start, position, end);
            position = end;
        }
    }

    /// <summary><c>\s+(?!\S)</c>: white space gives its last rune to the word that follows, unless it is the only one.</summary>
    internal static int WhiteSpaceEnd(ReadOnlySpan<char> text, int position)
    {
        int end = RuneScan.Skip<WhiteSpace>(text, position);
        // All white space lies below U+10000, so its last rune is one UTF-16 unit.
        return end < text.Length && end - position > 1 ? end - 1 : end;
    }

    /// <summary><c>[0-9][0-9][0-9]</c>, from the left; the rest is a gap.</summary>
    private static void DigitTriples(ReadOnlySpan<char> text, int start, List<Chunk> chunks)
    {
        int from = 0;
        for (int position = 0; position + 3 <= text.Length;)
        {
            if (!char.IsAsciiDigit(text[position]) || !char.IsAsciiDigit(text[position + 1]) || !char.IsAsciiDigit(text[position + 2]))
            {
                position++;
                continue;
            }

            Add(chunks, start, from, position);
            Add(chunks, start, position, position + 3);
            from = position += 3;
        }

        Add(chunks, start, from, text.Length);
    }

    private static void Add(List<Chunk> chunks, int start, int from, int to)
    {
        if (to > from) chunks.Add(new Chunk(start + from, to - from));
    }
}
