namespace BitNet.Engine.Tokens;

/// <summary>How text is cut into chunks before merging (spec 7.2). The two give different ids for the same text.</summary>
public enum PreTokenizer
{
    /// <summary>What bitnet.cpp uses for a file without <c>tokenizer.ggml.pre</c>: four splits one after another; merges always run.</summary>
    Default,

    /// <summary>What the model's authors trained with: one expression; a chunk that is a whole token is taken without running merges.</summary>
    LlamaBpe,
}

/// <summary>A piece of text, in UTF-16 units.</summary>
public readonly record struct Chunk(int Start, int Length)
{
    public int End => Start + Length;
}

public static class PreTokenizers
{
    /// <summary>The value of <c>tokenizer.ggml.pre</c> as a pre-tokenizer; null when this engine has no such one.</summary>
    public static PreTokenizer? Named(string name) => name switch
    {
        "default" => PreTokenizer.Default,
        "llama-bpe" or "llama3" or "llama-v3" => PreTokenizer.LlamaBpe,
        _ => null,
    };

    /// <summary>The chunks of the text in order; together they are the whole text.</summary>
    public static List<Chunk> Split(PreTokenizer preTokenizer, ReadOnlySpan<char> text) => preTokenizer switch
    {
        PreTokenizer.Default => DefaultSplitter.Split(text),
        PreTokenizer.LlamaBpe => LlamaSplitter.Split(text),
        _ => throw new ArgumentOutOfRangeException(nameof(preTokenizer)),
    };
}
