using BitNet.Engine.Tokens;

namespace BitNet.Engine.Tests.Tokens;

/// <summary>Hand-made vocabularies: the 256 bytes (id = byte value), then what a test adds.</summary>
internal static class SmallVocabulary
{
    public static Vocabulary Of(string[] merges, string[]? extraTokens = null, string[]? control = null, PreTokenizer preTokenizer = PreTokenizer.Default)
    {
        List<string> tokens = [.. Enumerable.Range(0, 256).Select(b => ByteAlphabet.ToCharacter((byte)b).ToString())];
        tokens.AddRange(extraTokens ?? [.. merges.Select(m => m.Replace(" ", "")).Distinct()]);
        int normal = tokens.Count;
        tokens.AddRange(control ?? []);
        return new Vocabulary
        {
            Tokens = tokens,
            Types = [.. tokens.Select((_, id) => id < normal ? TokenType.Normal : TokenType.Control)],
            Merges = merges,
            PreTokenizer = preTokenizer,
        };
    }

    /// <summary>The tokens of a text as the vocabulary spells them.</summary>
    public static string[] Spell(this Tokenizer tokenizer, string text, bool parseSpecial = false) =>
        [.. tokenizer.Encode(text, parseSpecial).Select(id => tokenizer.Vocabulary.Tokens[id])];
}
