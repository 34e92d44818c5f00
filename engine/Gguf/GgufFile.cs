using System.Diagnostics.CodeAnalysis;

namespace BitNet.Engine.Gguf;

/// <summary>
/// A GGUF file, version 2 or 3, little-endian, mapped read-only (spec 1.1). Opening checks every count, length and offset against the
/// file's size before it is used; anything wrong is a <see cref="GgufException"/>. Pointers are valid until <see cref="Dispose"/>.
/// </summary>
public sealed unsafe class GgufFile : IDisposable
{
    public const uint Magic = 0x46554747;

    /// <summary>Alignment of the data section when general.alignment is absent.</summary>
    public const uint DefaultAlignment = 32;

    public const string AlignmentKey = "general.alignment";

    private readonly GgufMapping _mapping;
    private readonly Dictionary<string, GgufTensor> _byName;

    private GgufFile(GgufMapping mapping)
    {
        _mapping = mapping;
        var cursor = new GgufCursor(mapping);
        Version = ParseVersion(cursor);
        long tensorCount = cursor.Count(GgufTensorParser.MinimumTensorBytes, "tensor count");
        long entryCount = cursor.Count(GgufEntryParser.MinimumEntryBytes, "metadata count");
        Metadata = new GgufMetadata(mapping, GgufEntryParser.Parse(cursor, entryCount));
        Alignment = ParseAlignment();
        (List<GgufTensor> tensors, DataStart) = GgufTensorParser.Parse(cursor, tensorCount, Alignment);
        Tensors = tensors;
        _byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    public string Path => _mapping.Path;

    /// <summary>Size of the file in bytes.</summary>
    public long Length => _mapping.Length;

    public uint Version { get; }

    public uint Alignment { get; }

    /// <summary>Absolute byte offset of the data section.</summary>
    public long DataStart { get; }

    public GgufMetadata Metadata { get; }

    /// <summary>In file order of the tensor table.</summary>
    public IReadOnlyList<GgufTensor> Tensors { get; }

    public static GgufFile Open(string path)
    {
        GgufMapping mapping = GgufMapping.Open(path);
        try
        {
            return new GgufFile(mapping);
        }
        catch
        {
            mapping.Dispose();
            throw;
        }
    }

    public GgufTensor Tensor(string name) =>
        TryTensor(name, out GgufTensor? tensor) ? tensor : throw new GgufException(Path, $"tensor '{name}' is missing", expected: "it among the file's tensors");

    public bool TryTensor(string name, [NotNullWhen(true)] out GgufTensor? tensor) => _byName.TryGetValue(name, out tensor);

    /// <summary>Address of the tensor's first byte.</summary>
    public byte* Pointer(GgufTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Offset < 0 || tensor.Bytes < 0 || tensor.Offset > Length - tensor.Bytes)
            throw new GgufException(Path, $"tensor '{tensor.Name}' lies outside the file", tensor.Offset, $"its end within {Length} bytes");
        return _mapping.Base + tensor.Offset;
    }

    public void Dispose() => _mapping.Dispose();

    private static uint ParseVersion(GgufCursor cursor)
    {
        uint magic = cursor.UInt32("the magic number");
        if (magic != Magic) throw new GgufException(cursor.Path, $"not a GGUF file: it starts with 0x{magic:x8}", 0, "0x46554747 (\"GGUF\")");
        uint version = cursor.UInt32("the version");
        if (version is 2 or 3) return version;
        // A big-endian file has the same four magic bytes; its version then reads with the bytes reversed.
        string what = version is 0x02000000 or 0x03000000 ? "a big-endian GGUF file" : $"GGUF version {version}";
        throw new GgufException(cursor.Path, what, 4, "version 2 or 3, little-endian");
    }

    private uint ParseAlignment()
    {
        if (!Metadata.TryGetUInt32(AlignmentKey, out uint alignment)) return DefaultAlignment;
        if (alignment >= 8 && uint.IsPow2(alignment)) return alignment;
        throw new GgufException(Path, $"key '{AlignmentKey}' is {alignment}", expected: "a power of two, 8 or more");
    }
}
