using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Launches that crashed or hung left no figures. What survived may be the quicker part, so where the candidate lost some and the baseline none,
/// or more of them than chance gives, nothing passes on the rest.</summary>
internal static class LostLaunches
{
    /// <summary>Two-sided p below which a larger share of lost launches is no chance.</summary>
    private const double ChanceLevel = 0.05;

    public static IEnumerable<ReceiptWarning> Warnings(params IEnumerable<SideOfRuns> sides) =>
        sides.Where(side => Lost(side) > 0).Select(side => new ReceiptWarning("launches-lost", null, $"{side.Name}: {Counted(side)}"));

    /// <summary>The row as it may stand: Equivalent, NotSlower and Improved become Undecided.</summary>
    public static WorkloadComparison Judged(WorkloadComparison row, SideOfRuns baseline, SideOfRuns candidate) =>
        row.Verdict is Verdict.Equivalent or Verdict.NotSlower or Verdict.Improved && Refuse(baseline, candidate)
            ? row with { Verdict = Verdict.Undecided, Reason = $"Refused, the candidate lost launches ({Counted(candidate)}; of the baseline {Counted(baseline)}); by those left it would read: {row.Reason}" }
            : row;

    /// <summary>Whether nothing passes.</summary>
    public static bool Refuse(SideOfRuns baseline, SideOfRuns candidate)
    {
        int lost = Lost(candidate), before = Lost(baseline);
        return lost > 0 && (before == 0 || (lost > before
            && FisherExact.TwoSided(before, Launches(baseline).Count(), lost, Launches(candidate).Count()) < ChanceLevel));
    }

    private static int Lost(SideOfRuns side) => Launches(side).Count(launch => launch.Outcome != LaunchOutcome.Complete);

    private static string Counted(SideOfRuns side) =>
        FormattableString.Invariant($"{Launches(side).Count() - Lost(side)} of {Launches(side).Count()} launches count");

    private static IEnumerable<LaunchRecord> Launches(SideOfRuns side) => side.Sources.SelectMany(source => source.Receipt.Launches);
}
