using BitNet.Perf.Receipts.Import.Claims;

namespace BitNet.Perf.Receipts.Import;

/// <summary>A format of files that figures of other harnesses are read from.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Describes">What such a file is.</param>
/// <param name="SeveralFiles">Whether several files of it make one receipt, the launches of each behind those of the one before.</param>
/// <param name="Parse">Reads a file's content; throws <see cref="ReceiptException"/> without the file's name.</param>
public sealed record ImportFormat(string Name, string Describes, bool SeveralFiles, Func<byte[], ImportedFile> Parse)
{
    public static IReadOnlyList<ImportFormat> All { get; } =
    [
        new("csv", $"samples as CSV with the header {SamplesCsv.Header}", false, content => new ImportedFile { Launches = ImportedLaunch.Of(SamplesCsv.Parse(content)) }),
        new("bdn", "BenchmarkDotNet's full JSON", true, BenchmarkDotNetJson.Parse),
        new("llama-bench", "llama-bench's JSON or JSONL, a file a launch", true, LlamaBenchJson.Parse),
        new("google-benchmark", "Google Benchmark's JSON, a file a launch", true, GoogleBenchmarkJson.Parse),
        new("claims", "published figures: a claims/1 document, or a timing summary in Markdown", false, ClaimsFile.Parse),
    ];

    public static string Names { get; } = string.Join(", ", All.Select(format => format.Name));
}
