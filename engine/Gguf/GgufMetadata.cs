using System.Diagnostics.CodeAnalysis;

namespace BitNet.Engine.Gguf;

/// <summary>
/// The key/value section in file order. A getter throws <see cref="GgufException"/> naming the key when it is missing or of another type;
/// its TryGet form returns false when it is missing, and still throws on another type, since a mistyped key is a defect of the file.
/// </summary>
public sealed class GgufMetadata
{
    private readonly GgufMapping _mapping;
    private readonly Dictionary<string, GgufEntry> _byKey;

    internal GgufMetadata(GgufMapping mapping, List<GgufEntry> entries)
    {
        _mapping = mapping;
        Entries = entries;
        _byKey = entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
    }

    public IReadOnlyList<GgufEntry> Entries { get; }

    public bool Contains(string key) => _byKey.ContainsKey(key);

    /// <summary>Any integer type is accepted if the value fits.</summary>
    public uint GetUInt32(string key) => TryGetUInt32(key, out uint value) ? value : throw Missing(key, "an unsigned integer");

    public float GetSingle(string key) => TryGetSingle(key, out float value) ? value : throw Missing(key, "a float");

    public bool GetBoolean(string key) => TryGetBoolean(key, out bool value) ? value : throw Missing(key, "a bool");

    public string GetString(string key) => TryGetString(key, out string? value) ? value : throw Missing(key, "a string");

    /// <summary>Builds all strings of the array; each call builds them anew.</summary>
    public string[] GetStrings(string key) => TryGetStrings(key, out string[]? value) ? value : throw Missing(key, "an array of strings");

    public int[] GetInt32s(string key) => TryGetInt32s(key, out int[]? value) ? value : throw Missing(key, "an array of i32");

    public float[] GetSingles(string key) => TryGetSingles(key, out float[]? value) ? value : throw Missing(key, "an array of f32");

    public bool TryGetUInt32(string key, out uint value)
    {
        value = 0;
        if (!_byKey.TryGetValue(key, out GgufEntry? entry)) return false;
        if (GgufValueReader.TryInteger(_mapping, entry) is not { } integer) throw WrongType(entry, "an unsigned integer");
        if (integer < 0 || integer > uint.MaxValue)
            throw new GgufException(_mapping.Path, $"key '{key}' is {integer}", entry.Offset, "a value from 0 to 4294967295");
        value = (uint)integer;
        return true;
    }

    public bool TryGetSingle(string key, out float value)
    {
        value = 0;
        if (!_byKey.TryGetValue(key, out GgufEntry? entry)) return false;
        value = GgufValueReader.TryFloat(_mapping, entry) ?? throw WrongType(entry, "a float");
        return true;
    }

    public bool TryGetBoolean(string key, out bool value)
    {
        value = false;
        if (!Find(key, GgufValueType.Bool, null, "a bool", out GgufEntry? entry)) return false;
        value = GgufValueReader.Bytes(_mapping, entry)[0] == 1;
        return true;
    }

    public bool TryGetString(string key, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (!Find(key, GgufValueType.String, null, "a string", out GgufEntry? entry)) return false;
        value = new GgufCursor(_mapping, entry.Offset).Text($"the value of '{key}'");
        return true;
    }

    public bool TryGetStrings(string key, [NotNullWhen(true)] out string[]? value)
    {
        value = null;
        if (!Find(key, GgufValueType.Array, GgufValueType.String, "an array of strings", out GgufEntry? entry)) return false;
        value = GgufValueReader.Strings(_mapping, entry, entry.Count);
        return true;
    }

    public bool TryGetInt32s(string key, [NotNullWhen(true)] out int[]? value)
    {
        value = null;
        if (!Find(key, GgufValueType.Array, GgufValueType.Int32, "an array of i32", out GgufEntry? entry)) return false;
        value = GgufValueReader.Numbers<int>(_mapping, entry);
        return true;
    }

    public bool TryGetSingles(string key, [NotNullWhen(true)] out float[]? value)
    {
        value = null;
        if (!Find(key, GgufValueType.Array, GgufValueType.Float32, "an array of f32", out GgufEntry? entry)) return false;
        value = GgufValueReader.Numbers<float>(_mapping, entry);
        return true;
    }

    /// <summary>The value as short text for a listing: strings cut, arrays by their first elements and their count.</summary>
    public string Abbreviate(GgufEntry entry) => GgufValueReader.Abbreviate(_mapping, entry);

    private bool Find(string key, GgufValueType type, GgufValueType? element, string expected, [NotNullWhen(true)] out GgufEntry? entry)
    {
        if (!_byKey.TryGetValue(key, out entry)) return false;
        return entry.Type == type && entry.ElementType == element ? true : throw WrongType(entry, expected);
    }

    private GgufException Missing(string key, string expected) => new(_mapping.Path, $"key '{key}' is missing", expected: expected);

    private GgufException WrongType(GgufEntry entry, string expected) =>
        new(_mapping.Path, $"key '{Printable.Short(entry.Key, 80)}' is {entry.TypeName}", entry.Offset, expected);
}
