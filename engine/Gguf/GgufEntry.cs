namespace BitNet.Engine.Gguf;

/// <summary>One key of the metadata and where its value lies in the file; values are decoded when asked for.</summary>
/// <param name="ElementType">Type of the elements of an array, else null.</param>
/// <param name="Count">Elements of an array; 1 for a scalar.</param>
/// <param name="Offset">Absolute byte offset of the value (of an array: of its first element; of a string: of its length).</param>
/// <param name="Bytes">Bytes from <paramref name="Offset"/> to the end of the value.</param>
public sealed record GgufEntry(string Key, GgufValueType Type, GgufValueType? ElementType, long Count, long Offset, long Bytes)
{
    /// <summary>The type in words, as error messages and listings show it.</summary>
    public string TypeName => ElementType is { } element ? $"array of {element}" : Type.ToString();
}
