namespace BitNet.Engine.Tokens;

/// <summary>The numbers of <c>tokenizer.ggml.token_type</c> (GGUF specification).</summary>
public enum TokenType
{
    Normal = 1,
    Unknown = 2,

    /// <summary>Found in text only when special tokens are parsed; not shown when decoding unless asked for.</summary>
    Control = 3,

    /// <summary>Always found in text, and stored as plain text rather than in the byte alphabet.</summary>
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}
