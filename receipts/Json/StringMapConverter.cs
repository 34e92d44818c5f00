using System.Text.Json;
using System.Text.Json.Serialization;

namespace BitNet.Perf.Receipts.Json;

/// <summary>Maps from name to text, written in order of the names; no null, no name twice.</summary>
internal sealed class StringMapConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("wrong value|an object of strings");
        SortedDictionary<string, string> map = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                throw new JsonException("wrong value|an object of strings");
            if (!map.TryAdd(name, reader.GetString()!))
                throw new JsonException("wrong value|each name once");
        }
        return map;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string name, string text) in value.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            writer.WriteString(name, text);
        writer.WriteEndObject();
    }
}
