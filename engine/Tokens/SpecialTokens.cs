namespace BitNet.Engine.Tokens;

/// <summary>The tokens that are found in text as they are written, before it is cut into chunks (spec 7.4).</summary>
internal sealed class SpecialTokens
{
    /// <summary>By first character; of several, the longest first.</summary>
    private readonly Dictionary<char, (string Text, int Id)[]> _always;
    private readonly Dictionary<char, (string Text, int Id)[]> _parsed;

    public SpecialTokens(Vocabulary vocabulary)
    {
        var all = Enumerable.Range(0, vocabulary.Types.Count)
            .Select(id => (Text: vocabulary.Tokens[id], Id: id, Type: vocabulary.Types[id]))
            .Where(t => t.Text.Length > 0 && t.Type is TokenType.Control or TokenType.Unknown or TokenType.UserDefined)
            .ToArray();
        _parsed = ByFirstCharacter(all.Select(t => (t.Text, t.Id)));
        _always = ByFirstCharacter(all.Where(t => t.Type == TokenType.UserDefined).Select(t => (t.Text, t.Id)));
    }

    /// <summary>The first special token from <paramref name="start"/> on, the longest of those that begin there; false when there is none.</summary>
    /// <param name="parse">Also control tokens; otherwise only the user-defined ones.</param>
    public bool TryFind(ReadOnlySpan<char> text, int start, bool parse, out int position, out int length, out int id)
    {
        Dictionary<char, (string Text, int Id)[]> tokens = parse ? _parsed : _always;
        for (position = start; tokens.Count > 0 && position < text.Length; position++)
        {
            if (!tokens.TryGetValue(text[position], out (string Text, int Id)[]? candidates)) continue;
            foreach ((string token, int candidate) in candidates)
            {
                if (!text[position..].StartsWith(token, StringComparison.Ordinal)) continue;
                (length, id) = (token.Length, candidate);
                return true;
            }
        }

        (position, length, id) = (text.Length, 0, -1);
        return false;
    }

    private static Dictionary<char, (string Text, int Id)[]> ByFirstCharacter(IEnumerable<(string Text, int Id)> tokens) =>
        tokens.GroupBy(t => t.Text[0]).ToDictionary(g => g.Key, g => g.OrderByDescending(t => t.Text.Length).ToArray());
}
