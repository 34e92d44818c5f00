using System.Text;
using System.Text.Json;

namespace BitNet.Perf.Receipts.Json;

/// <summary>JSON for people and for diffs: indented by two, but an array of plain values on one line, so that a launch's samples are a line.</summary>
internal static class IndentedJson
{
    public static byte[] Serialize(JsonElement document)
    {
        StringBuilder text = new();
        Append(text, document, 0);
        text.Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, JsonElement element, int depth)
    {
        bool isObject = element.ValueKind == JsonValueKind.Object;
        bool nested = isObject
            ? element.EnumerateObject().Any()
            : element.ValueKind == JsonValueKind.Array && element.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array);
        if (!nested)
        {
            AppendFlat(text, element);
            return;
        }
        text.Append(isObject ? '{' : '[');
        bool first = true;
        if (isObject)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                Begin(text, depth + 1, ref first);
                text.Append(JsonSerializer.Serialize(member.Name, StrictJson.Options)).Append(": ");
                Append(text, member.Value, depth + 1);
            }
        }
        else
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Begin(text, depth + 1, ref first);
                Append(text, item, depth + 1);
            }
        }
        text.Append('\n').Append(' ', 2 * depth).Append(isObject ? '}' : ']');
    }

    private static void Begin(StringBuilder text, int depth, ref bool first)
    {
        if (!first)
            text.Append(',');
        text.Append('\n').Append(' ', 2 * depth);
        first = false;
    }

    private static void AppendFlat(StringBuilder text, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            text.Append('[').AppendJoin(", ", element.EnumerateArray().Select(item => item.GetRawText())).Append(']');
        else
            text.Append(element.GetRawText());
    }
}
