using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Undecided workloads that are so for one and the same reason, which is said once for all of them.</summary>
/// <param name="Sentence">The reason.</param>
/// <param name="Rows">Two at least.</param>
internal sealed record UndecidedGroup(string Sentence, IReadOnlyList<WorkloadComparison> Rows)
{
    public static IReadOnlyList<UndecidedGroup> Of(IEnumerable<WorkloadComparison> undecided) =>
    [
        .. undecided.GroupBy(Common).Where(group => group.Key is not null && group.Count() > 1)
            .Select(group => new UndecidedGroup(FormattableString.Invariant($"{group.Count()} rows: {group.Key}"), [.. group])),
    ];

    /// <summary>"about 12 more launches", for a table; null where nothing is known to decide.</summary>
    public static string? WouldDecide(WorkloadComparison row) => row is { Verdict: Verdict.Undecided, Detail.Needed: { } needed }
        ? needed switch
        {
            { Launches: { } pairs } when row.Detail.Pairs is not null => $"about {Figures.Count(pairs, "more pair", "more pairs")}",
            { Launches: { } launches } => $"about {Figures.Count(launches, "more launch", "more launches")}",
            { BaselineRuns: { } runs } => $"about {Figures.Count(runs, "more baseline run", "more baseline runs")}",
            { RunsOnBothSides: { } runs } => $"about {Figures.Count(runs, "more run", "more runs")} on each side",
            _ when row.Detail.Pairs is not null => FormattableString.Invariant($"not {PairedEvidence.MostPairs} more pairs"),
            _ => FormattableString.Invariant($"not {MoreEvidence.MostRuns} more runs on each side"),
        }
        : null;

    private static string? Common(WorkloadComparison row)
    {
        // Without figures of its own, a row has nothing but its sentence.
        if (row.Detail is not { } detail)
            return row.Ratio is null ? row.Reason : null;
        if (!ComparisonRows.NeedsRuns(row) || detail.Evidence is not { } evidence)
            return null;
        string runs = $"{Figures.Count(evidence.BaselineRuns, "baseline run", "baseline runs")}, {Figures.Count(evidence.CandidateRuns, "candidate run", "candidate runs")}";
        return $"not clear of noise, and no number of launches decides, for noise between runs is {(evidence.Noise.Assumed ? "assumed to be " : "")}{Percent.Amount(evidence.Noise.Deviation)} ({runs}).";
    }
}
