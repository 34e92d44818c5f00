using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BitNet.Perf.Receipts.Json;

/// <summary>RFC 3339 times in UTC with a "Z" and no trailing zeros in the fraction: one form for each instant.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String
            && DateTimeOffset.TryParseExact(reader.GetString(), Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            && Text(time) == reader.GetString())
        {
            return time;
        }
        throw new JsonException("wrong value|a UTC time such as 2026-01-31T08:15:00.25Z");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));

    private static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString(Form, CultureInfo.InvariantCulture);
}
