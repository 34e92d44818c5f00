using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BitNet.Perf.Receipts.Import.Claims;

/// <summary>A timing summary in Markdown: total per token, throughput and breakdown under "Key Results", and what it tells of machine, model and test. It
/// holds published figures, no runs.</summary>
internal static partial class TimingSummary
{
    /// <summary>Fact of a summary that verifies instructions by looking through the binary.</summary>
    public const string InstructionsFact = "instructions verified by";

    // Names as the document has them, and as facts.
    private static readonly (string Name, string Fact)[] Told =
    [
        ("Date", ForeignFacts.Date), ("Rust", "compiler"), ("Optimization Level", "optimization"), ("LTO", "link-time optimization"), ("Cores", "cores"),
        ("L1d cache", "L1d cache"), ("L2 cache", "L2 cache"), ("L3 cache", "L3 cache"), ("Model", "model"), ("Format", "model format"), ("Prompt", "prompt"),
        ("Prompt tokens", "prompt tokens"), ("Max tokens", "max tokens"), ("Iterations", "iterations"), ("Sampling", "sampling"), ("Threads", "threads"), ("Commit", "commit"),
    ];

    public static ClaimedFigures Parse(byte[] content)
    {
        if (!System.Text.Unicode.Utf8.IsValid(content))
            throw ForeignJson.Fault($"line {SamplesCsv.FirstInvalidLine(content)}", "not UTF-8", "text in UTF-8");
        string text = Encoding.UTF8.GetString(content);
        string title = Title().Match(text).Groups[1].Value.Trim();
        ILookup<string, string> lines = Line().Matches(Part().Replace(text, "")).ToLookup(line => line.Groups[1].Value.Trim(), line => line.Groups[2].Value.Trim());
        if (Time(lines["Total time per token"].FirstOrDefault()) is not (decimal total, "us"))
            throw ForeignJson.Fault(null, "no line \"Total time per token\" with a time", "a timing summary with key results and a breakdown");
        ClaimedPart[] parts = Parts(text);
        if (parts.Length == 0)
            throw ForeignJson.Fault(null, "no breakdown with lines such as \"- Logits: 72 us (3.70%)\"", "a timing summary with key results and a breakdown");
        string statistic = Statistic().Match(text) is { Success: true } match ? match.Groups[1].Value : ClaimChecks.UnknownStatistic;
        return new ClaimedFigures
        {
            Schema = ClaimedFigures.CurrentSchema,
            Engine = ForeignFacts.Line($"an engine that \"{title}\" does not name"),
            Citation = ForeignFacts.Line($"\"{title}\"{(lines["Date"].FirstOrDefault() is { } date ? $" of {date}" : "")}"),
            Host = Host(lines),
            Facts = Facts(text, lines),
            Workloads = [.. parts.Append(new ClaimedPart { Name = "total", Value = total }).Select(part => new ClaimedWorkload
            {
                Id = "claimed/" + NotAName().Replace(part.Name.ToLowerInvariant(), "-").Trim('-'), Unit = "us", Runs = [[part.Value]], Statistic = statistic,
            })],
            Breakdown = new ClaimedBreakdown
            {
                Unit = "us",
                Total = new ClaimedPart { Name = "total", Value = total },
                Parts = parts,
                Tokens = 1, // the total is "per token"
                TokensPerSecond = Number(lines["Throughput"].FirstOrDefault()?.Split(' ')[0]),
            },
        };
    }

    private static ClaimedPart[] Parts(string text)
    {
        int start = text.IndexOf("**Breakdown**", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return [];
        return
        [
            .. Part().Matches(text[start..]).Select(line => (Name: line.Groups[1].Value.Trim(), Time: Time(line.Groups[2].Value), Percent: Number(line.Groups[3].Value)))
                .Where(part => part.Time is not null)
                .Select(part => new ClaimedPart { Name = part.Name, Value = part.Time!.Value.Value, Percent = part.Percent }),
        ];
    }

    private static ClaimedHost Host(ILookup<string, string> lines)
    {
        Match cores = Cores().Match(lines["Cores"].FirstOrDefault() ?? "");
        return new ClaimedHost
        {
            Processor = lines["CPU"].FirstOrDefault() is { } processor ? ForeignFacts.Line(processor) : null,
            PhysicalCores = cores.Success ? int.Parse(cores.Groups[1].Value, CultureInfo.InvariantCulture) : null,
            LogicalCores = cores.Success ? int.Parse(cores.Groups[2].Value, CultureInfo.InvariantCulture) : null,
            System = lines["Operating System"].FirstOrDefault() is { } system ? ForeignFacts.Line(system) : null,
        };
    }

    private static IReadOnlyDictionary<string, string> Facts(string text, ILookup<string, string> lines)
    {
        ForeignFacts facts = new();
        foreach ((string name, string fact) in Told)
            facts.Add(fact, lines[name].FirstOrDefault());
        if (text.Contains("SIMD Instructions Verified", StringComparison.OrdinalIgnoreCase) && text.Contains("Binary analysis", StringComparison.OrdinalIgnoreCase))
            facts.Add(InstructionsFact, "analysis of the binary");
        return facts.Collected;
    }

    /// <summary>Microseconds with the digits that were published; null for anything but a time.</summary>
    private static (decimal Value, string Unit)? Time(string? text)
    {
        Match match = Duration().Match(text ?? "");
        if (!match.Success || Number(match.Groups[1].Value) is not decimal value)
            return null;
        decimal factor = match.Groups[2].Value switch { "ns" => 0.001m, "ms" => 1000, "s" => 1_000_000, _ => 1 };
        // Dividing by one with as many zeros as there can be leaves out the zeros that the factor put on.
        return (factor == 1 ? value : value * factor / 1.0000000000000000000000000000m, "us");
    }

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    [GeneratedRegex(@"\A\s*#\s+(.+)")]
    private static partial Regex Title();

    [GeneratedRegex(@"^[ \t]*(?:[-*][ \t]+)?\*{0,2}([A-Za-z0-9 ]+?)\*{0,2}:\*{0,2}[ \t]*([^\s].*)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\*\*Key Results\*\*\s*\(([^)]+)\)", RegexOptions.IgnoreCase)]
    private static partial Regex Statistic();

    [GeneratedRegex(@"^[ \t]*[-*][ \t]+([^:\r\n]+):[ \t]*([0-9.,]+[ \t]*(?:ns|[uµμ]s|ms|s))\s*\(([0-9.]+)\s*%\)", RegexOptions.Multiline)]
    private static partial Regex Part();

    [GeneratedRegex(@"^([0-9][0-9.,]*)\s*(ns|[uµμ]s|ms|s)\b")]
    private static partial Regex Duration();

    [GeneratedRegex(@"([0-9]+) physical / ([0-9]+) logical")]
    private static partial Regex Cores();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotAName();
}
