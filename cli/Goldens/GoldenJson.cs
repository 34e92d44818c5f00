using System.Text.Json;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Cli.Goldens;

/// <summary>Reads the JSON of golden files; what is wrong with one is told with its file and line (65).</summary>
internal static class GoldenJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    public static JsonDocument ReadDocument(string path) => Attempt(path, () => JsonDocument.Parse(AtomicFile.Read(path)));

    public static T Read<T>(string path, JsonDocument document) =>
        Attempt(path, () => document.Deserialize<T>(Options) ?? throw new JsonException("the document is null"));

    private static T Attempt<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException e)
        {
            string at = e.LineNumber is { } line ? $" at line {line + 1}" : "";
            throw CommandFailure.BadInput($"{path}: not a golden file{at}: {e.Message}; expected the JSON of a reference evaluation", e);
        }
    }
}
