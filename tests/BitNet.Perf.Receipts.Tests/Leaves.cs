using System.Text.Json;
using System.Text.Json.Nodes;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>The leaves of a JSON document (values, null, and empty arrays or objects) and other values of the same type for them.</summary>
internal static class Leaves
{
    /// <summary>Stands for the point within a member's name, which would end a step of the path.</summary>
    private const char Point = '·';

    /// <summary>JSON paths as JsonNode gives them, e.g. $.launches[0].index.</summary>
    public static IEnumerable<string> Of(JsonNode? node, string path)
    {
        IEnumerable<(JsonNode? Node, string Path)> children = node switch
        {
            JsonObject members => members.Select(member => (member.Value, $"{path}.{member.Key.Replace('.', Point)}")),
            JsonArray items => items.Select((item, index) => (item, $"{path}[{index}]")),
            _ => [],
        };
        (JsonNode? Node, string Path)[] all = [.. children];
        return all.Length == 0 ? [path] : all.SelectMany(child => Of(child.Node, child.Path));
    }

    public static JsonNode? At(JsonNode document, string path)
    {
        (JsonNode parent, string? name, int index) = Locate(document, path);
        return name is not null ? parent[name] : parent[index];
    }

    /// <summary>A copy of the document with the leaf at the path replaced.</summary>
    public static JsonNode Replace(JsonNode document, string path, JsonNode? other)
    {
        JsonNode copy = document.DeepClone();
        (JsonNode parent, string? name, int index) = Locate(copy, path);
        if (name is not null)
            parent[name] = other;
        else
            parent[index] = other;
        return copy;
    }

    public static JsonNode Remove(JsonNode document, string path)
    {
        JsonNode copy = document.DeepClone();
        (JsonNode parent, string? name, int index) = Locate(copy, path);
        if (name is not null)
            parent.AsObject().Remove(name);
        else
            parent.AsArray().RemoveAt(index);
        return copy;
    }

    /// <summary>Another value of the same type; for null, a number and a text, one of which the schema may allow.</summary>
    public static IEnumerable<JsonNode?> Others(JsonNode? leaf) => leaf switch
    {
        null => [1, "x"],
        JsonArray => [new JsonArray("x"), new JsonArray(1)],
        JsonObject => [new JsonObject { ["x"] = "1" }],
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.True => [false],
            JsonValueKind.False => [true],
            JsonValueKind.Number => [Number(value.ToJsonString()), 2 * value.GetValue<JsonElement>().GetDouble() + 1],
            _ when Time(value.GetValue<string>()) is { } later => [Text(value.GetValue<string>()), later],
            _ => [Text(value.GetValue<string>())],
        },
        _ => [],
    };

    /// <summary>A second later, in the form that times have; null for any other text.</summary>
    private static string? Time(string text) => text.EndsWith('Z') && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset time)
        ? time.AddSeconds(1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture)
        : null;

    // The smallest change: the next integer or the next double.
    private static JsonNode Number(string text) => long.TryParse(text, out long integer)
        ? JsonValue.Create(integer + 1)
        : JsonValue.Create(Math.BitIncrement(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));

    // Ids, times and digests keep their form where the last character is a digit.
    private static string Text(string text) => text.Length == 0 ? "x"
        : char.IsAsciiDigit(text[^1]) ? text[..^1] + (text[^1] == '9' ? '8' : (char)(text[^1] + 1))
        : text + "x";

    private static (JsonNode Parent, string? Name, int Index) Locate(JsonNode document, string path)
    {
        string[] steps = path[1..].Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        steps = [.. steps.Select(step => step.Replace(Point, '.'))];
        JsonNode node = document;
        foreach (string step in steps[..^1])
            node = (step[0] == '[' ? node[Index(step)] : node[step])!;
        return steps[^1][0] == '[' ? (node, null, Index(steps[^1])) : (node, steps[^1], 0);
    }

    private static int Index(string step) => int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture);
}
