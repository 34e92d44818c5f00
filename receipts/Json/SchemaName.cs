using System.Globalization;
using System.Text.Json;

namespace BitNet.Perf.Receipts.Json;

/// <summary>The "schema" member, "NAME/VERSION", which is looked at before anything else in a document is.</summary>
internal static class SchemaName
{
    /// <param name="document">To be looked at.</param>
    /// <param name="current">Name and version that this program writes.</param>
    /// <param name="path">JSON path of <paramref name="document"/>.</param>
    /// <exception cref="ReceiptException">Another kind of document, or a newer version than <paramref name="current"/>.</exception>
    public static void Require(JsonElement document, string current, string path = "$")
    {
        string? found = document.ValueKind == JsonValueKind.Object && document.TryGetProperty("schema", out JsonElement schema) && schema.ValueKind == JsonValueKind.String
            ? schema.GetString()
            : null;
        Require(found, current, path);
    }

    /// <inheritdoc cref="Require(JsonElement, string, string)"/>
    /// <param name="found">What the document's member "schema" says; null when it has none.</param>
    public static void Require(string? found, string current, string path = "$")
    {
        string name = current[..current.IndexOf('/')];
        if (found is null)
            throw new ReceiptException(ReceiptFault.Malformed, null, path, $"not a {name}", $"an object with \"schema\": \"{current}\"");
        if (found == current)
            return;
        if (Version(found, name) is long version && version > Version(current, name))
        {
            throw new ReceiptException(ReceiptFault.NewerSchema, null, path + ".schema",
                $"\"{found}\" was written by a newer version of this program", $"\"{current}\"; update bitnet-perf to read it");
        }
        throw new ReceiptException(ReceiptFault.Malformed, null, path + ".schema", $"unknown schema \"{found}\"", $"\"{current}\"");
    }

    private static long? Version(string schema, string name) =>
        schema.StartsWith(name + "/", StringComparison.Ordinal)
        && long.TryParse(schema.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long version) ? version : null;
}
