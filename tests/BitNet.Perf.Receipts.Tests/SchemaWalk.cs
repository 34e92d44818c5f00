using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>Holds a document against the part of JSON Schema 2020-12 that docs/receipt.schema.json uses, and notes which members occurred.</summary>
internal sealed class SchemaWalk(JsonObject schema)
{
    public List<string> Errors { get; } = [];

    /// <summary>"definition.member" of every member met.</summary>
    public HashSet<string> Used { get; } = [];

    public void Visit(JsonNode document) => Object(document, schema, "receipt", "$");

    private void Node(JsonNode? node, JsonObject rule, string path)
    {
        if (rule["anyOf"] is JsonArray choices)
        {
            if (node is not null)
                Node(node, choices[0]!.AsObject(), path);
            return;
        }
        if (rule["$ref"] is JsonNode reference)
        {
            string name = reference.GetValue<string>()["#/$defs/".Length..];
            Object(node, schema["$defs"]![name]!.AsObject(), name, path);
            return;
        }
        string kind = Kind(node);
        if (rule["type"] is JsonNode type && !Allowed(type).Contains(kind) && !(kind == "integer" && Allowed(type).Contains("number")))
        {
            Errors.Add($"{path}: {kind}");
            return;
        }
        if (node is null)
            return;
        Check(rule["enum"] is not JsonArray values || values.Any(value => JsonNode.DeepEquals(value, node)), path, "not of the enumeration");
        Check(rule["const"] is not JsonNode constant || JsonNode.DeepEquals(constant, node), path, "not the constant");
        Check(rule["pattern"] is not JsonNode pattern || Regex.IsMatch(node.GetValue<string>(), pattern.GetValue<string>()), path, "not of the pattern");
        Check(rule["minimum"] is not JsonNode minimum || Number(node) >= Number(minimum), path, "too small");
        Check(rule["maximum"] is not JsonNode maximum || Number(node) <= Number(maximum), path, "too large");
        Check(rule["exclusiveMinimum"] is not JsonNode above || Number(node) > Number(above), path, "too small");
        if (node is JsonArray items)
        {
            for (int i = 0; i < items.Count; i++)
                Node(items[i], rule["items"]!.AsObject(), $"{path}[{i}]");
        }
        if (node is JsonObject map)
        {
            foreach ((string name, JsonNode? value) in map)
                Node(value, rule["additionalProperties"]!.AsObject(), $"{path}.{name}");
        }
    }

    private void Object(JsonNode? node, JsonObject rule, string name, string path)
    {
        if (node is not JsonObject members)
        {
            Errors.Add($"{path}: {Kind(node)}");
            return;
        }
        JsonObject properties = rule["properties"]!.AsObject();
        foreach (JsonNode? required in rule["required"]!.AsArray())
            Check(members.ContainsKey(required!.GetValue<string>()), path, $"lacks {required}");
        foreach ((string member, JsonNode? value) in members)
        {
            Check(properties.ContainsKey(member), path, $"has {member}");
            if (properties[member] is not JsonObject property)
                continue;
            Used.Add($"{name}.{member}");
            Node(value, property, $"{path}.{member}");
        }
    }

    private void Check(bool holds, string path, string what)
    {
        if (!holds)
            Errors.Add($"{path}: {what}");
    }

    private static string[] Allowed(JsonNode type) => type is JsonArray several ? [.. several.Select(name => name!.GetValue<string>())] : [type.GetValue<string>()];

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => Number(node) == Math.Floor(Number(node)) ? "integer" : "number",
    };
}
