using BitNet.Engine.Gguf;

namespace BitNet.Engine.Tokens;

/// <summary>Reads the <c>tokenizer.ggml.*</c> keys (spec 1.3).</summary>
public static class VocabularyReader
{
    private const string Prefix = "tokenizer.ggml.";

    /// <exception cref="GgufException">A key is missing or of another type.</exception>
    /// <exception cref="TokenException">A tokenizer or pre-tokenizer that this engine does not have, or parts that do not agree.</exception>
    public static Vocabulary Read(GgufMetadata metadata)
    {
        string model = metadata.GetString(Prefix + "model");
        if (model != "gpt2") throw new TokenException($"{Prefix}model is '{model}'; expected 'gpt2' (byte-level BPE)");
        PreTokenizer preTokenizer = ReadPreTokenizer(metadata);
        metadata.TryGetInt32s(Prefix + "token_type", out int[]? types);
        metadata.TryGetSingles(Prefix + "scores", out float[]? scores);
        var vocabulary = new Vocabulary
        {
            Tokens = metadata.GetStrings(Prefix + "tokens"),
            Types = Array.ConvertAll(types ?? [], type => (TokenType)type),
            Merges = metadata.GetStrings(Prefix + "merges"),
            Scores = scores ?? [],
            PreTokenizer = preTokenizer,
            Bos = ReadId(metadata, "bos_token_id"),
            Eos = ReadId(metadata, "eos_token_id"),
            // llama.cpp's default when the key is absent: off, but on for the llama-3 family.
            AddBos = metadata.TryGetBoolean(Prefix + "add_bos_token", out bool addBos) ? addBos : preTokenizer == PreTokenizer.LlamaBpe,
        };
        vocabulary.Validate();
        return vocabulary;
    }

    private static PreTokenizer ReadPreTokenizer(GgufMetadata metadata)
    {
        if (!metadata.TryGetString(Prefix + "pre", out string? name)) return PreTokenizer.Default;
        return PreTokenizers.Named(name) ?? throw new TokenException($"{Prefix}pre is '{name}'; expected 'default' or 'llama-bpe'");
    }

    private static int? ReadId(GgufMetadata metadata, string key)
    {
        if (!metadata.TryGetUInt32(Prefix + key, out uint id)) return null;
        return id <= int.MaxValue ? (int)id : throw new TokenException($"{Prefix}{key} is {id}; expected the id of a token");
    }
}
