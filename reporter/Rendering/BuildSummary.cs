namespace BitNet.Perf.Reporter.Rendering;

/// <summary>What the build summary shows: one run's program, figures, machine, model and test, in the order of such a document. What the receipt does not tell
/// is "not known", never an empty place.</summary>
public sealed record BuildSummary
{
    public const string NotKnown = "not known";

    /// <summary>"SUCCESS ✓" where a build left its record beside the program that measured.</summary>
    public required string Status { get; init; }

    /// <summary>UTC start of the build.</summary>
    public required string Date { get; init; }
    public required string BinaryLocation { get; init; }
    public required string BinarySize { get; init; }

    /// <summary>By its header, as file(1) says it.</summary>
    public required string BinaryType { get; init; }

    /// <summary>Stripped or not.</summary>
    public required string BinaryStatus { get; init; }

    /// <summary>Digest of the executable, deployment, and our assemblies.</summary>
    public required IReadOnlyList<Fact> BinaryFacts { get; init; }
    public required string Command { get; init; }

    /// <summary>What the command is, in a sentence; null where it is the one that was given.</summary>
    public required string? CommandNote { get; init; }
    public required string BuildTime { get; init; }
    public required IReadOnlyList<Fact> Compiler { get; init; }

    /// <summary>What the machine code of measured kernels and probes holds, by workload; empty where the receipt says nothing of it.</summary>
    public required IReadOnlyList<Fact> Instructions { get; init; }
    public required string ReceiptLocation { get; init; }
    public required string ReceiptDigest { get; init; }

    /// <summary>Null where no end-to-end workload was measured.</summary>
    public required KeyResults? Results { get; init; }

    /// <summary>Null where the run timed no phases.</summary>
    public required TimeBreakdown? Breakdown { get; init; }

    /// <summary>Bandwidth by the bytes that must be read, of the workload of the key results.</summary>
    public required string Bandwidth { get; init; }
    public required IReadOnlyList<Fact> Hardware { get; init; }

    /// <summary>Families of instruction sets, e.g. "AVX-512 (F, BW, DQ)".</summary>
    public required IReadOnlyList<string> InstructionSets { get; init; }
    public required string OperatingSystem { get; init; }

    /// <summary>Name first.</summary>
    public required IReadOnlyList<Fact> Model { get; init; }

    /// <summary>Kind first.</summary>
    public required IReadOnlyList<Fact> Tokenizer { get; init; }
    public required IReadOnlyList<Fact> Test { get; init; }

    /// <summary>What was unusual, a paragraph each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What follows from the figures.</summary>
    public required IReadOnlyList<string> NextSteps { get; init; }

    /// <summary>When the receipt was written.</summary>
    public required string Generated { get; init; }
    public required string Generator { get; init; }

    /// <summary>Computes everything in the receipt again that follows from the rest: when it is read, since that takes as long as verifying does.</summary>
    internal Lazy<string> Verified { get; init; } = new(NotKnown);

    public string Verification => Verified.Value;
}

/// <param name="Of">The workload.</param>
/// <param name="TimePerToken">Median over launches of the timed iterations.</param>
/// <param name="Throughput">The same as a rate.</param>
/// <param name="Launches">"median of 3 launches".</param>
/// <param name="Bottleneck">The phase that takes most of the breakdown, with its share; "not known" without a breakdown.</param>
public sealed record KeyResults(string Of, string TimePerToken, string Throughput, string Launches, string Bottleneck);

/// <param name="Of">Which sequence of tokens it is of.</param>
/// <param name="Total">Per token, in whole steps of the rows.</param>
/// <param name="Rows">Phases, whose times and shares as shown add up to <paramref name="Total"/> and 100.00 %, and their parts below them, which add up to theirs.</param>
public sealed record TimeBreakdown(string Of, string Total, IReadOnlyList<PhaseRow> Rows);
