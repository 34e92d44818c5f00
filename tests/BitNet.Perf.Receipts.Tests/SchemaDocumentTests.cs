using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>docs/receipt.schema.json says what the records say, no more and no less.</summary>
public class SchemaDocumentTests
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly JsonObject Document = JsonNode.Parse(File.ReadAllText(PathOfSchema()))!.AsObject();

    private static string PathOfSchema([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "receipt.schema.json");

    [Fact]
    public void Every_record_is_an_object_with_the_same_members_types_and_nulls_in_both_directions()
    {
        Dictionary<string, Type> records = [];
        Collect(typeof(Receipt), records);
        Assert.Equal(records.Keys.Where(name => name != "receipt").Order(), Document["$defs"]!.AsObject().Select(entry => entry.Key).Order());
        foreach ((string name, Type record) in records)
        {
            JsonObject definition = name == "receipt" ? Document : Document["$defs"]![name]!.AsObject();
            // A member that is left out when it has no value is never null.
            string[] expected = [.. Members(record).Select(member => $"{Camel(member.Name)}: {(LeftOutWhenNull(member) ? Shape(member).TrimEnd('?') : Shape(member))}")];
            string[] found = [.. definition["properties"]!.AsObject().Select(property => $"{property.Key}: {Shape(property.Value!.AsObject())}")];
            Assert.Equal(expected, found);
            Assert.Equal(Members(record).Where(member => !LeftOutWhenNull(member)).Select(member => Camel(member.Name)), definition["required"]!.AsArray().Select(member => member!.GetValue<string>()));
            Assert.Equal("object", definition["type"]!.GetValue<string>());
            Assert.False(definition["additionalProperties"]!.GetValue<bool>());
        }
    }

    [Fact]
    public void A_receipt_as_written_is_valid_and_uses_every_member_of_the_schema()
    {
        Receipt example = MachineCodeBreakages.Sound(RecordedFacts.Of(SyntheticReceipt.Create()));
        example = example with
        {
            Build = example.Build with { ExtraKernelWork = 5 },
            Interleaving = InterleavingBreakages.Sound(example),
            Source = new() { Harness = "llama-bench", Citation = null, Facts = new Dictionary<string, string>() },
            Warnings = [new("noisy", null, "text")],
            Settings = example.Settings with { Looks = [new(3, 1)] },
            Workloads = [example.Workloads[0] with { Lossy = true }, .. example.Workloads.Skip(1)],
        };
        JsonNode receipt = JsonNode.Parse(ReceiptFile.Format(ReceiptDigest.Seal(example)))!;
        SchemaWalk walk = new(Document);
        walk.Visit(receipt);
        Assert.Empty(walk.Errors);
        IEnumerable<string> declared = new[] { ("receipt", Document) }.Concat(Document["$defs"]!.AsObject().Select(entry => (entry.Key, entry.Value!.AsObject())))
            .SelectMany(definition => definition.Item2["properties"]!.AsObject().Select(property => $"{definition.Item1}.{property.Key}"));
        Assert.Equal(declared.Order(), walk.Used.Order());
    }

    [Theory]
    [InlineData("$.suite", null)]
    [InlineData("$.run", "\"monday\"")]
    [InlineData("$.schema", "\"receipt/2\"")]
    [InlineData("$.status", "\"done\"")]
    [InlineData("$.launches[0].index", "0")]
    [InlineData("$.launches[0].index", "1.5")]
    [InlineData("$.launches[0].startedUtc", "\"2026-01-31T08:15:00+00:00\"")]
    [InlineData("$.workloads[0].launches[0].values[0]", "0")]
    [InlineData("$.workloads[0].launches[0].values[0]", "null")]
    [InlineData("$.model.sha256", "\"ABC\"")]
    [InlineData("$.host.turbo", "\"on\"")]
    [InlineData("$.phases.phases[1].parts[0].nanoseconds", "\"9\"")]
    public void What_the_schema_forbids_the_walk_finds(string path, string? json)
    {
        JsonNode receipt = JsonNode.Parse(ReceiptFile.Format(ReceiptDigest.Seal(SyntheticReceipt.Create())))!;
        SchemaWalk walk = new(Document);
        walk.Visit(json is null ? Leaves.Remove(receipt, path) : Leaves.Replace(receipt, path, JsonNode.Parse(json)));
        Assert.NotEmpty(walk.Errors);
    }

    private static void Collect(Type record, Dictionary<string, Type> records)
    {
        if (!records.TryAdd(Camel(record.Name), record))
            return;
        foreach (PropertyInfo member in Members(record))
        {
            Type type = Item(Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType);
            if (type.Namespace == typeof(Receipt).Namespace && type.IsClass)
                Collect(type, records);
        }
    }

    private static PropertyInfo[] Members(Type record) => record.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static bool LeftOutWhenNull(PropertyInfo member) => member.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingNull;

    private static Type Item(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : type;

    /// <summary>A member's type in a few words, e.g. "number?", "array of integer", "launchRecord".</summary>
    private static string Shape(PropertyInfo member)
    {
        Type? underlying = Nullable.GetUnderlyingType(member.PropertyType);
        bool nullable = underlying is not null || (!member.PropertyType.IsValueType && Nullability.Create(member).ReadState == NullabilityState.Nullable);
        Type type = underlying ?? member.PropertyType;
        string shape = Item(type) != type ? $"array of {Name(Item(type))}" : Name(type);
        return nullable ? shape + "?" : shape;
    }

    private static string Name(Type type) => type switch
    {
        _ when type == typeof(string) => "string",
        _ when type == typeof(DateTimeOffset) => "time",
        _ when type == typeof(bool) => "boolean",
        _ when type == typeof(int) || type == typeof(long) => "integer",
        _ when type == typeof(double) => "number",
        _ when type == typeof(IReadOnlyDictionary<string, string>) => "map of string",
        _ when type.IsEnum => string.Join('|', Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)),
        _ => Camel(type.Name),
    };

    private static string Shape(JsonObject property)
    {
        if (property["anyOf"] is JsonArray choices)
        {
            Assert.Equal("null", choices[1]!["type"]!.GetValue<string>());
            return Shape(choices[0]!.AsObject()) + "?";
        }
        if (property["$ref"] is JsonNode reference)
            return reference.GetValue<string>()["#/$defs/".Length..];
        if (property["type"] is null)
            return string.Join('|', property["enum"]!.AsArray().Select(value => value!.GetValue<string>()));
        string[] types = property["type"] is JsonArray several ? [.. several.Select(type => type!.GetValue<string>())] : [property["type"]!.GetValue<string>()];
        string name = types[0] switch
        {
            "array" => $"array of {Shape(property["items"]!.AsObject())}",
            "object" => $"map of {Shape(property["additionalProperties"]!.AsObject())}",
            "string" when property["format"]?.GetValue<string>() == "date-time" => "time",
            string type => type,
        };
        return types is [_, "null"] ? name + "?" : name;
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
