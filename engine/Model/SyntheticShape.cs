namespace BitNet.Engine.Model;

/// <summary>Sizes of a synthetic model. Every width is a multiple of 128, as I2_S demands; query heads are a multiple of key/value heads.</summary>
/// <param name="SpecialTokens">How many of the vocabulary, at its end, are control tokens.</param>
/// <param name="Merges">Merges of the tokenizer; null for as many as the tokens allow.</param>
public sealed record SyntheticShape(
    string Name, int VocabularySize, int SpecialTokens, int? Merges, int ContextLength, int EmbeddingLength, int BlockCount,
    int FeedForwardLength, int HeadCount, int KeyValueHeadCount)
{
    /// <summary>Under 1 MB, for tests.</summary>
    public static SyntheticShape Tiny { get; } = new("tiny", 512, 16, null, 4096, 256, 2, 768, 4, 2);

    /// <summary>About 10 MB, with the real model's head size and four query heads to a key/value head.</summary>
    public static SyntheticShape Small { get; } = new("small", 4096, 256, null, 4096, 512, 8, 1536, 4, 1);

    /// <summary>Exactly the shape of bitnet-b1.58-2B-4T (spec 1.3, 1.5); 1.19 GB.</summary>
    public static SyntheticShape Full2B { get; } = new("2b", 128_256, 256, 280_147, 4096, 2560, 30, 6912, 20, 5);

    public static IReadOnlyList<SyntheticShape> All { get; } = [Tiny, Small, Full2B];

    public int HeadSize => EmbeddingLength / HeadCount;

    public int KeyValueLength => HeadSize * KeyValueHeadCount;

    /// <summary>Tokens made from bytes by merges, before the control tokens.</summary>
    public int BaseTokens => VocabularySize - SpecialTokens;

    /// <exception cref="ArgumentException">No shape has that name.</exception>
    public static SyntheticShape Parse(string name) =>
        All.FirstOrDefault(shape => string.Equals(shape.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"synthetic shape '{name}'; expected {string.Join(", ", All.Select(shape => shape.Name))}");
}
