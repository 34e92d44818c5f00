using System.Text.Json;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import;

/// <summary>Google Benchmark's JSON: a file is one launch, its repetitions are iterations, and a sample is the real time of one iteration of the
/// benchmark's loop, as the file has it. Aggregates are passed over.</summary>
public static class GoogleBenchmarkJson
{
    private const string Expected = "Google Benchmark's JSON (--benchmark_format=json)";

    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Malformed"/>, with line or JSON path.</exception>
    public static ImportedFile Parse(byte[] content)
    {
        using JsonDocument document = ForeignJson.Parse(content, Expected);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("benchmarks", out JsonElement benchmarks) || benchmarks.ValueKind != JsonValueKind.Array)
            throw ForeignFormat.Wrong(root, "no array \"benchmarks\"", Expected);
        List<SampleRow> rows = [];
        List<ReceiptWarning> warnings = [];
        Dictionary<string, (string Place, int? Family, int? Instance)> seen = [];
        HashSet<(string, int)> repetitions = [];
        Dictionary<string, ImportedWork> work = [];
        int index = -1, aggregates = 0;
        foreach (JsonElement benchmark in benchmarks.EnumerateArray())
        {
            string place = FormattableString.Invariant($"$.benchmarks[{++index}]");
            string name = ForeignJson.Name(ForeignJson.Member(benchmark, "name", JsonValueKind.String, place).GetString()!, $"{place}.name");
            if (IsAggregate(benchmark, place))
            {
                aggregates++;
                continue;
            }
            if (Failure(benchmark) is string why)
            {
                warnings.Add(new("benchmark-failed", name, why));
                continue;
            }
            var registered = (place, ForeignJson.Count(benchmark, "family_index"), ForeignJson.Count(benchmark, "per_family_instance_index"));
            if (!seen.TryAdd(name, registered) && (seen[name].Family, seen[name].Instance) != (registered.Item2, registered.Item3))
                throw ForeignJson.Fault(place, $"{name} is also the name of {seen[name].Place}, which is another benchmark", "a name for each benchmark");
            SampleRow row = Sample(benchmark, name, place);
            if (!repetitions.Add((name, row.Iteration)))
                throw ForeignJson.Fault(place, $"{name}, repetition {row.Iteration}, a second time", "each repetition once");
            rows.Add(row);
            work[name] = new ImportedWork(Threads: ForeignJson.Count(benchmark, "threads") is > 0 and int threads ? threads : null);
        }
        if (rows.Count == 0)
        {
            throw ForeignJson.Fault("$.benchmarks", aggregates > 0 ? "only aggregates" : "no measurement",
                aggregates > 0 ? "the repetitions themselves (leave out --benchmark_report_aggregates_only)" : "at least one");
        }
        JsonElement context = root.TryGetProperty("context", out JsonElement found) ? found : default;
        return new ImportedFile
        {
            Launches = [new ImportedLaunch(rows)],
            Host = Host(context),
            Source = new FigureSource { Harness = Harness(context), Citation = null, Facts = Facts(context) },
            Work = work,
            Warnings = [.. warnings.DistinctBy(warning => warning.Subject), .. Doubts(context)],
        };
    }

    // Versions before 1.5 have no run_type; their aggregates are told by the end of their names.
    private static bool IsAggregate(JsonElement benchmark, string place) => ForeignJson.Text(benchmark, "run_type") switch
    {
        "iteration" => false,
        "aggregate" => true,
        null => new[] { "_mean", "_median", "_stddev", "_cv", "_BigO", "_RMS" }.Any(ForeignJson.Text(benchmark, "name")!.EndsWith),
        string other => throw ForeignJson.Fault($"{place}.run_type", $"\"{SamplesCsv.Shown(other)}\"", "iteration or aggregate"),
    };

    private static string? Failure(JsonElement benchmark)
    {
        if (ForeignJson.IsTrue(benchmark, "error_occurred"))
            return Said("failed", ForeignJson.Text(benchmark, "error_message"));
        // "skipped" names the way: by message or with an error.
        bool skipped = benchmark.TryGetProperty("skipped", out JsonElement way) && way.ValueKind is JsonValueKind.True or JsonValueKind.String;
        return skipped ? Said("was skipped", ForeignJson.Text(benchmark, "skip_message") ?? ForeignJson.Text(benchmark, "error_message")) : null;
    }

    private static string Said(string what, string? message) => message is null ? $"{what}: left out" : $"{what} ({ForeignFacts.Line(message)}): left out";

    private static SampleRow Sample(JsonElement benchmark, string name, string place)
    {
        string unit = ForeignJson.Text(benchmark, "time_unit") ?? throw ForeignJson.Fault(place, "no member \"time_unit\"", "ns, us, ms or s");
        double factor = unit switch
        {
            "ns" => 1,
            "us" => 1e3,
            "ms" => 1e6,
            "s" => 1e9,
            _ => throw ForeignJson.Fault($"{place}.time_unit", $"\"{SamplesCsv.Shown(unit)}\"", "ns, us, ms or s"),
        };
        double time = ForeignJson.Positive(ForeignJson.Member(benchmark, "real_time", JsonValueKind.Number, place), $"{place}.real_time") * factor;
        if (!double.IsFinite(time))
            throw ForeignJson.Fault($"{place}.real_time", "infinite in nanoseconds", "a finite number above 0");
        return new SampleRow(name, 1, (ForeignJson.Count(benchmark, "repetition_index") ?? 0) + 1, time, Unit.Nanoseconds);
    }

    // The host's name and the program's folder stay out: a receipt tells no machine's name and no path.
    private static ToldHost Host(JsonElement context) => new()
    {
        LogicalCores = ForeignJson.Count(context, "num_cpus") is > 0 and int cpus ? cpus : null,
        Caches = context.ValueKind == JsonValueKind.Object && context.TryGetProperty("caches", out JsonElement caches) && caches.ValueKind == JsonValueKind.Array
            ? [.. caches.EnumerateArray().Select(Cache).OfType<CacheDescription>()]
            : [],
    };

    private static CacheDescription? Cache(JsonElement cache) =>
        ForeignJson.Count(cache, "level") is >= 1 and <= 4 and int level && ForeignJson.Count(cache, "size") is > 0 and int bytes
            && ForeignJson.Text(cache, "type")?.ToLowerInvariant() is "data" or "instruction" or "unified"
            ? new CacheDescription(level, ForeignJson.Text(cache, "type")!.ToLowerInvariant(), bytes, null)
            : null;

    private static string Harness(JsonElement context) =>
        ForeignJson.Text(context, "library_version") is string version ? ForeignFacts.Line($"Google Benchmark {version}") : "Google Benchmark";

    private static IReadOnlyDictionary<string, string> Facts(JsonElement context)
    {
        ForeignFacts facts = new();
        facts.Add(ForeignFacts.Date, ForeignJson.Text(context, "date"));
        facts.Add("library built as", ForeignJson.Text(context, "library_build_type"));
        if (context.ValueKind == JsonValueKind.Object && context.TryGetProperty("mhz_per_cpu", out JsonElement clock) && clock.ValueKind == JsonValueKind.Number)
            facts.Add(ForeignFacts.Clock, $"{clock.GetRawText()} MHz");
        if (context.ValueKind == JsonValueKind.Object && context.TryGetProperty("load_avg", out JsonElement load) && load.ValueKind == JsonValueKind.Array)
            facts.Add(ForeignFacts.Load, string.Join(", ", load.EnumerateArray().Select(ForeignFacts.Text)));
        return facts.Collected;
    }

    private static IEnumerable<ReceiptWarning> Doubts(JsonElement context)
    {
        if (ForeignJson.IsTrue(context, "cpu_scaling_enabled"))
            yield return new("cpu-scaling", null, "Google Benchmark found frequency scaling enabled");
        if (ForeignJson.Text(context, "library_build_type") == "debug")
            yield return new("debug-build", null, "Google Benchmark's library was built without optimization");
    }
}
