using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace BitNet.Perf.Receipts.Json;

/// <summary>JSON Canonicalization Scheme, RFC 8785: no white space, members sorted by their UTF-16 code units, numbers as ECMAScript
/// prints them, the fewest escapes.</summary>
public static class CanonicalJson
{
    /// <summary>2⁵³ − 1.</summary>
    internal const long MostExact = 9007199254740991;

    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. "\"\\", .. Enumerable.Range(0, ' ').Select(c => (char)c)]);

    /// <param name="without">Member of the outermost object to leave out; null for none.</param>
    /// <returns>UTF-8.</returns>
    /// <exception cref="ReceiptException">A number that no IEEE double holds exactly as written integer, or text that is no Unicode.</exception>
    public static byte[] Serialize(JsonElement document, string? without = null)
    {
        var text = new ArrayBufferWriter<byte>();
        Write(text, document, without);
        return text.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="Serialize"/>
    /// <param name="text">Receives UTF-8.</param>
    /// <param name="document">To be written.</param>
    internal static void Write(IBufferWriter<byte> text, JsonElement document, string? without) => Append(text, document, without, new JsonPlace(null, "$"));

    private static void Append(IBufferWriter<byte> text, JsonElement element, string? without, JsonPlace place)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, element, without, place);
                break;
            case JsonValueKind.Array:
                AppendArray(text, element, place);
                break;
            case JsonValueKind.String:
                AppendString(text, Text(element, place), place);
                break;
            case JsonValueKind.Number:
                AppendNumber(text, element, place);
                break;
            default:
                text.Write(JsonMarshal.GetRawUtf8Value(element)); // true, false, null
                break;
        }
    }

    private static void AppendObject(IBufferWriter<byte> text, JsonElement element, string? without, JsonPlace place)
    {
        (string Name, JsonElement Value)[] members = [.. element.EnumerateObject().Select(member => (member.Name, member.Value))];
        Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        byte separator = (byte)'{';
        foreach ((string name, JsonElement value) in members)
        {
            if (name == without)
                continue;
            text.Write([separator]);
            AppendString(text, name, place);
            text.Write(":"u8);
            Append(text, value, null, new JsonPlace(place, name));
            separator = (byte)',';
        }
        text.Write(separator == '{' ? "{}"u8 : "}"u8);
    }

    private static void AppendArray(IBufferWriter<byte> text, JsonElement element, JsonPlace place)
    {
        text.Write("["u8);
        var item = new JsonPlace(place, null);
        foreach (JsonElement value in element.EnumerateArray())
        {
            if (item.Index > 0)
                text.Write(","u8);
            Append(text, value, null, item);
            item.Index++;
        }
        text.Write("]"u8);
    }

    private static string Text(JsonElement element, JsonPlace place)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw NotUnicode(place, e);
        }
    }

    private static void AppendString(IBufferWriter<byte> text, string value, JsonPlace place)
    {
        text.Write("\""u8);
        for (int i = 0; i < value.Length;)
        {
            int plain = value.AsSpan(i).IndexOfAny(Escaped) is >= 0 and var found ? found : value.Length - i;
            AppendPlain(text, value.AsSpan(i, plain), place);
            i += plain;
            if (i < value.Length)
                AppendEscaped(text, value[i++]);
        }
        text.Write("\""u8);
    }

    private static void AppendPlain(IBufferWriter<byte> text, ReadOnlySpan<char> value, JsonPlace place)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (!(char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])))
                throw NotUnicode(place, null);
            i++;
        }
        text.Advance(Encoding.UTF8.GetBytes(value, text.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length))));
    }

    private static void AppendEscaped(IBufferWriter<byte> text, char c) => text.Write(c switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\f' => "\\f"u8,
        '\n' => "\\n"u8,
        '\r' => "\\r"u8,
        '\t' => "\\t"u8,
        _ => Encoding.ASCII.GetBytes(FormattableString.Invariant($"\\u{(int)c:x4}")),
    });

    private static void AppendNumber(IBufferWriter<byte> text, JsonElement element, JsonPlace place)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(element);
        double value = element.GetDouble();
        // A digest over rounded integers would not see them change; RFC 7493 section 2.2 keeps integers within ±(2⁵³ − 1).
        bool integer = raw.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;
        if (!double.IsFinite(value) || (integer && Math.Abs(value) > MostExact))
        {
            throw new ReceiptException(ReceiptFault.Malformed, null, place.ToString(), $"number {Encoding.ASCII.GetString(raw)} cannot be kept exactly",
                "an integer within ±(2^53 - 1) or a finite number");
        }
        Span<byte> destination = text.GetSpan(EcmaNumber.MostBytes);
        text.Advance(EcmaNumber.Format(value, destination));
    }

    private static ReceiptException NotUnicode(JsonPlace place, Exception? cause) =>
        new(ReceiptFault.Malformed, null, place.ToString(), "half of a surrogate pair", "Unicode text", cause);
}
