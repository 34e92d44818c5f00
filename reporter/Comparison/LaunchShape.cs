using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>What the launches of a workload look like beyond a mean and a deviation: two modes, a changed share of them, outliers,
/// neighbours that are alike.</summary>
internal static class LaunchShape
{
    /// <summary>Two-sided p below which a changed share of modes is reported.</summary>
    private const double ShareLevel = 0.01;

    /// <summary>p below which the launches of a side count as autocorrelated: of independent ones one workload in five hundred.</summary>
    private const double OrderLevel = 0.001;

    /// <summary>With fewer launches on a side, means and middles differ by chance alone.</summary>
    private const int LeastForOutliers = 5;

    public static IEnumerable<ReceiptWarning> Warnings(WorkloadPair pair, WorkloadComparison row)
    {
        foreach (ReceiptWarning modes in Modes(pair, row.Threshold)) yield return modes;
        foreach (ReceiptWarning order in row.Detail?.Pairs is null ? LaunchOrder(pair) : BlockOrder(pair)) yield return order;
        if (Math.Min(pair.Baseline.Launches, pair.Candidate.Launches) < LeastForOutliers) yield break;
        if (row.Detail is { } detail && row.Ratio is { } ratio && Math.Abs(Math.Log(detail.LaunchRatio / ratio)) >= Math.Log(1 + row.Threshold))
        {
            (double means, double middle) = detail.Pairs is null ? (ratio, detail.LaunchRatio) : (detail.LaunchRatio, ratio);
            yield return new ReceiptWarning("launches-disagree", pair.Id,
                $"outlying launches: their means differ by {Percent.Change(means)}, their Hodges–Lehmann estimate is {Percent.Change(middle)}");
        }
    }

    // Launches that are alike because they follow each other are less evidence than their number says: the noise between them is underestimated.
    private static IEnumerable<ReceiptWarning> LaunchOrder(WorkloadPair pair)
    {
        foreach ((string side, SideSample sample) in new[] { ("baseline", pair.Baseline), ("candidate", pair.Candidate) })
        {
            if (Autocorrelation.Of(sample.Runs) is { P: < OrderLevel } order)
                yield return Autocorrelated(pair.Id, $"{side}: successive launches are alike", order, "they count as independent; the noise between them is understated");
        }
    }

    // Of launches in blocks only what the ratios have in common matters: the rest cancels.
    private static IEnumerable<ReceiptWarning> BlockOrder(WorkloadPair pair)
    {
        double[] ratios = [.. pair.Candidate.LogCosts.Zip(pair.Baseline.LogCosts, (head, @base) => head - @base)];
        if (Autocorrelation.Of([ratios]) is { P: < OrderLevel } order)
            yield return Autocorrelated(pair.Id, "the ratios of successive blocks are alike", order, "the difference between the sides changed while it was measured");
    }

    private static ReceiptWarning Autocorrelated(string workload, string what, Autocorrelation order, string consequence) =>
        new("launches-autocorrelated", workload, FormattableString.Invariant($"{what} (correlation {order.Lag1:0.00}): {consequence}"));

    // Modes are looked for in each side alone (a shift between the sides is no mode); modes nearer than the threshold change no verdict.
    private static IEnumerable<ReceiptWarning> Modes(WorkloadPair pair, double threshold)
    {
        double[] before = [.. pair.Baseline.LogCosts], after = [.. pair.Candidate.LogCosts];
        TwoModes? modes = TwoModes.Find(before) ?? TwoModes.Find(after);
        if (modes is null || modes.Separation < Math.Log(1 + threshold)) yield break;
        string apart = $"two modes {Percent.Amount(Math.Exp(modes.Separation) - 1)} apart";
        string shares = $"slow mode {Share(before)} baseline launches, {Share(after)} candidate launches";
        bool changed = FisherExact.TwoSided(Slow(before), before.Length, Slow(after), after.Length) < ShareLevel;
        // A side that lies beyond both modes of the other is shifted; there is then no share to compare.
        bool sameModes = Within(Location.Mean(before)) && Within(Location.Mean(after));
        yield return changed && sameModes
            ? new ReceiptWarning("modes-shifted", pair.Id, $"{apart} and their share changed: {shares}")
            : new ReceiptWarning("bimodal", pair.Id, $"{apart}: {shares}");

        int Slow(double[] side) => side.Count(x => x > modes.Boundary);
        string Share(double[] side) => $"{Slow(side)} of {side.Length}";
        bool Within(double mean) => Math.Abs(mean - modes.Boundary) < modes.Separation;
    }
}
