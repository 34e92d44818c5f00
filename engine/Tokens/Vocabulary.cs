namespace BitNet.Engine.Tokens;

/// <summary>The tokenizer section of a model file. Tokens and merges are in the byte alphabet (<see cref="ByteAlphabet"/>).</summary>
public sealed record Vocabulary
{
    /// <summary>By id; all different.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>By id; empty when the file has none, then all are normal.</summary>
    public IReadOnlyList<TokenType> Types { get; init; } = [];

    /// <summary>"LEFT RIGHT", the most urgent first: the index is the rank.</summary>
    public required IReadOnlyList<string> Merges { get; init; }

    /// <summary>By id; byte-pair encoding does not use them. Empty when the file has none.</summary>
    public IReadOnlyList<float> Scores { get; init; } = [];

    public PreTokenizer PreTokenizer { get; init; } = PreTokenizer.Default;

    /// <summary>Beginning of text.</summary>
    public int? Bos { get; init; }

    /// <summary>End of text.</summary>
    public int? Eos { get; init; }

    /// <summary>Whether <see cref="Bos"/> goes in front of every text.</summary>
    public bool AddBos { get; init; }

    public TokenType TypeOf(int id) => Types.Count == 0 ? TokenType.Normal : Types[id];

    /// <summary>Checks what the parts must agree on.</summary>
    /// <exception cref="TokenException">Mismatched counts, or special ids that are missing or out of range.</exception>
    public void Validate()
    {
        if (Tokens.Count == 0) throw new TokenException("the vocabulary has no tokens");
        RequireCount("token types", Types.Count);
        RequireCount("scores", Scores.Count);
        RequireId("bos", Bos);
        RequireId("eos", Eos);
        if (AddBos && Bos is null) throw new TokenException("add_bos_token is true but there is no bos_token_id");
    }

    private void RequireCount(string what, int count)
    {
        if (count != 0 && count != Tokens.Count)
            throw new TokenException($"the vocabulary has {count} {what} for {Tokens.Count} tokens; expected as many of one as of the other");
    }

    private void RequireId(string what, int? id)
    {
        if (id is { } value && (uint)value >= (uint)Tokens.Count)
            throw new TokenException($"{what}_token_id is {value}; expected an id from 0 to {Tokens.Count - 1}");
    }
}
