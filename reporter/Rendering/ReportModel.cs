namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Everything a report template may show, as text with its unit; templates add words and layout. Member names appear in
/// templates in snake_case. What is not known is null.</summary>
public sealed record ReportModel
{
    /// <summary>The program's own name, as an installed tool is called.</summary>
    public const string ProgramName = "bitnet-perf";

    /// <summary>How the program is called where the report's commands will be typed.</summary>
    public required string Program { get; init; }

    public required string Suite { get; init; }
    public required string HostKey { get; init; }

    /// <summary>Workloads measured, probes not counted.</summary>
    public required int Measured { get; init; }
    public required string Run { get; init; }

    /// <summary>"2026-01-31 08:30 UTC".</summary>
    public required string Created { get; init; }
    public required bool Incomplete { get; init; }
    public required string Commit { get; init; }

    /// <summary>Command that makes this run the baseline.</summary>
    public required string PublishCommand { get; init; }

    /// <summary>Null when there was nothing to compare with.</summary>
    public required ComparisonSection? Comparison { get; init; }
    public required IReadOnlyList<WorkloadTable> Tables { get; init; }

    /// <summary>Null without probes, or without a workload whose bytes and multiply-adds are known.</summary>
    public required RooflineSection? Roofline { get; init; }

    /// <summary>Null for a receipt that says nothing of machine code.</summary>
    public required CodeSection? CodeSection { get; init; }
    public required PhaseSection? Phases { get; init; }

    /// <summary>Other engines' figures; null where none were given.</summary>
    public required ContextSection? Context { get; init; }
    public required IReadOnlyList<Fact> Host { get; init; }
    public required IReadOnlyList<Fact> Build { get; init; }
    public required IReadOnlyList<Fact> Model { get; init; }
    public required IReadOnlyList<Fact> Settings { get; init; }
    public required IReadOnlyList<WarningRow> Warnings { get; init; }
    public required IReadOnlyList<ReceiptRow> Receipts { get; init; }

    /// <summary>"11.8 GB/s (…)" of the workload that generates; null where the run has none with bytes.</summary>
    public required BandwidthLine? Bandwidth { get; init; }

    /// <summary>Of the newest run.</summary>
    public required BuildSummary Summary { get; init; }

    /// <summary>Of a pull-request comment.</summary>
    public required CommentContents Comment { get; init; }
}

public sealed record BandwidthLine(string Workload, string Line);

/// <param name="Value">"unknown" where it was not found out.</param>
public sealed record Fact(string Name, string Value);

public sealed record WarningRow(string Code, string? Subject, string Message);

public sealed record ReceiptRow(string Side, string Path, string Run, string Created, string Digest);

public sealed record ComparisonSection
{
    /// <summary>regressed, improved, equivalent, notSlower, undecided or incomparable.</summary>
    public required string Verdict { get; init; }
    public required int ExitCode { get; init; }

    /// <summary>Why the gate fails, in words; empty when it passes.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    /// <summary>Workloads compared.</summary>
    public required int Total { get; init; }
    public required int WrongCount { get; init; }
    public required int Regressed { get; init; }
    public required int Improved { get; init; }
    public required int Equivalent { get; init; }
    public required int NotSlower { get; init; }
    public required int Undecided { get; init; }
    public required int Incomparable { get; init; }
    /// <summary>Host keys; they differ where nothing can be compared.</summary>
    public required string BaseHostKey { get; init; }
    public required string HeadHostKey { get; init; }
    public required string BaseCommit { get; init; }
    public required int BaseRuns { get; init; }

    /// <summary>"20 pairs, look 3 of 3" of an interleaved comparison; null against a stored baseline.</summary>
    public required string? Pairs { get; init; }

    /// <summary>How much older than the head's; null when it is not older.</summary>
    public required string? BaseAge { get; init; }
    public required string HeadCommit { get; init; }
    public required int HeadRuns { get; init; }
    public required string Threshold { get; init; }
    public required string FamilyErrorRate { get; init; }
    public required int FamilySize { get; init; }

    /// <summary>What comparing one build with itself showed on this host; null when it was never done.</summary>
    public required string? Calibration { get; init; }
    public required bool HostChanged { get; init; }

    /// <summary>"+0.2 %"; null when the control kernel was not measured on both sides.</summary>
    public required string? Control { get; init; }

    /// <summary>Whether the control kernel was compiled differently on the two sides, and therefore checks nothing.</summary>
    public required bool ControlCodeChanged { get; init; }
    public required IReadOnlyList<HostCheckRow> HostChecks { get; init; }

    /// <summary>Why nothing could be compared at all.</summary>
    public required IReadOnlyList<string> Obstacles { get; init; }

    /// <summary>The largest slowdown that any judged workload could have hidden (80 % power); null when none was judged.</summary>
    public required string? WouldHaveSeen { get; init; }
    public required IReadOnlyList<NextStep> NextSteps { get; init; }
    public required IReadOnlyList<ComparisonRow> Wrong { get; init; }

    /// <summary>Regressed, worst first, then improved.</summary>
    public required IReadOnlyList<ComparisonRow> Changed { get; init; }
    public required IReadOnlyList<ComparisonRow> UndecidedRows { get; init; }

    /// <summary>What several undecided rows have in common, a sentence each; the other rows' reasons are in <see cref="UndecidedAlone"/>.</summary>
    public required IReadOnlyList<string> UndecidedTogether { get; init; }
    public required IReadOnlyList<ComparisonRow> UndecidedAlone { get; init; }

    /// <summary>Equivalent and not slower, largest change first.</summary>
    public required IReadOnlyList<ComparisonRow> Passing { get; init; }
    public required IReadOnlyList<ComparisonRow> IncomparableRows { get; init; }
    public required IReadOnlyList<string> Missing { get; init; }
    public required IReadOnlyList<string> Added { get; init; }
    public required IReadOnlyList<ComparisonRow> Accepted { get; init; }

    /// <summary>What to do about improvements; null when there is none.</summary>
    public required string? Review { get; init; }
}

public sealed record HostCheckRow(string Id, string Change, string Margin, string Threshold, bool Changed);

public sealed record ComparisonRow
{
    public required string Id { get; init; }

    /// <summary>As <see cref="ComparisonSection.Verdict"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>One sign that stands for the verdict.</summary>
    public required string Sign { get; init; }

    /// <summary>True for allocated bytes.</summary>
    public required bool Allocated { get; init; }
    public required string? Base { get; init; }
    public required string? Head { get; init; }

    /// <summary>"+8.5 %": change of the cost.</summary>
    public required string? Cost { get; init; }

    /// <summary>"+6.9 … +10.2 %".</summary>
    public required string? Interval { get; init; }
    public required string? Simultaneous { get; init; }
    public required string? Mde { get; init; }
    public required string? Mde95 { get; init; }
    public required string? AdjustedP { get; init; }
    public required string Threshold { get; init; }

    /// <summary>"about 12 more launches": what would decide an undecided row; null where nothing is known to, or nothing is to be decided.</summary>
    public required string? WouldDecide { get; init; }

    /// <summary>"50 / 10": launches on both sides.</summary>
    public required string Launches { get; init; }

    /// <summary>Hodges–Lehmann change of these launches with its exact 90 % interval, e.g. "+8.4 % (+7.9 … +9.0)".</summary>
    public required string? LaunchChange { get; init; }

    /// <summary>"changed", "same" or "unknown".</summary>
    public required string Code { get; init; }
    public required string Reason { get; init; }
    public required string? Accepted { get; init; }
}

public sealed record WorkloadTable
{
    /// <summary>kernel/gemv, e2e, probe, ….</summary>
    public required string Group { get; init; }
    public required IReadOnlyList<WorkloadRow> Rows { get; init; }

    /// <summary>Path of the plot beside the report.</summary>
    public required string PlotFile { get; init; }

    /// <summary>The plot itself, to stand within HTML.</summary>
    public required string PlotSvg { get; init; }
    public required bool HasBandwidth { get; init; }
    public required bool HasOfRead { get; init; }
    public required bool HasMultiplyAdds { get; init; }
    public required bool HasOfMultiplyAdd { get; init; }
    public required bool HasKernel { get; init; }
    public required bool HasReadPattern { get; init; }
}

public sealed record WorkloadRow
{
    public required string Id { get; init; }

    /// <summary>The id without its group.</summary>
    public required string Name { get; init; }

    /// <summary>Median over launches of each launch's median, e.g. "412 µs".</summary>
    public required string Value { get; init; }

    /// <summary>"lower" or "higher".</summary>
    public required string Better { get; init; }

    /// <summary>Smallest and largest launch median, e.g. "409 … 418 µs".</summary>
    public required string Range { get; init; }

    /// <summary>Standard deviation between launches, e.g. "0.8 %"; null with one launch.</summary>
    public required string? Spread { get; init; }
    public required string? Bandwidth { get; init; }

    /// <summary>Bandwidth as a share of what the read probe reached with as many threads in the same launch, e.g. "97 %".</summary>
    public required string? OfRead { get; init; }
    public required string? MultiplyAdds { get; init; }

    /// <summary>How the read probe read, e.g. "4 streams, 1024 bytes ahead"; with the launches of each where they chose differently.</summary>
    public required string? ReadPattern { get; init; }

    /// <summary>Multiply-adds as a share of what the multiply-add probe reached with as many threads in the same launch.</summary>
    public required string? OfMultiplyAdd { get; init; }
    public required string? Kernel { get; init; }
    public required int Launches { get; init; }

    /// <summary>What the output was held against, e.g. "scalar"; null for probes.</summary>
    public required string? Checked { get; init; }
}

/// <param name="PlotFile">Path of the plot beside the report.</param>
/// <param name="PlotSvg">The plot itself, to stand within HTML.</param>
public sealed record RooflineSection(string PlotFile, string PlotSvg);

public sealed record PhaseSection
{
    public required string Workload { get; init; }
    public required int Launch { get; init; }
    public required int Tokens { get; init; }

    /// <summary>Time per token.</summary>
    public required string Total { get; init; }

    /// <summary>Median time per token of the workload's timed iterations in the same launch; null where the receipt has none.</summary>
    public required string? Timed { get; init; }
    public required IReadOnlyList<PhaseRow> Rows { get; init; }
    public required string PlotFile { get; init; }
    public required string PlotSvg { get; init; }
}

/// <param name="Depth">0 for a phase, 1 for a part of the one above.</param>
/// <param name="Time">Per token; the phases add up to the total as shown, parts to their phase.</param>
/// <param name="Share">Of the whole; the phases add up to exactly 100.0 %.</param>
public sealed record PhaseRow(string Name, int Depth, string Time, string Share);
