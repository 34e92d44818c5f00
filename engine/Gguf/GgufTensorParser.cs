namespace BitNet.Engine.Gguf;

/// <summary>Reads the tensor table and places every tensor inside the data section (spec 1.1).</summary>
internal static class GgufTensorParser
{
    // Length of the name, number of dimensions, one dimension, type, offset.
    public const int MinimumTensorBytes = 8 + 4 + 8 + 4 + 8;

    private const int MostDimensions = 4;

    /// <summary>An entry as written: the offset is still relative to the data section; At is where the entry itself lies.</summary>
    private readonly record struct Raw(string Name, GgmlType Type, long[] Dimensions, ulong Offset, long Bytes, long At);

    public static (List<GgufTensor> Tensors, long DataStart) Parse(GgufCursor cursor, long count, uint alignment)
    {
        var raw = new List<Raw>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (long i = 0; i < count; i++)
        {
            Raw tensor = ParseEntry(cursor, alignment);
            if (!names.Add(tensor.Name))
                throw new GgufException(cursor.Path, $"tensor '{Show(tensor.Name)}' occurs twice", tensor.At, "each tensor once");
            raw.Add(tensor);
        }
        long dataStart = (cursor.Position + alignment - 1) / alignment * alignment;
        long dataBytes = Math.Max(0, cursor.Position + cursor.Remaining - dataStart);
        List<GgufTensor> tensors = raw.ConvertAll(tensor => Place(cursor.Path, tensor, dataStart, dataBytes));
        RefuseOverlap(cursor.Path, tensors);
        return (tensors, dataStart);
    }

    private static Raw ParseEntry(GgufCursor cursor, uint alignment)
    {
        long at = cursor.Position;
        string name = cursor.Text("a tensor name");
        if (name.Length == 0) throw new GgufException(cursor.Path, "a tensor name is empty", at, "a name");
        string what = $"the entry of tensor '{Show(name)}'";
        long dimensionsAt = cursor.Position;
        uint dimensionCount = cursor.UInt32(what);
        if (dimensionCount is 0 or > MostDimensions)
            throw new GgufException(cursor.Path, $"tensor '{Show(name)}' has {dimensionCount} dimensions", dimensionsAt, "1 to 4");
        var dimensions = new long[dimensionCount];
        for (int i = 0; i < dimensions.Length; i++)
        {
            long dimensionAt = cursor.Position;
            ulong dimension = cursor.UInt64(what);
            if (dimension is 0 or > long.MaxValue)
                throw new GgufException(cursor.Path, $"dimension {i} of tensor '{Show(name)}' is {dimension}", dimensionAt, "1 to 2^63 - 1");
            dimensions[i] = (long)dimension;
        }
        long typeAt = cursor.Position;
        uint id = cursor.UInt32(what);
        if (!Enum.IsDefined((GgmlType)id))
            throw new GgufException(cursor.Path, $"tensor '{Show(name)}' has type {id} ({GgmlLayout.NameOf(id) ?? "unknown"})", typeAt, "a type this reader knows");
        var type = (GgmlType)id;
        long bytes = GgmlLayout.BytesOf(type, dimensions, out string? reason)
            ?? throw new GgufException(cursor.Path, $"tensor '{Show(name)}' of type {type} ({id}) has dimensions {string.Join('×', dimensions)}", dimensionsAt, reason);
        long offsetAt = cursor.Position;
        ulong offset = cursor.UInt64(what);
        if (offset % alignment != 0)
            throw new GgufException(cursor.Path, $"tensor '{Show(name)}' has offset {offset}", offsetAt, $"a multiple of the alignment {alignment}");
        return new Raw(name, type, dimensions, offset, bytes, at);
    }

    private static GgufTensor Place(string path, Raw tensor, long dataStart, long dataBytes)
    {
        if (tensor.Offset > (ulong)dataBytes || tensor.Bytes > dataBytes - (long)tensor.Offset)
        {
            throw new GgufException(
                path, $"tensor '{Show(tensor.Name)}' takes {tensor.Bytes} bytes from offset {tensor.Offset} of the data section", tensor.At,
                $"its end within the {dataBytes} bytes the file holds from {dataStart} on");
        }
        return new GgufTensor(tensor.Name, tensor.Type, tensor.Dimensions, dataStart + (long)tensor.Offset, tensor.Bytes);
    }

    private static void RefuseOverlap(string path, List<GgufTensor> tensors)
    {
        GgufTensor? before = null;
        foreach (GgufTensor tensor in tensors.OrderBy(tensor => tensor.Offset))
        {
            if (before is not null && tensor.Offset < before.Offset + before.Bytes)
            {
                throw new GgufException(
                    path, $"tensors '{Show(before.Name)}' and '{Show(tensor.Name)}' overlap", tensor.Offset, $"{before.Offset + before.Bytes} or later");
            }
            before = tensor;
        }
    }

    private static string Show(string name) => Printable.Short(name, 80);
}
