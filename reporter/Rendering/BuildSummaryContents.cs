using System.Globalization;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>From a receipt to its build summary.</summary>
internal static class BuildSummaryContents
{
    private const string Unknown = BuildSummary.NotKnown;

    /// <param name="source">The receipt and where it lies, as it is named.</param>
    /// <param name="program">How this program is called where the summary's commands will be typed.</param>
    public static BuildSummary Of(ReceiptSource source, string program)
    {
        Receipt receipt = source.Receipt;
        // An imported receipt has the program that imported it, which measured nothing.
        BuildDescription? build = receipt.Origin == ReceiptOrigin.Measured ? receipt.Build : null;
        BinaryDescription? binary = build?.Binary;
        WorkloadRecord? headline = Headline(receipt);
        return new BuildSummary
        {
            Status = build?.Command is null ? Unknown : "SUCCESS ✓",
            Date = build?.Command is { } command ? Time(command.StartedUtc) : Unknown,
            BinaryLocation = binary?.Path ?? Unknown,
            BinarySize = binary is null ? Unknown : Figures.Value(binary.Bytes, "B"),
            BinaryType = binary is null ? Unknown : ProgramFacts.Type(binary),
            BinaryStatus = binary is null ? Unknown : ProgramFacts.Symbols(binary),
            BinaryFacts = ProgramFacts.Binary(binary),
            Command = build?.Command?.Text ?? Unknown,
            CommandNote = build?.Command is { Exact: false } ? "of the same configuration and project; the build ran in a helping process that does not know the command it was given" : null,
            BuildTime = build?.Command is { } timed ? Duration(timed.Seconds) : Unknown,
            Compiler = ProgramFacts.Compiler(build),
            Instructions = CodeSections.Of(receipt) is { } code ? [.. code.Rows.Select(row => new Fact(row.Id, row.Method is null ? row.Text : $"{row.Text} ({row.Method})"))] : [],
            ReceiptLocation = source.Path,
            ReceiptDigest = receipt.Digest ?? Unknown,
            Results = headline is null ? null : Results(receipt, headline),
            Breakdown = receipt.Phases is { } phases ? PhaseShares.Of(phases) : null,
            Bandwidth = headline is null ? Unknown : EffectiveBandwidth.Of(receipt, headline) ?? Unknown,
            Hardware = SystemFacts.Hardware(receipt),
            InstructionSets = SystemFacts.InstructionSets(receipt),
            OperatingSystem = SystemFacts.OperatingSystem(receipt),
            Model = TestFacts.Model(receipt),
            Tokenizer = TestFacts.Tokenizer(receipt),
            Test = TestFacts.Test(receipt, headline),
            Notes = SummaryNotes.Of(receipt, headline),
            NextSteps = SummarySteps.Of(source, headline, program),
            Generated = Time(receipt.CreatedUtc),
            Generator = $"{receipt.Generator.Name} {receipt.Generator.Version}",
            Verified = new Lazy<string>(() => Verify(receipt)),
        };
    }

    /// <summary>The workload whose phases were timed, else generation, else anything end to end: what a user of the model waits for.</summary>
    internal static WorkloadRecord? Headline(Receipt receipt) =>
        receipt.Workloads.FirstOrDefault(workload => workload.Id == receipt.Phases?.Workload)
        ?? receipt.Workloads.FirstOrDefault(workload => workload.Id.StartsWith("e2e/decode/", StringComparison.Ordinal))
        ?? receipt.Workloads.FirstOrDefault(workload => workload.Id.StartsWith("e2e/", StringComparison.Ordinal));

    private static KeyResults Results(Receipt receipt, WorkloadRecord workload)
    {
        double? nanoseconds = NanosecondsPerToken(workload);
        return new KeyResults(
            workload.Id,
            nanoseconds is { } time ? FormattableString.Invariant($"{time / 1e6:N3} ms ({Figures.Value(time, "ns")})") : Unknown,
            nanoseconds is { } rate ? FormattableString.Invariant($"{1e9 / rate:N4} tokens/second") : Unknown,
            $"median of {Figures.Count(workload.Launches.Count(launch => launch.Values.Count > 0), "launch", "launches")}",
            receipt.Phases is { } phases ? PhaseShares.Bottleneck(phases) : Unknown);
    }

    /// <summary>Of one token at the median over launches; null where the workload has no tokens.</summary>
    internal static double? NanosecondsPerToken(WorkloadRecord workload) =>
        workload.Work.Tokens is > 0 and { } tokens && Unit.Find(workload.Unit) is { } unit
        && WorkloadFigures.NanosecondsPerOperation(unit, workload.Work, workload.Summary.Median) is { } operation
            ? operation / tokens
            : null;

    private static string Verify(Receipt receipt)
    {
        IReadOnlyList<Finding> findings = ReceiptVerification.Verify(receipt);
        return findings.Count == 0
            ? "digest and every figure that follows from others computed again when this was rendered: no finding"
            : $"FAILED: {Figures.Count(findings.Count, "finding", "findings")} when this was rendered, the first: {findings[0]}";
    }

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Duration(double seconds) => seconds < 60
        ? FormattableString.Invariant($"{seconds:0.0} seconds")
        : $"{Figures.Count((int)(seconds / 60), "minute", "minutes")} {Figures.Count((int)(seconds % 60), "second", "seconds")}";
}
