using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BitNet.Perf.Receipts.Json;

/// <summary>JSON of the schema records: camelCase, enums in kebab-case, null written out; on reading every member must be there once,
/// with its own type, and none besides.</summary>
internal static class StrictJson
{
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    private static JsonSerializerOptions FastOptions { get; } = CreateFastOptions();

    public static JsonElement ToElement<T>(T value)
    {
        try
        {
            return JsonSerializer.SerializeToElement(value, Options);
        }
        catch (ArgumentException e)
        {
            // NaN and infinity: JSON has no number for them.
            throw new ReceiptException(ReceiptFault.Malformed, null, null, "a number is NaN or infinite", "finite numbers", e);
        }
    }

    /// <param name="utf8">Text of the document.</param>
    /// <param name="parsed">The same, parsed.</param>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Malformed"/>, with JSON path and line.</exception>
    public static T Deserialize<T>(ReadOnlyMemory<byte> utf8, JsonElement parsed) where T : class
    {
        T value = Bind<T>(utf8);
        RefuseNullItems(parsed, "$");
        return value;
    }

    /// <inheritdoc cref="Deserialize{T}(ReadOnlyMemory{byte}, JsonElement)"/>
    /// <param name="scan">Of the same text.</param>
    public static T Deserialize<T>(ReadOnlyMemory<byte> utf8, DocumentScan scan) where T : class
    {
        T value = Bind<T>(utf8);
        return scan.NullItem is { } path ? throw new ReceiptException(ReceiptFault.Malformed, null, path, "null", "a value") : value;
    }

    private static T Bind<T>(ReadOnlyMemory<byte> utf8) where T : class
    {
        try
        {
            return TryBind<T>(utf8) ?? JsonSerializer.Deserialize<T>(WithoutMark(utf8).Span, Options)
                ?? throw new ReceiptException(ReceiptFault.Malformed, null, "$", "null", "an object");
        }
        catch (JsonException e)
        {
            throw JsonFault.From(e);
        }
    }

    /// <summary>A sound document in one pass, without a null in its lists.</summary>
    /// <returns>Null where anything is wrong: the general way finds it again and names it.</returns>
    public static T? TryBind<T>(ReadOnlyMemory<byte> utf8) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(WithoutMark(utf8).Span, FastOptions);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Parses without binding, to look at a document before its members are held to the schema.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        RequireContent(WithoutMark(utf8).Span);
        try
        {
            return JsonDocument.Parse(WithoutMark(utf8));
        }
        catch (JsonException e)
        {
            throw JsonFault.From(e);
        }
    }

    internal static void RequireContent(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
            throw new ReceiptException(ReceiptFault.Malformed, null, null, "the file is empty", "a JSON document");
    }

    /// <summary>The text behind a byte order mark.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    // The serializer respects "not null" on members but not on the items of a list.
    private static void RefuseNullItems(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject())
                RefuseNullItems(member.Value, $"{path}.{member.Name}");
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in element.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Null)
                    throw new ReceiptException(ReceiptFault.Malformed, null, $"{path}[{index}]", "null", "a value");
                if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    RefuseNullItems(item, $"{path}[{index}]");
                index++;
            }
        }
    }

    private static JsonSerializerOptions CreateOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new KebabEnumConverterFactory(), new UtcTimeConverter(), new StringMapConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireEveryMember } },
    };

    private static JsonSerializerOptions CreateFastOptions()
    {
        var options = new JsonSerializerOptions(Options);
        options.Converters.Insert(0, new NumberListConverter());
        options.Converters.Insert(1, new ItemListConverterFactory());
        return options;
    }

    // What is unknown is null, written out: a member left out is an error, so that a document has one form only.
    internal static void RequireEveryMember(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (JsonPropertyInfo property in type.Properties)
        {
            property.IsRequired = !IsLeftOutWhenNull(property);
            if (!property.IsRequired)
                RefuseNull(property);
        }
    }

    // Members added later: left out where they do not apply, as older documents lack them.
    private static bool IsLeftOutWhenNull(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }];

    // Null would be a second form of the same content.
    private static void RefuseNull(JsonPropertyInfo property)
    {
        Action<object, object?> set = property.Set!;
        property.Set = (record, value) => set(record, value ?? throw new JsonException($"{property.Name} is null; it is left out instead"));
    }
}
