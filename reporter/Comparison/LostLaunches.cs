using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Launches that crashed or hung left no figures. What survived may be the quicker part, so where only the candidate lost some,
/// nothing passes on the rest.</summary>
internal static class LostLaunches
{
    public static IEnumerable<ReceiptWarning> Warnings(params IEnumerable<SideOfRuns> sides) =>
        sides.Where(side => Lost(side) > 0).Select(side => new ReceiptWarning("launches-lost", null, $"{side.Name}: {Counted(side)}"));

    /// <summary>The row as it may stand: Equivalent, NotSlower and Improved become Undecided.</summary>
    public static WorkloadComparison Judged(WorkloadComparison row, SideOfRuns baseline, SideOfRuns candidate) =>
        row.Verdict is Verdict.Equivalent or Verdict.NotSlower or Verdict.Improved && Lost(candidate) > 0 && Lost(baseline) == 0
            ? row with { Verdict = Verdict.Undecided, Reason = $"Refused, the candidate lost launches ({Counted(candidate)}) and the baseline none; by those left it would read: {row.Reason}" }
            : row;

    private static int Lost(SideOfRuns side) => Launches(side).Count(launch => launch.Outcome != LaunchOutcome.Complete);

    private static string Counted(SideOfRuns side) =>
        FormattableString.Invariant($"{Launches(side).Count() - Lost(side)} of {Launches(side).Count()} launches count");

    private static IEnumerable<LaunchRecord> Launches(SideOfRuns side) => side.Sources.SelectMany(source => source.Receipt.Launches);
}
