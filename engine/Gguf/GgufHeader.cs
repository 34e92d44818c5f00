using System.Text;

namespace BitNet.Engine.Gguf;

/// <summary>
/// What a GGUF file to be written holds before its data: keys in the order added, and tensors in the order of their data.
/// The layout is that of spec 1.1, version 3, with tensors packed one after another at the default alignment.
/// </summary>
public sealed class GgufHeader
{
    private readonly List<Action<BinaryWriter>> _entries = [];
    private readonly List<GgufTensor> _tensors = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Tensors added so far; their offsets are relative to the data section.</summary>
    public IReadOnlyList<GgufTensor> Tensors => _tensors;

    /// <summary>Bytes of the data section, without padding after the last tensor.</summary>
    public long DataBytes => _tensors.Count == 0 ? 0 : _tensors[^1].Offset + _tensors[^1].Bytes;

    public void Add(string key, string value) => AddEntry(key, GgufValueType.String, writer => WriteText(writer, value));

    public void Add(string key, uint value) => AddEntry(key, GgufValueType.UInt32, writer => writer.Write(value));

    public void Add(string key, float value) => AddEntry(key, GgufValueType.Float32, writer => writer.Write(value));

    public void Add(string key, bool value) => AddEntry(key, GgufValueType.Bool, writer => writer.Write(value));

    public void Add(string key, IReadOnlyList<string> values) => AddArray(key, GgufValueType.String, values, WriteText);

    public void Add(string key, IReadOnlyList<int> values) => AddArray(key, GgufValueType.Int32, values, (writer, value) => writer.Write(value));

    public void Add(string key, IReadOnlyList<float> values) => AddArray(key, GgufValueType.Float32, values, (writer, value) => writer.Write(value));

    /// <param name="dimensions">ne0 first.</param>
    /// <exception cref="ArgumentException">The name is taken, or the type cannot have that shape.</exception>
    public void AddTensor(string name, GgmlType type, params long[] dimensions)
    {
        if (dimensions.Length is 0 or > 4) throw new ArgumentException($"tensor '{name}' has {dimensions.Length} dimensions; expected 1 to 4");
        long bytes = GgmlLayout.BytesOf(type, dimensions, out string? reason)
            ?? throw new ArgumentException($"tensor '{name}' of type {type} has dimensions {string.Join('×', dimensions)}; expected {reason}");
        if (!_names.Add(name)) throw new ArgumentException($"tensor '{name}' occurs twice");
        _tensors.Add(new GgufTensor(name, type, dimensions, Align(DataBytes), bytes));
    }

    /// <summary>The header's bytes, padded so that the data section follows at once.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(GgufFile.Magic);
        writer.Write(3u);
        writer.Write((ulong)_tensors.Count);
        writer.Write((ulong)_entries.Count);
        foreach (Action<BinaryWriter> entry in _entries) entry(writer);
        foreach (GgufTensor tensor in _tensors)
        {
            WriteText(writer, tensor.Name);
            writer.Write((uint)tensor.Dimensions.Count);
            foreach (long dimension in tensor.Dimensions) writer.Write((ulong)dimension);
            writer.Write((uint)tensor.Type);
            writer.Write((ulong)tensor.Offset);
        }
        writer.Flush();
        stream.SetLength(Align(stream.Length));
        return stream.ToArray();
    }

    internal static long Align(long offset) => (offset + GgufFile.DefaultAlignment - 1) / GgufFile.DefaultAlignment * GgufFile.DefaultAlignment;

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private void AddArray<T>(string key, GgufValueType element, IReadOnlyList<T> values, Action<BinaryWriter, T> write) => AddEntry(
        key, GgufValueType.Array, writer =>
        {
            writer.Write((uint)element);
            writer.Write((ulong)values.Count);
            foreach (T value in values) write(writer, value);
        });

    private void AddEntry(string key, GgufValueType type, Action<BinaryWriter> writeValue) => _entries.Add(writer =>
    {
        WriteText(writer, key);
        writer.Write((uint)type);
        writeValue(writer);
    });
}
