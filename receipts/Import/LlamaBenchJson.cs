using System.Text.Json;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import;

/// <summary>llama-bench's JSON and JSONL, of llama.cpp, bitnet.cpp and ik_llama.cpp: a file is one launch, a test's samples are its iterations, in tokens per
/// second. Averages and deviations are passed over.</summary>
public static class LlamaBenchJson
{
    private const string Expected = "llama-bench's JSON (-o json or -o jsonl)";

    // samples_ts is printed with six digits.
    private const double Rounding = 1e-4;

    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Malformed"/>, with line or JSON path.</exception>
    public static ImportedFile Parse(byte[] content)
    {
        List<JsonDocument> documents = LlamaBenchLines.Parse(content, Expected);
        try
        {
            return Read(Tests(documents));
        }
        finally
        {
            documents.ForEach(document => document.Dispose());
        }
    }

    private static LlamaBenchTest[] Tests(List<JsonDocument> documents)
    {
        (JsonElement Element, string Place)[] entries = documents is [{ RootElement.ValueKind: JsonValueKind.Array } only]
            ? [.. only.RootElement.EnumerateArray().Select((element, index) => (element, FormattableString.Invariant($"$[{index}]")))]
            : [.. documents.Select((document, index) => (document.RootElement, documents.Count == 1 ? "$" : FormattableString.Invariant($"test {index + 1}")))];
        if (entries.Length == 0)
            throw ForeignJson.Fault("$", "no test", "at least one");
        foreach ((JsonElement element, _) in entries)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("n_prompt", out _))
                throw ForeignFormat.Wrong(element, "no member \"n_prompt\"", Expected);
        }
        return [.. entries.Select(entry => new LlamaBenchTest(entry.Element, entry.Place))];
    }

    private static ImportedFile Read(LlamaBenchTest[] tests)
    {
        string[] names = LlamaBenchNames.Of(tests);
        List<SampleRow> rows = [];
        Dictionary<string, ImportedWork> work = [];
        for (int i = 0; i < tests.Length; i++)
        {
            rows.AddRange(Samples(tests[i], names[i]));
            work[names[i]] = new ImportedWork(Threads: tests[i].Threads, Tokens: tests[i].Tokens);
        }
        return new ImportedFile
        {
            Launches = [new ImportedLaunch(rows)],
            Host = new ToldHost { Processor = Common(tests, "cpu_info") },
            Source = new FigureSource { Harness = "llama-bench", Citation = null, Facts = Facts(tests) },
            Work = work,
        };
    }

    private static IEnumerable<SampleRow> Samples(LlamaBenchTest test, string name)
    {
        JsonElement[]? times = Array(test, "samples_ns"), rates = Array(test, "samples_ts");
        if (times is null && rates is null)
            throw ForeignJson.Fault(test.Place, "neither samples_ns nor samples_ts", "samples; averages alone are none");
        if ((times ?? rates)!.Length == 0)
            throw ForeignJson.Fault($"{test.Place}.{(times is null ? "samples_ts" : "samples_ns")}", "no sample", "at least one");
        if (times is not null && rates is not null && times.Length != rates.Length)
            throw ForeignJson.Fault(test.Place, FormattableString.Invariant($"{times.Length} samples_ns and {rates.Length} samples_ts"), "as many of both");
        WorkPerOperation work = new() { Tokens = test.Tokens };
        for (int i = 0; i < (times ?? rates)!.Length; i++)
        {
            string at = FormattableString.Invariant($"[{i}]");
            double? time = times is null ? null : ForeignJson.Positive(times[i], $"{test.Place}.samples_ns{at}");
            double? rate = rates is null ? null : ForeignJson.Positive(rates[i], $"{test.Place}.samples_ts{at}");
            double value = time is double elapsed ? WorkloadFigures.Value(Unit.TokensPerSecond, work, 1, elapsed) : rate!.Value;
            if (rate is double told && Math.Abs(told - value) > Rounding * value)
                throw ForeignJson.Fault($"{test.Place}.samples_ts{at}", FormattableString.Invariant($"{told} tok/s; {test.Tokens} tokens in {time} ns are {value:G6}"), "samples that agree");
            yield return new SampleRow(name, 1, i + 1, value, Unit.TokensPerSecond, time);
        }
    }

    private static JsonElement[]? Array(LlamaBenchTest test, string name) =>
        test.Element.TryGetProperty(name, out _) ? [.. ForeignJson.Member(test.Element, name, JsonValueKind.Array, test.Place).EnumerateArray()] : null;

    // What all tests of the file have in common; what differs is in their names.
    private static IReadOnlyDictionary<string, string> Facts(LlamaBenchTest[] tests)
    {
        ForeignFacts facts = new();
        foreach (string name in tests[0].Settings.Keys.Where(name => name != "cpu_info"))
            facts.Add(name.Replace('_', ' '), Common(tests, name));
        facts.Add(ForeignFacts.Date, ForeignJson.Text(tests[0].Element, "test_time"));
        return facts.Collected;
    }

    private static string? Common(LlamaBenchTest[] tests, string setting) =>
        tests[0].Settings.TryGetValue(setting, out string? value) && tests.All(test => test.Settings.GetValueOrDefault(setting) == value) ? value : null;
}
