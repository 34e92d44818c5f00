using System.Text.Json;

namespace BitNet.Perf.Receipts.Import;

/// <summary>Tells by its looks what a file is that is not of the format asked for, so that the error can name the right option.</summary>
internal static class ForeignFormat
{
    /// <summary>"llama-bench output (--from llama-bench)"; null where it looks like nothing known.</summary>
    public static string? Of(JsonElement root)
    {
        JsonElement first = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root;
        if (first.ValueKind != JsonValueKind.Object)
            return null;
        if (Has(first, "Benchmarks") && Has(first, "HostEnvironmentInfo"))
            return "BenchmarkDotNet's JSON (--from bdn)";
        if (Has(first, "benchmarks") && Has(first, "context"))
            return "Google Benchmark's JSON (--from google-benchmark)";
        if (Has(first, "n_prompt") || Has(first, "model_filename"))
            return "llama-bench output (--from llama-bench)";
        return ForeignJson.Text(first, "schema") switch
        {
            null => null,
            string schema when schema.StartsWith("claims/", StringComparison.Ordinal) => "claimed figures (--from claims)",
            string schema when schema.StartsWith("receipt/", StringComparison.Ordinal) => "a receipt, which needs no import",
            string schema => $"a document of schema {SamplesCsv.Shown(schema)}",
        };
    }

    /// <summary>As <see cref="Of"/>, of a text that is no JSON.</summary>
    public static string? OfText(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> start = text.TrimStart(" \t\r\n"u8);
        return start.StartsWith("workload,launch,"u8) ? "samples as CSV (--from csv)"
            : start.StartsWith("| model"u8) ? "llama-bench's table, which has no samples (its JSON has: -o json)"
            : start.StartsWith("build_commit,"u8) || start.StartsWith("\"build_commit\""u8) ? "llama-bench's CSV, which has no samples (its JSON has: -o json)"
            : start.StartsWith("name,iterations,"u8) ? "Google Benchmark's CSV (its JSON is read: --benchmark_format=json)"
            : start.StartsWith("# "u8) ? "Markdown (--from claims reads timing summaries)"
            : null;
    }

    /// <summary>The error for a document that is JSON, and another.</summary>
    public static ReceiptException Wrong(JsonElement root, string what, string expected) =>
        ForeignJson.Fault(null, Of(root) is string other ? $"looks like {other}" : what, expected);

    private static bool Has(JsonElement element, string name) => element.TryGetProperty(name, out _);
}
