using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>What the launches of a workload look like beyond a mean and a deviation: two modes, a changed share of them, outliers.</summary>
internal static class LaunchShape
{
    /// <summary>Two-sided p below which a changed share of modes is reported.</summary>
    private const double ShareLevel = 0.01;

    public static IEnumerable<ReceiptWarning> Warnings(WorkloadPair pair, WorkloadComparison row)
    {
        if (Modes(pair) is { } modes) yield return modes;
        if (row.Detail is { } detail && row.Ratio is { } ratio && Math.Abs(Math.Log(detail.LaunchRatio / ratio)) >= Math.Log(1 + row.Threshold))
        {
            yield return new ReceiptWarning("launches-disagree", pair.Id,
                $"outlying launches: their means differ by {Percent.Change(ratio)}, their Hodges–Lehmann estimate is {Percent.Change(detail.LaunchRatio)}");
        }
    }

    // Modes are looked for in each side alone (a shift between the sides is no mode) and their shares compared at one common boundary.
    private static ReceiptWarning? Modes(WorkloadPair pair)
    {
        double[] before = [.. pair.Baseline.LogCosts], after = [.. pair.Candidate.LogCosts];
        TwoModes? modes = TwoModes.Find(before) ?? TwoModes.Find(after);
        if (modes is null) return null;
        int upperBefore = before.Count(x => x > modes.Boundary), upperAfter = after.Count(x => x > modes.Boundary);
        string shares = $"slow mode {upperBefore} of {before.Length} baseline launches, {upperAfter} of {after.Length} candidate launches";
        string apart = $"two modes {Percent.Amount(Math.Exp(modes.Separation) - 1)} apart";
        return FisherExact.TwoSided(upperBefore, before.Length, upperAfter, after.Length) < ShareLevel
            ? new ReceiptWarning("modes-shifted", pair.Id, $"{apart} and their share changed: {shares}")
            : new ReceiptWarning("bimodal", pair.Id, $"{apart}: {shares}");
    }
}
