using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace BitNet.Engine.Gguf;

/// <summary>Reads the header in order; nothing is read, and no count believed, beyond what the file still holds.</summary>
internal sealed unsafe class GgufCursor(GgufMapping mapping, long position = 0)
{
    private static readonly UTF8Encoding Utf8Strict = new(false, throwOnInvalidBytes: true);

    public long Position { get; private set; } = position;

    public string Path => mapping.Path;

    public long Remaining => mapping.Length - Position;

    public uint UInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, what));

    public ulong UInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, what));

    /// <summary>A u64 count of things that take at least <paramref name="minimumBytes"/> each, so bounded by what is left of the file.</summary>
    public long Count(int minimumBytes, string what)
    {
        long at = Position;
        ulong count = UInt64(what);
        if (count > (ulong)(Remaining / minimumBytes))
            throw new GgufException(Path, $"{what} {count} is more than the file can hold", at, $"at most {Remaining / minimumBytes}");
        return (long)count;
    }

    public string Text(string what)
    {
        long at = Position;
        ReadOnlySpan<byte> bytes = TextBytes(what);
        if (!Utf8.IsValid(bytes)) throw new GgufException(Path, $"{what} is not valid UTF-8", at, "UTF-8 text");
        return Utf8Strict.GetString(bytes);
    }

    /// <summary>Steps over one string, checking its length and encoding without building it.</summary>
    public void SkipText(string what)
    {
        long at = Position;
        if (!Utf8.IsValid(TextBytes(what))) throw new GgufException(Path, $"{what} is not valid UTF-8", at, "UTF-8 text");
    }

    public ReadOnlySpan<byte> Take(long bytes, string what)
    {
        if (bytes > Remaining)
            throw new GgufException(Path, $"the file ends within {what}: {Remaining} bytes left", Position, $"{bytes} bytes");
        if (bytes > int.MaxValue) throw new GgufException(Path, $"{what} takes {bytes} bytes", Position, $"at most {int.MaxValue}");
        var span = new ReadOnlySpan<byte>(mapping.Base + Position, (int)bytes);
        Position += bytes;
        return span;
    }

    private ReadOnlySpan<byte> TextBytes(string what)
    {
        long at = Position;
        ulong length = UInt64(what);
        if (length > (ulong)Remaining)
            throw new GgufException(Path, $"{what} has a length of {length} bytes, more than the file holds", at, $"at most {Remaining}");
        return Take((long)length, what);
    }
}
