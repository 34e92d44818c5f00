using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BitNet.Perf.Receipts.Json;

/// <summary>JSON Canonicalization Scheme, RFC 8785: no white space, members sorted by their UTF-16 code units, numbers as ECMAScript
/// prints them, the fewest escapes.</summary>
public static class CanonicalJson
{
    /// <param name="without">Member of the outermost object to leave out; null for none.</param>
    /// <returns>UTF-8.</returns>
    /// <exception cref="ReceiptException">A number that no IEEE double holds exactly as written integer, or text that is no Unicode.</exception>
    public static byte[] Serialize(JsonElement document, string? without = null)
    {
        StringBuilder text = new();
        Append(text, document, without, "$");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, JsonElement element, string? without, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, element, without, path);
                break;
            case JsonValueKind.Array:
                AppendArray(text, element, path);
                break;
            case JsonValueKind.String:
                AppendString(text, Text(element, path), path);
                break;
            case JsonValueKind.Number:
                text.Append(Number(element, path));
                break;
            default:
                text.Append(element.GetRawText()); // true, false, null
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement element, string? without, string path)
    {
        char separator = '{';
        foreach (JsonProperty member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (member.Name == without)
                continue;
            text.Append(separator);
            AppendString(text, member.Name, path);
            text.Append(':');
            Append(text, member.Value, null, $"{path}.{member.Name}");
            separator = ',';
        }
        text.Append(separator == '{' ? "{}" : "}");
    }

    private static void AppendArray(StringBuilder text, JsonElement element, string path)
    {
        text.Append('[');
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (index > 0)
                text.Append(',');
            Append(text, item, null, $"{path}[{index++}]");
        }
        text.Append(']');
    }

    private static string Text(JsonElement element, string path)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw NotUnicode(path, e);
        }
    }

    private static void AppendString(StringBuilder text, string value, string path)
    {
        text.Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])))
                throw NotUnicode(path, null);
            if (char.IsHighSurrogate(c))
                text.Append(c).Append(value[++i]);
            else
                AppendCharacter(text, c);
        }
        text.Append('"');
    }

    private static void AppendCharacter(StringBuilder text, char c)
    {
        switch (c)
        {
            case '"': text.Append("\\\""); break;
            case '\\': text.Append("\\\\"); break;
            case '\b': text.Append("\\b"); break;
            case '\f': text.Append("\\f"); break;
            case '\n': text.Append("\\n"); break;
            case '\r': text.Append("\\r"); break;
            case '\t': text.Append("\\t"); break;
            case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
            default: text.Append(c); break;
        }
    }

    private static string Number(JsonElement element, string path)
    {
        string raw = element.GetRawText();
        double value = element.GetDouble();
        // A digest over rounded integers would not see them change; RFC 7493 section 2.2 keeps integers within ±(2⁵³ − 1).
        bool integer = raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
        if (!double.IsFinite(value) || (integer && Math.Abs(value) > 9007199254740991))
            throw new ReceiptException(ReceiptFault.Malformed, null, path, $"number {raw} cannot be kept exactly", "an integer within ±(2^53 - 1) or a finite number");
        return EcmaNumber.Format(value);
    }

    private static ReceiptException NotUnicode(string path, Exception? cause) =>
        new(ReceiptFault.Malformed, null, path, "half of a surrogate pair", "Unicode text", cause);
}
