using System.Text;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Tokens;

/// <summary>
/// Byte-level byte-pair encoding as spec section 7 defines it: text to token ids and back. Immutable and safe to share between threads.
/// </summary>
public sealed class Tokenizer
{
    /// <summary>The chat form ends a message with this token; its id is found by its text.</summary>
    public const string EndOfTurn = "<|eot_id|>";

    private readonly MergeTable _table;
    private readonly SpecialTokens _special;
    private readonly int[] _endOfGeneration;

    /// <exception cref="TokenException">The vocabulary's parts do not agree.</exception>
    public Tokenizer(Vocabulary vocabulary)
    {
        vocabulary.Validate();
        Vocabulary = vocabulary;
        _table = new MergeTable(vocabulary);
        _special = new SpecialTokens(vocabulary);
        var ends = new List<int>();
        if (vocabulary.Eos is { } eos) ends.Add(eos);
        if (TryFind(EndOfTurn, out int endOfTurn) && !ends.Contains(endOfTurn)) ends.Add(endOfTurn);
        _endOfGeneration = [.. ends];
    }

    public Vocabulary Vocabulary { get; }

    /// <summary>Generation stops at these: end of text, and end of turn where the vocabulary has one.</summary>
    public IReadOnlyList<int> EndOfGeneration => _endOfGeneration;

    public static Tokenizer From(GgufMetadata metadata) => new(VocabularyReader.Read(metadata));

    public bool IsEndOfGeneration(int id) => Array.IndexOf(_endOfGeneration, id) >= 0;

    /// <summary>The id of a token as the vocabulary spells it.</summary>
    public bool TryFind(string token, out int id) => _table.TryToken(token, out id);

    /// <summary>The ids of a text; unpaired surrogates become U+FFFD.</summary>
    /// <param name="text">Any text, also empty.</param>
    /// <param name="parseSpecial">Whether control tokens written in the text ("&lt;|eot_id|&gt;") become those tokens; off for text that is not trusted.</param>
    /// <param name="addBos">Overrules <see cref="Tokens.Vocabulary.AddBos"/>. A text that already begins with it gets a second one, as in llama.cpp.</param>
    /// <exception cref="TokenException">A byte of the text has no token.</exception>
    public int[] Encode(string text, bool parseSpecial = false, bool? addBos = null)
    {
        var ids = new List<int>();
        if (addBos ?? Vocabulary.AddBos)
            ids.Add(Vocabulary.Bos ?? throw new TokenException("the vocabulary has no bos_token_id to begin the text with"));
        var merger = new BytePairMerger(_table, wholeTokens: Vocabulary.PreTokenizer == PreTokenizer.LlamaBpe);
        for (int start = 0; start < text.Length;)
        {
            bool found = _special.TryFind(text, start, parseSpecial, out int position, out int length, out int special);
            ReadOnlySpan<char> plain = text.AsSpan(start, position - start);
            foreach (Chunk chunk in PreTokenizers.Split(Vocabulary.PreTokenizer, plain))
                merger.Encode(plain.Slice(chunk.Start, chunk.Length), ids);
            if (found) ids.Add(special);
            start = position + length;
        }

        return [.. ids];
    }

    /// <summary>The whole text of the ids; bytes that are no valid UTF-8 become U+FFFD. For text as it is generated use <see cref="StreamingDecoder"/>.</summary>
    /// <exception cref="TokenException">An id out of range.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool showSpecial = false)
    {
        var decoder = new StreamingDecoder(this, showSpecial);
        var text = new StringBuilder();
        foreach (int id in ids)
            text.Append(decoder.Append(id));
        return text.Append(decoder.Flush()).ToString();
    }

    /// <summary>The bytes that a token stands for; they need not be whole characters. None for a control token unless asked for.</summary>
    /// <exception cref="TokenException">The id is out of range.</exception>
    public byte[] Bytes(int id, bool showSpecial = false)
    {
        if ((uint)id >= (uint)_table.TokenCount)
            throw new TokenException($"token id {id} is out of range; expected 0 to {_table.TokenCount - 1}");
        string token = Vocabulary.Tokens[id];
        return Vocabulary.TypeOf(id) switch
        {
            TokenType.Control or TokenType.Unknown => showSpecial ? Encoding.UTF8.GetBytes(token) : [],
            TokenType.UserDefined => Encoding.UTF8.GetBytes(token),
            _ => ByteAlphabet.Unmap(token) ?? Encoding.UTF8.GetBytes(token),
        };
    }
}
