namespace BitNet.Engine.Gguf;

/// <summary>Walks the key/value section (spec 1.1), checking every value without materialising it.</summary>
internal static class GgufEntryParser
{
    // Length of the key, type and one byte of value.
    public const int MinimumEntryBytes = 8 + 4 + 1;

    // The format allows arrays of arrays; a bound keeps a hostile file from exhausting the stack.
    private const int DeepestArray = 8;

    public static List<GgufEntry> Parse(GgufCursor cursor, long count)
    {
        var entries = new List<GgufEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (long i = 0; i < count; i++)
        {
            long at = cursor.Position;
            string key = cursor.Text("a metadata key");
            if (key.Length == 0) throw new GgufException(cursor.Path, "a metadata key is empty", at, "a name");
            if (!keys.Add(key)) throw new GgufException(cursor.Path, $"key '{Printable.Short(key, 80)}' occurs twice", at, "each key once");
            entries.Add(ParseValue(cursor, key));
        }
        return entries;
    }

    private static GgufEntry ParseValue(GgufCursor cursor, string key)
    {
        string what = $"the value of '{Printable.Short(key, 80)}'";
        GgufValueType type = ParseType(cursor, what);
        if (type != GgufValueType.Array)
        {
            long start = cursor.Position;
            SkipScalar(cursor, type, what);
            return new GgufEntry(key, type, null, 1, start, cursor.Position - start);
        }
        GgufValueType element = ParseType(cursor, what);
        long count = ParseCount(cursor, element, what);
        long first = cursor.Position;
        SkipElements(cursor, element, count, what, 1);
        return new GgufEntry(key, type, element, count, first, cursor.Position - first);
    }

    private static GgufValueType ParseType(GgufCursor cursor, string what)
    {
        long at = cursor.Position;
        uint id = cursor.UInt32(what);
        if (id > (uint)GgufValueType.Float64) throw new GgufException(cursor.Path, $"{what} has type {id}", at, "a value type from 0 to 12");
        return (GgufValueType)id;
    }

    private static long ParseCount(GgufCursor cursor, GgufValueType element, string what) => cursor.Count(
        element switch
        {
            GgufValueType.String => 8,
            GgufValueType.Array => 12,
            _ => GgufValueTypes.FixedBytes(element),
        },
        $"array count of {what}");

    private static void SkipScalar(GgufCursor cursor, GgufValueType type, string what)
    {
        if (type == GgufValueType.String) cursor.SkipText(what);
        else if (type == GgufValueType.Bool) CheckBooleans(cursor, 1, what);
        else cursor.Take(GgufValueTypes.FixedBytes(type), what);
    }

    private static void SkipElements(GgufCursor cursor, GgufValueType element, long count, string what, int depth)
    {
        switch (element)
        {
            case GgufValueType.String:
                for (long i = 0; i < count; i++) cursor.SkipText(what);
                break;
            case GgufValueType.Array:
                if (depth == DeepestArray) throw new GgufException(cursor.Path, $"{what} nests arrays too deeply", cursor.Position, $"at most {DeepestArray} levels");
                for (long i = 0; i < count; i++)
                {
                    GgufValueType inner = ParseType(cursor, what);
                    SkipElements(cursor, inner, ParseCount(cursor, inner, what), what, depth + 1);
                }
                break;
            case GgufValueType.Bool:
                CheckBooleans(cursor, count, what);
                break;
            default:
                cursor.Take(count * GgufValueTypes.FixedBytes(element), what);
                break;
        }
    }

    private static void CheckBooleans(GgufCursor cursor, long count, string what)
    {
        long at = cursor.Position;
        ReadOnlySpan<byte> bytes = cursor.Take(count, what);
        int wrong = bytes.IndexOfAnyExcept((byte)0, (byte)1);
        if (wrong >= 0) throw new GgufException(cursor.Path, $"{what} holds {bytes[wrong]} as a bool", at + wrong, "0 or 1");
    }
}
