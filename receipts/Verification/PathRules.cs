using System.Text.Json;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>No text of a receipt tells a folder of the machine or the name of its user.</summary>
internal static class PathRules
{
    /// <param name="document">The receipt as JSON; null when it has no such form, which is a finding of SealRules.</param>
    public static IEnumerable<Finding> Check(JsonElement? document) => document is { } root ? Walk(root, "$") : [];

    private static IEnumerable<Finding> Walk(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    if (MachinePaths.Find(member.Name) is string name)
                        yield return new("path", path, $"the name \"{name}\" holds a path of the machine");
                    if (member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String))
                        continue;
                    foreach (Finding finding in Walk(member.Value, $"{path}.{member.Name}"))
                        yield return finding;
                }
                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    // Numbers, of which there are most, hold no path.
                    if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String)
                    {
                        foreach (Finding finding in Walk(item, $"{path}[{index}]"))
                            yield return finding;
                    }
                    index++;
                }
                break;
            case JsonValueKind.String when MachinePaths.Find(element.GetString()!) is string found:
                yield return new("path", path, $"holds a path of the machine: {found}");
                break;
        }
    }
}
