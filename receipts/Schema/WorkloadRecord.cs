using System.Text.Json.Serialization;

namespace BitNet.Perf.Receipts.Schema;

/// <summary>One measured workload with its raw samples.</summary>
public sealed record WorkloadRecord
{
    /// <summary>Stable id, e.g. kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2; grammar in docs/glossary.md.</summary>
    public required string Id { get; init; }

    /// <summary>Version of what is measured under this id, e.g. "gemv/1"; different definitions are incomparable.</summary>
    public required string Definition { get; init; }

    public required Metric Metric { get; init; }

    /// <summary>Unit of every value: ns (per operation), tok/s, GB/s, GMAC/s or B; see <see cref="Schema.Unit"/>.</summary>
    public required string Unit { get; init; }

    public required Better Better { get; init; }

    public required int Threads { get; init; }

    /// <summary>Kernel that ran, from the catalog; null when the workload has no choice of kernel.</summary>
    public string? Kernel { get; init; }

    public required WorkPerOperation Work { get; init; }

    /// <summary>Null for a probe, which computes nothing that could be wrong.</summary>
    public ResultCheck? Result { get; init; }

    /// <summary>True where the head's weights were rounded, so that its logits are not those of the model's F16 head; left out elsewhere. The result is then
    /// held against the scalar form of the same lossy head.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Lossy { get; init; }

    /// <summary>Of end-to-end workloads; left out elsewhere and in receipts from before it was recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GenerationInput? Input { get; init; }

    /// <summary>What the JIT made of the operation; left out where it was not listed, and of end-to-end workloads.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MachineCode? MachineCode { get; init; }

    public required IReadOnlyList<LaunchSamples> Launches { get; init; }

    /// <summary>Derived from the samples; `receipt verify` computes it again.</summary>
    public required WorkloadSummary Summary { get; init; }
}

/// <summary>What the values are: a duration, an amount per time, or an amount (allocated or code bytes).</summary>
public enum Metric { Time, Rate, Size }

public enum Better { Lower, Higher }

/// <summary>What one operation does; each null where it has no meaning for the workload.</summary>
public sealed record WorkPerOperation
{
    /// <summary>Tokens processed or generated.</summary>
    public int? Tokens { get; init; }

    /// <summary>Bytes that must be read from memory at least once (weights, head rows, key/value cache).</summary>
    public long? Bytes { get; init; }

    public long? MultiplyAdds { get; init; }
}

/// <summary>The proof that what was timed computes the right thing; made before timing.</summary>
/// <param name="Digest">"sha256:…" over the output bytes; every launch of the run produced the same.</param>
/// <param name="Against">What the output was held against: "scalar" (exact) or "scalar-forward" (end to end, tolerance in Detail).</param>
/// <param name="Checked">How many output values (kernel) or positions (end to end) were compared.</param>
/// <param name="Detail">One line with the tolerance and the largest deviation found; null when exact.</param>
public sealed record ResultCheck(string Digest, string Against, int Checked, string? Detail)
{
    /// <summary>Of end-to-end workloads; left out elsewhere and in receipts from before it was computed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PerplexityCheck? Perplexity { get; init; }

    /// <summary>Why two checks are of different results, in a clause; null where nothing shows it.</summary>
    public static string? Difference(ResultCheck before, ResultCheck after) => before switch
    {
        _ when before.Digest != after.Digest => "another output digest",
        { Perplexity: { } was } when after.Perplexity is { } now && PerplexityCheck.Agree(was, now) == false =>
            FormattableString.Invariant($"perplexity {was.Value:G7} became {now.Value:G7}"),
        _ => null,
    };
}

/// <summary>The samples of one workload in one launch.</summary>
public sealed record LaunchSamples
{
    /// <summary>Index of the launch in <see cref="Receipt.Launches"/>.</summary>
    public required int Launch { get; init; }

    /// <summary>Operations per iteration, the same for all iterations of the run.</summary>
    public required long Operations { get; init; }

    /// <summary>Raw elapsed nanoseconds of each iteration (all its operations), Workload/Actual, nothing removed.</summary>
    public required IReadOnlyList<double> Nanoseconds { get; init; }

    /// <summary>Each iteration in the workload's unit: ns → nanoseconds ÷ operations; tok/s → tokens·operations·10⁹ ÷ nanoseconds;
    /// GB/s → bytes·operations ÷ nanoseconds; GMAC/s → multiply-adds·operations ÷ nanoseconds (<see cref="WorkloadFigures"/>).</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Managed bytes allocated per operation, of the median measured iteration; null when not measured.</summary>
    public double? AllocatedBytes { get; init; }

    /// <summary>How the read probe read in this launch, the fastest of its patterns there: "4 streams, 1024 bytes ahead". Left out by other workloads and in
    /// receipts from before it was recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReadPattern { get; init; }
}

/// <summary>Figures that follow from the samples; <see cref="WorkloadFigures.Summarize"/> computes them when a receipt is written and when it
/// is verified. The median of an even number of values is the mean of the two in the middle.</summary>
public sealed record WorkloadSummary
{
    /// <summary>Median over launches of each launch's median.</summary>
    public required double Median { get; init; }

    /// <summary>Smallest of all values of all launches.</summary>
    public required double Minimum { get; init; }

    /// <summary>Largest of all values of all launches.</summary>
    public required double Maximum { get; init; }

    /// <summary>Sample standard deviation (n − 1) of the natural logarithms of the launch medians: 0.02 is about 2 %; null with one launch.</summary>
    public double? LaunchSpread { get; init; }

    /// <summary>10⁹ bytes per second at the median: <see cref="WorkPerOperation.Bytes"/> ÷ nanoseconds per operation; null without bytes.</summary>
    public double? GigabytesPerSecond { get; init; }

    /// <summary>10⁹ multiply-adds per second at the median; null without multiply-adds.</summary>
    public double? GigaMultiplyAddsPerSecond { get; init; }
}

/// <summary>Where the time of a decoded token goes; all figures from one sequence of tokens in one launch.</summary>
public sealed record PhaseBreakdown
{
    /// <summary>The end-to-end workload whose settings were used.</summary>
    public required string Workload { get; init; }
    public required int Launch { get; init; }

    /// <summary>Tokens over which the nanoseconds were summed.</summary>
    public required int Tokens { get; init; }

    /// <summary>Whole elapsed time of these tokens; the phases add up to it exactly, "other" holds what lies between them.</summary>
    public required long TotalNanoseconds { get; init; }
    public required IReadOnlyList<Phase> Phases { get; init; }
}

/// <param name="Name">embed, forward, logits, sample or other; parts of forward as "forward/attention" and so on.</param>
/// <param name="Parts">Adds up to Nanoseconds; empty where there are none.</param>
public sealed record Phase(string Name, long Nanoseconds, IReadOnlyList<Phase> Parts);
