using System.Text.Json.Serialization;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Two sides compared; as JSON the document "comparison/1" of the command line. Ratios are always candidate cost ÷ baseline
/// cost: above 1 is slower, for rates as well. What is unknown is null.</summary>
public sealed record ComparisonResult
{
    public string Schema { get; } = "comparison/1";

    /// <summary>The one verdict that the exit code stands for; of passing ones the most remarkable.</summary>
    public required Verdict Verdict { get; init; }

    public required int ExitCode { get; init; }

    /// <summary>"baseline": against stored runs made at another time; "paired": launches that alternated.</summary>
    public required string Method { get; init; }

    public required double FamilyErrorRate { get; init; }

    /// <summary>Numbers of launches that the candidate's run declared beforehand for drawing verdicts.</summary>
    public required int Looks { get; init; }

    /// <summary>The last one that took place.</summary>
    public required int Look { get; init; }
    public required SideSummary Baseline { get; init; }
    public required SideSummary Candidate { get; init; }
    public required HostSummary Host { get; init; }
    public required VerdictCounts Counts { get; init; }
    public required IReadOnlyList<WorkloadComparison> Workloads { get; init; }

    /// <summary>Workloads of the baseline that the candidate should have measured and did not.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Workloads of the candidate that the baseline does not have.</summary>
    public required IReadOnlyList<string> New { get; init; }

    public required IReadOnlyList<ReceiptWarning> Warnings { get; init; }

    /// <summary>Workloads that were tested together: m.</summary>
    [JsonIgnore]
    public required int FamilySize { get; init; }

    /// <summary>Why nothing could be compared at all, e.g. a differing host key; empty otherwise.</summary>
    [JsonIgnore]
    public required IReadOnlyList<string> Obstacles { get; init; }
}

public sealed record SideSummary
{
    public required IReadOnlyList<ReceiptReference> Receipts { get; init; }
    public required string HostKey { get; init; }

    /// <summary>Of the newest run.</summary>
    public required string? Commit { get; init; }
    public required int Runs { get; init; }

    [JsonIgnore]
    public required DateTimeOffset NewestUtc { get; init; }
}

public sealed record ReceiptReference(string Path, string? Digest)
{
    [JsonIgnore]
    public required string Run { get; init; }

    [JsonIgnore]
    public required DateTimeOffset CreatedUtc { get; init; }
}

/// <param name="Changed">The control kernel or the read probe moved by more than the threshold and by more than noise.</param>
/// <param name="ControlRatio">Candidate ÷ baseline cost of the control kernel; null when it was not measured on both sides.</param>
/// <param name="Calibrated">Whether this host's false alarms were measured.</param>
public sealed record HostSummary(bool Changed, double? ControlRatio, bool Calibrated)
{
    [JsonIgnore]
    public IReadOnlyList<HostCheck> Checks { get; init; } = [];

    /// <summary>Whether the control kernel itself was compiled differently, and is therefore no check.</summary>
    [JsonIgnore]
    public bool ControlCodeChanged { get; init; }

    /// <summary>Of this host; null when it was never calibrated.</summary>
    [JsonIgnore]
    public Calibration? Calibration { get; init; }

    internal static HostSummary Unchecked { get; } = new(false, null, false);

    internal HostSummary With(Calibration? calibration, string method) =>
        this with { Calibrated = calibration?.FalseAlarms.Any(alarms => alarms.Method == method && alarms.Comparisons > 0) == true, Calibration = calibration };
}

/// <summary>A probe on both sides.</summary>
/// <param name="Ratio">Candidate cost ÷ baseline cost.</param>
/// <param name="Margin">Least ratio (or its inverse) that is beyond noise here.</param>
/// <param name="Changed">Beyond noise and beyond the threshold.</param>
public sealed record HostCheck(string Id, double Ratio, double Margin, double Threshold, bool Changed);

public sealed record VerdictCounts(
    int Regressed, int Improved, int Equivalent, int NotSlower, int Undecided, int Incomparable, int Missing, int New, int Accepted);

public enum ComparedMetric { Time, Rate, Size, Allocated }

/// <summary>One workload (or its allocated bytes) on both sides.</summary>
public sealed record WorkloadComparison
{
    public required string Id { get; init; }
    public required ComparedMetric Metric { get; init; }
    public required string Unit { get; init; }
    public required Better Better { get; init; }
    public required Verdict Verdict { get; init; }
    public required SideValue Baseline { get; init; }
    public required SideValue Candidate { get; init; }
    public double? Ratio { get; init; }

    /// <summary>Marginal 90 % interval of the ratio.</summary>
    public Interval? Interval90 { get; init; }

    /// <summary>Marginal interval at 1 − 2α/m (of several looks, at the share of α that the row's has): all m of them hold together with probability 1 − 2α at least.</summary>
    public Interval? Simultaneous { get; init; }

    /// <summary>One-sided, in the direction of the estimate: for slower when the ratio is above 1, else for faster.</summary>
    public double? P { get; init; }

    /// <summary>The same adjusted for the suite's workloads: by Holm's procedure, with several looks by Bonferroni's over workloads and looks.</summary>
    public double? PAdjusted { get; init; }

    public required double Threshold { get; init; }

    /// <summary>Smallest true slowdown found significant with 80 % power: 0.028 is 2.8 %. The threshold is not part of it.</summary>
    public double? Mde { get; init; }

    /// <summary>More candidate launches that would decide if the estimate stays; null when decided, or when no number of launches would.</summary>
    public int? LaunchesNeeded { get; init; }

    /// <summary>Whether the output digests agree; null when a side has none.</summary>
    public bool? ResultMatch { get; init; }

    /// <summary>Whether the machine code that the operation runs through differs; null where it was not listed on both sides.</summary>
    public bool? CodeChanged { get; init; }

    /// <summary>The acknowledgement that covers a regression.</summary>
    public string? Accepted { get; init; }

    /// <summary>Acknowledgements that cover it no more, because they expired or it grew; part of the reason.</summary>
    [JsonIgnore]
    public string? Lapsed { get; init; }

    public required string Reason { get; init; }

    /// <summary>What the figures were made of; null where nothing was tested.</summary>
    [JsonIgnore]
    public ComparisonDetail? Detail { get; init; }
}

/// <param name="Value">In the workload's unit: geometric mean over runs of each run's geometric mean of launch medians.</param>
public sealed record SideValue(double? Value, int Launches);

/// <summary>The parts behind a workload's figures, for reports.</summary>
public sealed record ComparisonDetail
{
    /// <summary>How much was measured and with what noise, against stored runs; null of pairs.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>The same of pairs.</summary>
    public PairedEvidence? Pairs { get; init; }

    /// <summary>Smallest true slowdown found significant with 95 % power; null where too few pairs were measured for any.</summary>
    public required double? Mde95 { get; init; }

    public required MoreEvidence? Needed { get; init; }

    /// <summary>Launch medians in the workload's unit.</summary>
    public required IReadOnlyList<double> BaselineLaunches { get; init; }
    public required IReadOnlyList<double> CandidateLaunches { get; init; }

    /// <summary>Hodges–Lehmann ratio of the launches, indifferent to a minority of outliers.</summary>
    public required double LaunchRatio { get; init; }

    /// <summary>Exact 90 % interval of it; speaks of these very runs and knows nothing of the noise between runs. Null with too few launches.</summary>
    public required Interval? LaunchInterval90 { get; init; }
}
