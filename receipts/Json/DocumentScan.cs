using System.Text;
using System.Text.Json;

namespace BitNet.Perf.Receipts.Json;

/// <summary>One pass over a document's text, without building it in memory: whether it is JSON at all, what schema it names, and where an array holds
/// null, which the serializer respects on members but not on items of a list.</summary>
/// <param name="Schema">Text of the outermost object's member "schema"; null when there is none.</param>
/// <param name="NullItem">JSON path of the first null within an array; null when there is none.</param>
internal sealed record DocumentScan(string? Schema, string? NullItem)
{
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Malformed"/>: empty, or not JSON.</exception>
    public static DocumentScan Of(ReadOnlySpan<byte> utf8)
    {
        StrictJson.RequireContent(utf8);
        try
        {
            return Scan(utf8);
        }
        catch (JsonException e)
        {
            throw JsonFault.From(e);
        }
    }

    /// <summary>What schema a document names, read no further than that.</summary>
    /// <returns>Null when it names none.</returns>
    /// <exception cref="ReceiptException">As of <see cref="Of"/>, up to that place.</exception>
    public static string? FirstSchema(ReadOnlySpan<byte> utf8)
    {
        StrictJson.RequireContent(utf8);
        try
        {
            var reader = new Utf8JsonReader(utf8);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("schema"u8) && reader.Read() && reader.TokenType == JsonTokenType.String)
                    return reader.GetString();
            }
            return null;
        }
        catch (JsonException e)
        {
            throw JsonFault.From(e);
        }
    }

    private static DocumentScan Scan(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        string? schema = null, nullItem = null;
        bool isSchema = false;
        // For each open object or array: the member being read, or how many items were.
        var open = new Stack<Place>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    open.Peek().Member = ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
                    isSchema = open.Count == 1 && reader.ValueTextEquals("schema"u8);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    Count(open);
                    open.Push(new Place { IsArray = reader.TokenType == JsonTokenType.StartArray });
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    break;
                default:
                    Count(open);
                    if (reader.TokenType == JsonTokenType.Null && nullItem is null && open.Count > 0 && open.Peek().IsArray)
                        nullItem = Path(utf8, open);
                    if (open.Count == 1 && isSchema)
                        schema = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    break;
            }
        }
        return new DocumentScan(schema, nullItem);
    }

    private static void Count(Stack<Place> open)
    {
        if (open.Count > 0 && open.Peek().IsArray)
            open.Peek().Items++;
    }

    private static string Path(ReadOnlySpan<byte> utf8, IEnumerable<Place> innermostFirst)
    {
        string path = "$";
        foreach (Place place in innermostFirst.Reverse())
            path += place.IsArray ? FormattableString.Invariant($"[{place.Items - 1}]") : "." + Encoding.UTF8.GetString(utf8.Slice(place.Member.Start, place.Member.Length));
        return path;
    }

    private sealed class Place
    {
        public required bool IsArray { get; init; }

        /// <summary>Of an object: where in the text the name of the member being read stands.</summary>
        public (int Start, int Length) Member { get; set; }

        /// <summary>Of an array: read so far.</summary>
        public int Items { get; set; }
    }
}
