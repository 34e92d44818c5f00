using System.Text;
using System.Text.Json;
using BitNet.Perf.Receipts.Json;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Import;

/// <summary>JSON of another harness: what is needed must be there and of its type, all else is passed over. Errors name line or JSON path.</summary>
internal static class ForeignJson
{
    /// <param name="content">The whole file.</param>
    /// <param name="expected">What it was to be, for messages.</param>
    public static JsonDocument Parse(ReadOnlyMemory<byte> content, string expected)
    {
        ReadOnlyMemory<byte> text = StrictJson.WithoutMark(content);
        if (!System.Text.Unicode.Utf8.IsValid(text.Span))
            throw Fault($"line {SamplesCsv.FirstInvalidLine(text.Span)}", "not UTF-8", "text in UTF-8");
        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
            throw Fault(null, "the file is empty", expected);
        return ParseText(text, 1, expected);
    }

    /// <summary>A JSON text within a file.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="firstLine">Line of the file that it begins on.</param>
    /// <param name="expected">What it was to be, for messages.</param>
    public static JsonDocument ParseText(ReadOnlyMemory<byte> text, long firstLine, string expected)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            throw Broken(text.Span, e, firstLine, expected);
        }
        if (HasText(document.RootElement))
            return document;
        document.Dispose();
        throw Fault(firstLine == 1 ? null : $"line {firstLine}", "half a surrogate pair in a text", "text in Unicode");
    }

    // Escapes may spell what is no text; only reading it shows.
    private static bool HasText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().All(member => member.Name.Length >= 0 && HasText(member.Value)),
                JsonValueKind.Array => element.EnumerateArray().All(HasText),
                JsonValueKind.String => element.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>What is wrong with a text that is no JSON.</summary>
    /// <param name="firstLine">Line of the file that the text begins on.</param>
    private static ReceiptException Broken(ReadOnlySpan<byte> text, JsonException e, long firstLine, string expected)
    {
        if (ForeignFormat.OfText(text) is string other)
            return Fault(null, $"looks like {other}", expected);
        string place = FormattableString.Invariant($"line {firstLine + (e.LineNumber ?? 0)}");
        if (NotANumber(text, e) is string number)
            return Fault(place, $"{number} where JSON has numbers", "finite numbers");
        if (e.Message.Contains("end of data", StringComparison.Ordinal) || e.Message.Contains("end of the JSON payload", StringComparison.Ordinal) || e.Message.Contains("end of string", StringComparison.Ordinal))
            return Fault(place, "ends in the middle of the JSON", "a whole file");
        ReceiptException fault = JsonFault.From(e);
        return Fault(place, fault.What, fault.Expected ?? expected);
    }

    public static ReceiptException Fault(string? place, string what, string expected) => new(ReceiptFault.Malformed, null, place, what, expected);

    /// <summary>A member of the given kind; an error where it is missing or of another.</summary>
    public static JsonElement Member(JsonElement owner, string name, JsonValueKind kind, string place)
    {
        string expected = kind switch { JsonValueKind.Array => "an array", JsonValueKind.Object => "an object", JsonValueKind.Number => "a number", _ => "a string" };
        if (owner.ValueKind != JsonValueKind.Object)
            throw Fault(place, "wrong type", "an object");
        if (!owner.TryGetProperty(name, out JsonElement member))
            throw Fault(place, $"no member \"{name}\"", expected);
        return member.ValueKind == kind ? member : throw Fault($"{place}.{name}", member.ValueKind == JsonValueKind.Null ? "null" : "wrong type", expected);
    }

    /// <summary>A text that is there; null otherwise.</summary>
    public static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String && member.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A whole number that is there; null otherwise.</summary>
    public static int? Count(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out int number) ? number : null;

    /// <summary>A whole number that must be there.</summary>
    public static int RequiredCount(JsonElement owner, string name, string place)
    {
        JsonElement member = Member(owner, name, JsonValueKind.Number, place);
        return member.TryGetInt32(out int number) && number >= 0 ? number : throw Fault($"{place}.{name}", member.GetRawText(), "a whole number from 0");
    }

    public static bool IsTrue(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.True;

    /// <summary>A finite number above 0.</summary>
    public static double Positive(JsonElement number, string place)
    {
        if (number.ValueKind != JsonValueKind.Number)
            throw Fault(place, number.ValueKind == JsonValueKind.Null ? "null" : $"\"{SamplesCsv.Shown(number.ToString())}\"", "a finite number above 0");
        return number.TryGetDouble(out double value) && double.IsFinite(value) && value > 0 ? value : throw Fault(place, number.GetRawText(), "a finite number above 0");
    }

    /// <summary>A name that a workload of a receipt may have.</summary>
    public static string Name(string text, string place)
    {
        if (!Forms.IsText(text))
            throw Fault(place, $"name \"{SamplesCsv.Shown(text)}\"", "a name without control characters and white space at its ends");
        return MachinePaths.Find(text) is { } path
            ? throw Fault(place, $"name \"{SamplesCsv.Shown(text)}\" holds a path of the machine, {SamplesCsv.Shown(path)}", "a name that means the same on every machine")
            : text;
    }

    /// <summary>NaN or an infinity at the place where reading stopped, as C and C++ print them.</summary>
    private static string? NotANumber(ReadOnlySpan<byte> text, JsonException e)
    {
        for (long line = e.LineNumber ?? 0; line > 0 && text.IndexOf((byte)'\n') is >= 0 and int end; line--)
            text = text[(end + 1)..];
        int at = (int)Math.Min(e.BytePositionInLine ?? 0, text.Length);
        // Reading stops within a word that begins like null or with a sign.
        string near = Encoding.UTF8.GetString(text[Math.Max(0, at - 2)..Math.Min(text.Length, at + 10)]);
        return new[] { "-Infinity", "Infinity", "-inf", "inf", "-nan", "nan" }
            .FirstOrDefault(word => near.IndexOf(word, StringComparison.OrdinalIgnoreCase) is >= 0 and <= 2) switch
        {
            null => null,
            string word when word.EndsWith("nan", StringComparison.OrdinalIgnoreCase) => "NaN",
            string => "Infinity",
        };
    }
}
