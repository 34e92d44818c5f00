using System.Text.Encodings.Web;
using System.Text.Json;

namespace BitNet.Perf.Cli;

/// <summary>The one JSON document of <c>--json</c>: camel case, compact, null for what is not known, text unescaped where JSON allows.</summary>
public static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write<T>(TextWriter output, T value) => output.WriteLine(JsonSerializer.Serialize(value, Options));
}
