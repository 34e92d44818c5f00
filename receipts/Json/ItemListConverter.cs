using System.Text.Json;
using System.Text.Json.Serialization;

namespace BitNet.Perf.Receipts.Json;

/// <summary>Lists of texts and records, read only: null is none, which the serializer respects on members but not on items of a list.</summary>
internal sealed class ItemListConverter<T> : JsonConverter<IReadOnlyList<T>> where T : class
{
    private JsonConverter<T>? _items;

    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        _items ??= (JsonConverter<T>)options.GetConverter(typeof(T));
        List<T> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(reader.TokenType == JsonTokenType.Null ? throw new JsonException() : _items.Read(ref reader, typeof(T), options)!);
        return items;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) => throw new NotSupportedException("lists are only read this way");
}

internal sealed class ItemListConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && !typeToConvert.GenericTypeArguments[0].IsValueType;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(ItemListConverter<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;
}
