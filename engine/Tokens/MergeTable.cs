namespace BitNet.Engine.Tokens;

/// <param name="Rank">Position in the list of merges; the lowest goes first.</param>
/// <param name="Product">Symbol that the pair becomes.</param>
internal readonly record struct Merge(int Rank, int Product);

/// <summary>
/// Symbols and merges by number. Symbols 0 … tokens − 1 are the tokens; after them come bytes and merge products that are no tokens, which can
/// occur while merging but are emitted character by character (spec 7.3).
/// </summary>
internal sealed class MergeTable
{
    private const int MergesAtOnce = 4096, LongestFound = 256;

    private readonly Dictionary<string, int> _symbols;
    private readonly List<string> _nonTokens = [];
    private readonly Dictionary<ulong, Merge> _merges;
    private readonly int[] _byteSymbols = new int[256];

    public MergeTable(Vocabulary vocabulary)
    {
        TokenCount = vocabulary.Tokens.Count;
        _symbols = new Dictionary<string, int>(TokenCount + 256, StringComparer.Ordinal);
        for (int id = 0; id < TokenCount; id++)
        {
            if (!_symbols.TryAdd(vocabulary.Tokens[id], id))
                throw new TokenException($"token {id} '{vocabulary.Tokens[id]}' is the same as token {_symbols[vocabulary.Tokens[id]]}");
        }

        for (int b = 0; b < 256; b++)
            _byteSymbols[b] = SymbolOf(ByteAlphabet.ToCharacter((byte)b).ToString());
        _merges = new Dictionary<ulong, Merge>(vocabulary.Merges.Count);
        (int Left, int Right, int Product)[] found = FindAll(vocabulary.Merges);
        for (int rank = 0; rank < found.Length; rank++)
        {
            (int left, int right, int product) = found[rank];
            if (product >= 0) Add(left, right, new Merge(rank, product));
            else Add(vocabulary.Merges[rank], rank);
        }
    }

    public int TokenCount { get; }

    public int ByteSymbol(byte value) => _byteSymbols[value];

    public bool TryMerge(int left, int right, out Merge merge) => _merges.TryGetValue(Pair(left, right), out merge);

    /// <summary>The token of this text in the byte alphabet.</summary>
    public bool TryToken(ReadOnlySpan<char> mapped, out int id) =>
        _symbols.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(mapped, out id) && id < TokenCount;

    /// <summary>Adds the symbol's token, or the tokens of its characters when it is not a token itself.</summary>
    public void Emit(int symbol, List<int> ids)
    {
        if (symbol < TokenCount)
        {
            ids.Add(symbol);
            return;
        }

        foreach (char character in _nonTokens[symbol - TokenCount])
        {
            if (!TryToken([character], out int id))
                throw new TokenException($"no token for '{character}' of the byte alphabet; expected the vocabulary to hold every byte of the text");
            ids.Add(id);
        }
    }

    /// <summary>The symbols of every merge that names only what is known before the first: nearly all. The others, and what is malformed, are
    /// left to <see cref="Add(string, int)"/> in order (product −1). Three look-ups a merge are most of a tokenizer's construction.</summary>
    private (int Left, int Right, int Product)[] FindAll(IReadOnlyList<string> merges)
    {
        var found = new (int Left, int Right, int Product)[merges.Count];
        Parallel.For(0, (merges.Count + MergesAtOnce - 1) / MergesAtOnce, portion =>
        {
            int end = Math.Min((portion + 1) * MergesAtOnce, merges.Count);
            for (int rank = portion * MergesAtOnce; rank < end; rank++) found[rank] = Find(merges[rank]);
        });
        return found;
    }

    private (int Left, int Right, int Product) Find(string text)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> symbols = _symbols.GetAlternateLookup<ReadOnlySpan<char>>();
        int space = text.IndexOf(' ');
        // Anything longer is rare enough for the slow way.
        if (space < 0 || text.Length > LongestFound) return (0, 0, -1);
        Span<char> product = stackalloc char[text.Length - 1];
        text.AsSpan(0, space).CopyTo(product);
        text.AsSpan(space + 1).CopyTo(product[space..]);
        bool known = symbols.TryGetValue(product[..space], out int left) & symbols.TryGetValue(product[space..], out int right)
            & symbols.TryGetValue(product, out int symbol);
        return known && IsWellFormed(text, space) ? (left, right, symbol) : (0, 0, -1);
    }

    private static bool IsWellFormed(string merge, int space) => space > 0 && space < merge.Length - 1 && merge.IndexOf(' ', space + 1) < 0;

    private void Add(string text, int rank)
    {
        int space = text.IndexOf(' ');
        if (!IsWellFormed(text, space))
            throw new TokenException($"merge {rank} is '{text}'; expected two symbols with one space between them");
        int left = Known(text, text.AsSpan(0, space), rank);
        int right = Known(text, text.AsSpan(space + 1), rank);
        Span<char> product = text.Length <= 256 ? stackalloc char[text.Length - 1] : new char[text.Length - 1];
        text.AsSpan(0, space).CopyTo(product);
        text.AsSpan(space + 1).CopyTo(product[space..]);
        if (!_symbols.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(product, out int symbol)) symbol = SymbolOf(product.ToString());
        Add(left, right, new Merge(rank, symbol));
    }

    // A pair that is listed twice keeps its first rank.
    private void Add(int left, int right, Merge merge) => _merges.TryAdd(Pair(left, right), merge);

    private int Known(string merge, ReadOnlySpan<char> half, int rank)
    {
        if (_symbols.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(half, out int symbol)) return symbol;
        throw new TokenException($"merge {rank} '{merge}' names '{half}'; expected a token or the product of an earlier merge");
    }

    private int SymbolOf(string text)
    {
        if (_symbols.TryGetValue(text, out int symbol)) return symbol;
        symbol = TokenCount + _nonTokens.Count;
        _nonTokens.Add(text);
        _symbols.Add(text, symbol);
        return symbol;
    }

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;
}
