using System.Globalization;
using System.Runtime.InteropServices;

namespace BitNet.Engine.Gguf;

/// <summary>Decodes the value of an entry from the mapped file; the parser has checked its bounds and encoding.</summary>
internal static unsafe class GgufValueReader
{
    private const int ShownCharacters = 60;
    private const int ShownElements = 3;

    public static ReadOnlySpan<byte> Bytes(GgufMapping mapping, GgufEntry entry) =>
        new GgufCursor(mapping, entry.Offset).Take(entry.Bytes, $"the value of '{entry.Key}'");

    public static Int128? TryInteger(GgufMapping mapping, GgufEntry entry)
    {
        ReadOnlySpan<byte> bytes = Bytes(mapping, entry);
        return entry.Type switch
        {
            GgufValueType.UInt8 => bytes[0],
            GgufValueType.Int8 => (sbyte)bytes[0],
            GgufValueType.UInt16 => MemoryMarshal.Read<ushort>(bytes),
            GgufValueType.Int16 => MemoryMarshal.Read<short>(bytes),
            GgufValueType.UInt32 => MemoryMarshal.Read<uint>(bytes),
            GgufValueType.Int32 => MemoryMarshal.Read<int>(bytes),
            GgufValueType.UInt64 => MemoryMarshal.Read<ulong>(bytes),
            GgufValueType.Int64 => MemoryMarshal.Read<long>(bytes),
            _ => null,
        };
    }

    public static float? TryFloat(GgufMapping mapping, GgufEntry entry) => entry.Type switch
    {
        GgufValueType.Float32 => MemoryMarshal.Read<float>(Bytes(mapping, entry)),
        GgufValueType.Float64 => (float)MemoryMarshal.Read<double>(Bytes(mapping, entry)),
        _ => null,
    };

    public static string[] Strings(GgufMapping mapping, GgufEntry entry, long count)
    {
        var cursor = new GgufCursor(mapping, entry.Offset);
        string what = $"the value of '{entry.Key}'";
        var strings = new string[count];
        for (long i = 0; i < count; i++) strings[i] = cursor.Text(what);
        return strings;
    }

    public static T[] Numbers<T>(GgufMapping mapping, GgufEntry entry) where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(Bytes(mapping, entry)).ToArray();

    public static string Abbreviate(GgufMapping mapping, GgufEntry entry)
    {
        if (entry.Type != GgufValueType.Array) return Scalar(mapping, entry);
        if (entry.ElementType == GgufValueType.Array || entry.Count == 0) return $"[{entry.Count}]";
        long shown = Math.Min(entry.Count, ShownElements);
        IEnumerable<string> first;
        if (entry.ElementType == GgufValueType.String)
        {
            first = Strings(mapping, entry, shown).Select(text => $"\"{Printable.Short(text, ShownCharacters / ShownElements)}\"");
        }
        else
        {
            int size = GgufValueTypes.FixedBytes(entry.ElementType!.Value);
            first = Enumerable.Range(0, (int)shown)
                .Select(i => Scalar(mapping, new GgufEntry(entry.Key, entry.ElementType.Value, null, 1, entry.Offset + i * size, size)));
        }
        return $"[{string.Join(", ", first)}{(entry.Count > shown ? ", …" : "")}] ({entry.Count.ToString(CultureInfo.InvariantCulture)})";
    }

    private static string Scalar(GgufMapping mapping, GgufEntry entry) => entry.Type switch
    {
        GgufValueType.String => Printable.Short(Strings(mapping, entry, 1)[0], ShownCharacters),
        GgufValueType.Bool => Bytes(mapping, entry)[0] == 1 ? "true" : "false",
        GgufValueType.Float32 => MemoryMarshal.Read<float>(Bytes(mapping, entry)).ToString(CultureInfo.InvariantCulture),
        GgufValueType.Float64 => MemoryMarshal.Read<double>(Bytes(mapping, entry)).ToString(CultureInfo.InvariantCulture),
        _ => TryInteger(mapping, entry)!.Value.ToString(CultureInfo.InvariantCulture),
    };
}
