namespace BitNet.Engine.Gguf;

/// <summary>
/// A GGUF file that cannot be read, or written. The message is one line: file, what was found, where, what was expected.
/// </summary>
public sealed class GgufException : Exception
{
    public GgufException(string path, string what, long? offset = null, string? expected = null, Exception? inner = null)
        : base(Line(path, what, offset, expected), inner)
    {
        Path = path;
        What = what;
        Offset = offset;
        Expected = expected;
    }

    public string Path { get; }

    /// <summary>What was found.</summary>
    public string What { get; }

    /// <summary>Byte offset in the file, where there is one.</summary>
    public long? Offset { get; }

    public string? Expected { get; }

    // Names come from the file, so a line break or control character in them must not break the line.
    private static string Line(string path, string what, long? offset, string? expected) => Printable.Line(
        $"{path}: {what}{(offset is { } at ? $" at byte {at}" : "")}{(expected is null ? "" : $"; expected {expected}")}");
}
