using System.Text.Json;
using BitNet.Perf.Receipts.Json;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Import.Claims;

/// <summary>Published figures as a file: a claims/1 document, or a timing summary in Markdown. Arithmetic that cannot be right does not keep a file from being
/// read: it becomes warnings that the receipt carries wherever it goes.</summary>
public static class ClaimsFile
{
    // Far beyond any figure, and far within what a decimal number of any unit holds.
    private const decimal Largest = 1e15m;

    private const string Expected = "a document of schema claims/1, or a timing summary in Markdown";

    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Malformed"/>, with line or JSON path.</exception>
    public static ImportedFile Parse(byte[] content)
    {
        ClaimedFigures claims = Read(content);
        return new ImportedFile
        {
            Origin = ReceiptOrigin.External,
            Launches = Launches(claims),
            Host = new ToldHost
            {
                Processor = claims.Host?.Processor,
                PhysicalCores = claims.Host?.PhysicalCores,
                LogicalCores = claims.Host?.LogicalCores,
                System = claims.Host?.System,
            },
            Source = new FigureSource { Harness = Line(claims.Engine, "$.engine"), Citation = Line(claims.Citation, "$.citation"), Facts = claims.Facts },
            Work = claims.Workloads.ToDictionary(workload => workload.Id, workload => new ImportedWork(workload.Threads, workload.Tokens, workload.Bytes)),
            Warnings = [.. ClaimChecks.Of(claims)],
        };
    }

    /// <summary>What is claimed, its forms looked at but not its arithmetic.</summary>
    public static ClaimedFigures Read(byte[] content)
    {
        ReadOnlyMemory<byte> text = StrictJson.WithoutMark(content);
        if (text.Span.TrimStart(" \t\r\n"u8).StartsWith("#"u8))
            return Checked(TimingSummary.Parse(content));
        using JsonDocument document = ForeignJson.Parse(content, Expected);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || ForeignJson.Text(root, "schema") is not string schema || !schema.StartsWith("claims/", StringComparison.Ordinal))
            throw ForeignFormat.Wrong(root, "no schema", Expected);
        SchemaName.Require(root, ClaimedFigures.CurrentSchema);
        return Checked(StrictJson.Deserialize<ClaimedFigures>(content, root));
    }

    private static ClaimedFigures Checked(ClaimedFigures claims)
    {
        if (claims.Workloads.Count == 0)
            throw ForeignJson.Fault("$.workloads", "no figure", "at least one");
        foreach ((string name, string value) in claims.Facts)
            Line(value, $"$.facts.{Line(name, "$.facts")}");
        foreach (string? told in new[] { claims.Host?.Processor, claims.Host?.System })
            _ = told is null ? null : Line(told, "$.host");
        HashSet<string> seen = [];
        for (int i = 0; i < claims.Workloads.Count; i++)
            Check(claims.Workloads[i], seen, FormattableString.Invariant($"$.workloads[{i}]"));
        if (claims.Breakdown is { } breakdown)
            Check(breakdown, seen);
        return claims;
    }

    private static void Check(ClaimedWorkload workload, HashSet<string> seen, string place)
    {
        ForeignJson.Name(workload.Id, $"{place}.id");
        if (!seen.Add(workload.Id))
            throw ForeignJson.Fault($"{place}.id", $"{workload.Id} occurs twice", "each workload once");
        if (!Unit.TryParse(workload.Unit, out _, out _))
            throw ForeignJson.Fault($"{place}.unit", $"\"{SamplesCsv.Shown(workload.Unit)}\"", $"one of {Unit.Names}");
        if (workload.Runs.Count == 0 || workload.Runs.Any(run => run.Count == 0 || run.Any(value => value is <= 0 or > Largest)))
            throw ForeignJson.Fault($"{place}.runs", "a run without values, or a value that is not above 0 (and below 10^15)", "at least one run, each with positive values");
        if (workload.Statistic is not null && (workload.Runs.Count > 1 || workload.Runs[0].Count > 1))
            throw ForeignJson.Fault($"{place}.statistic", "several values and a statistic", "either the runs, or one published figure and what it is");
        if (workload.Threads is < 1 || workload.Tokens is < 1 || workload.Bytes is < 1)
            throw ForeignJson.Fault(place, "threads, tokens or bytes below 1", "positive numbers; what is not told is left out");
    }

    private static void Check(ClaimedBreakdown breakdown, HashSet<string> workloads)
    {
        if (!Unit.TryParse(breakdown.Unit, out Unit unit, out _) || unit != Unit.Nanoseconds)
            throw ForeignJson.Fault("$.breakdown.unit", $"\"{SamplesCsv.Shown(breakdown.Unit)}\"", "ns, us, ms or s");
        if (breakdown.Parts.Count == 0)
            throw ForeignJson.Fault("$.breakdown.parts", "no part", "at least one");
        foreach (ClaimedPart part in breakdown.Parts.Prepend(breakdown.Total))
        {
            Line(part.Name, "$.breakdown");
            if (part.Value is <= 0 or > Largest)
                throw ForeignJson.Fault("$.breakdown", $"{part.Name} is not above 0", "positive times");
            if (part.Workload is string id && !workloads.Contains(id))
                throw ForeignJson.Fault("$.breakdown", $"{part.Name} names the workload \"{SamplesCsv.Shown(id)}\"", "one of $.workloads");
        }
    }

    private static string Line(string text, string place)
    {
        if (!Forms.IsText(text))
            throw ForeignJson.Fault(place, $"\"{SamplesCsv.Shown(text)}\"", "one line of text");
        return MachinePaths.Find(text) is { } path ? throw ForeignJson.Fault(place, $"holds a path of the machine, {SamplesCsv.Shown(path)}", "text that means the same on every machine") : text;
    }

    private static ImportedLaunch[] Launches(ClaimedFigures claims)
    {
        SampleRow[] rows =
        [
            .. from workload in claims.Workloads
               from run in workload.Runs.Select((values, index) => (Values: values, Index: index))
               from sample in run.Values.Select((value, index) => (Value: value, Index: index))
               select Row(workload, run.Index + 1, sample.Index + 1, sample.Value),
        ];
        return [.. ImportedLaunch.Of(rows)];
    }

    private static SampleRow Row(ClaimedWorkload workload, int run, int iteration, decimal value)
    {
        Unit.TryParse(workload.Unit, out Unit unit, out double factor);
        return new SampleRow(workload.Id, run, iteration, (double)(value * (decimal)factor), unit);
    }
}
