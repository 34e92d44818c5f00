using System.Text.Json;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import;

/// <summary>BenchmarkDotNet's full JSON exporter: every Workload/Actual measurement is a sample, nanoseconds ÷ operations; launches are those of
/// LaunchIndex. Nothing is removed, overhead is not subtracted.</summary>
public static class BenchmarkDotNetJson
{
    private const string Expected = "BenchmarkDotNet's full JSON (--exporters fulljson)";

    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Malformed"/>, with line or JSON path.</exception>
    public static ImportedFile Parse(byte[] content)
    {
        using JsonDocument document = ForeignJson.Parse(content, Expected);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("Benchmarks", out JsonElement benchmarks) || benchmarks.ValueKind != JsonValueKind.Array)
            throw ForeignFormat.Wrong(root, "no array \"Benchmarks\"", Expected);
        if (benchmarks.GetArrayLength() == 0)
            throw ForeignJson.Fault("$.Benchmarks", "no benchmark", "at least one");
        JsonElement[] all = [.. benchmarks.EnumerateArray()];
        string[] names = Names(all);
        List<SampleRow> rows = [];
        List<ReceiptWarning> warnings = [];
        for (int i = 0; i < all.Length; i++)
        {
            SampleRow[] samples = Samples(all[i], names[i], Place(i));
            if (samples.Length == 0)
                warnings.Add(new("benchmark-failed", names[i], "BenchmarkDotNet measured nothing: left out"));
            rows.AddRange(samples);
        }
        if (rows.Count == 0)
            throw ForeignJson.Fault("$.Benchmarks", "no Workload/Actual measurement in any benchmark", "at least one");
        JsonElement host = root.TryGetProperty("HostEnvironmentInfo", out JsonElement info) ? info : default;
        return new ImportedFile
        {
            Launches = ImportedLaunch.Of(rows),
            Host = Host(host),
            Source = new FigureSource { Harness = Harness(host), Citation = null, Facts = Facts(root, host, all) },
            Warnings = [.. warnings, .. Doubts(host)],
        };
    }

    private static string Place(int index) => FormattableString.Invariant($"$.Benchmarks[{index}]");

    /// <summary>Namespace, type, method and parameters as BenchmarkDotNet writes them; of benchmarks in several jobs also the job.</summary>
    private static string[] Names(JsonElement[] benchmarks)
    {
        string[] full = [.. benchmarks.Select((benchmark, index) => ForeignJson.Name(FullName(benchmark, Place(index)), Place(index)))];
        string[] names = [.. full.Select((name, index) => full.Count(other => other == name) == 1 || Job(benchmarks[index]) is not string job ? name : $"{name} [{job}]")];
        for (int i = 0; i < names.Length; i++)
        {
            if (Array.IndexOf(names, names[i]) is int first && first < i)
                throw ForeignJson.Fault(Place(i), $"{names[i]} is also the name of {Place(first)}", "a name and job for each benchmark");
        }
        return names;
    }

    private static string FullName(JsonElement benchmark, string place)
    {
        if (ForeignJson.Text(benchmark, "FullName") is string name)
            return name;
        string method = ForeignJson.Member(benchmark, "Method", JsonValueKind.String, place).GetString()!;
        string path = string.Join('.', new[] { ForeignJson.Text(benchmark, "Namespace"), ForeignJson.Text(benchmark, "Type"), method }.OfType<string>());
        return ForeignJson.Text(benchmark, "Parameters") is string parameters ? $"{path}({parameters.Replace("&", ", ", StringComparison.Ordinal)})" : path;
    }

    // "Type.Method: Job(Characteristics) [Parameters]"
    private static string? Job(JsonElement benchmark)
    {
        if (ForeignJson.Text(benchmark, "DisplayInfo") is not string info || info.IndexOf(": ", StringComparison.Ordinal) is var colon && colon < 0)
            return null;
        string job = info[(colon + 2)..];
        int parameters = job.IndexOf(" [", StringComparison.Ordinal);
        return ForeignFacts.Line(parameters < 0 ? job : job[..parameters]);
    }

    private static SampleRow[] Samples(JsonElement benchmark, string name, string place)
    {
        if (!benchmark.TryGetProperty("Measurements", out JsonElement measurements))
            throw ForeignJson.Fault(place, "no Measurements", $"{Expected}; the brief one leaves them out");
        if (measurements.ValueKind == JsonValueKind.Null)
            return [];
        measurements = ForeignJson.Member(benchmark, "Measurements", JsonValueKind.Array, place);
        List<SampleRow> rows = [];
        HashSet<(int, int)> seen = [];
        int index = -1;
        foreach (JsonElement measurement in measurements.EnumerateArray())
        {
            string at = FormattableString.Invariant($"{place}.Measurements[{++index}]");
            if (ForeignJson.Member(measurement, "IterationMode", JsonValueKind.String, at).GetString() != "Workload"
                || ForeignJson.Member(measurement, "IterationStage", JsonValueKind.String, at).GetString() != "Actual")
            {
                continue;
            }
            double operations = ForeignJson.Positive(ForeignJson.Member(measurement, "Operations", JsonValueKind.Number, at), $"{at}.Operations");
            double nanoseconds = ForeignJson.Positive(ForeignJson.Member(measurement, "Nanoseconds", JsonValueKind.Number, at), $"{at}.Nanoseconds");
            (int launch, int iteration) = (ForeignJson.RequiredCount(measurement, "LaunchIndex", at), ForeignJson.RequiredCount(measurement, "IterationIndex", at));
            if (!seen.Add((launch, iteration)))
                throw ForeignJson.Fault(at, FormattableString.Invariant($"launch {launch}, iteration {iteration} a second time"), "each measurement once");
            rows.Add(new SampleRow(name, launch, iteration, nanoseconds / operations, Unit.Nanoseconds));
        }
        return [.. rows];
    }

    private static ToldHost? Host(JsonElement host) => host.ValueKind != JsonValueKind.Object ? null : new ToldHost
    {
        Processor = ForeignJson.Text(host, "ProcessorName") is string name && !name.StartsWith("Unknown", StringComparison.OrdinalIgnoreCase) ? ForeignFacts.Line(name) : null,
        Sockets = Known(ForeignJson.Count(host, "PhysicalProcessorCount")),
        PhysicalCores = Known(ForeignJson.Count(host, "PhysicalCoreCount")),
        LogicalCores = Known(ForeignJson.Count(host, "LogicalCoreCount")),
        System = ForeignJson.Text(host, "OsVersion") is string system ? ForeignFacts.Line(system) : null,
        Platform = Platform(ForeignJson.Text(host, "OsVersion")),
        Architecture = ForeignJson.Text(host, "Architecture")?.ToLowerInvariant() is "x64" or "arm64" ? ForeignJson.Text(host, "Architecture")!.ToLowerInvariant() : null,
    };

    private static int? Known(int? count) => count is > 0 ? count : null;

    // Some versions name the distribution alone; that is not taken for a platform.
    private static string? Platform(string? system) => system switch
    {
        null => null,
        _ when system.StartsWith("Windows", StringComparison.OrdinalIgnoreCase) => "windows",
        _ when system.StartsWith("macOS", StringComparison.OrdinalIgnoreCase) => "macos",
        _ when system.Contains("Linux", StringComparison.OrdinalIgnoreCase) => "linux",
        _ => null,
    };

    private static string Harness(JsonElement host) =>
        ForeignJson.Text(host, "BenchmarkDotNetVersion") is string version ? ForeignFacts.Line($"BenchmarkDotNet {version}") : "BenchmarkDotNet";

    private static IReadOnlyDictionary<string, string> Facts(JsonElement root, JsonElement host, JsonElement[] benchmarks)
    {
        ForeignFacts facts = new();
        facts.Add(ForeignFacts.Title, ForeignJson.Text(root, "Title"));
        facts.Add("runtime", ForeignJson.Text(host, "RuntimeVersion"));
        facts.Add("SDK", ForeignJson.Text(host, "DotNetCliVersion"));
        facts.Add("configuration", ForeignJson.Text(host, "Configuration"));
        facts.Add("job", string.Join("; ", benchmarks.Select(Job).OfType<string>().Distinct()));
        facts.Add("hardware intrinsics", string.Join("; ", benchmarks.Select(benchmark => ForeignJson.Text(benchmark, "HardwareIntrinsics")).OfType<string>().Distinct()));
        return facts.Collected;
    }

    private static IEnumerable<ReceiptWarning> Doubts(JsonElement host)
    {
        if (ForeignJson.IsTrue(host, "HasAttachedDebugger"))
            yield return new("debugger-attached", null, "BenchmarkDotNet ran with a debugger attached");
        if (ForeignJson.Text(host, "Configuration") is string configuration && configuration.Equals("DEBUG", StringComparison.OrdinalIgnoreCase))
            yield return new("debug-build", null, "BenchmarkDotNet measured a build without optimization");
    }
}
