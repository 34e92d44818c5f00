using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>How many pairs were measured of a workload, and how much their log ratios vary.</summary>
/// <param name="Deviation">Standard deviation that normal log ratios with an interval of this width would have; outliers hardly enter.</param>
public sealed record PairedEvidence(int Pairs, double Deviation)
{
    /// <summary>No more are looked for than a night can hold.</summary>
    public const int MostPairs = 500;

    /// <summary>Null when so few pairs have no 90 % interval.</summary>
    public static PairedEvidence? Of(int pairs, Interval? marginal) => marginal is { } i && PairedPower.HalfWidth(pairs, VerdictRule.MarginalTail) is { } unit
        ? new PairedEvidence(pairs, (i.Upper - i.Lower) / 2 / unit)
        : null;

    /// <summary>The smallest true log ratio found at the one-sided level with this power; null when no effect can be with so few pairs.</summary>
    public double? Detectable(double level, double power) => Deviation * PairedPower.Detectable(Pairs, level, power);

    /// <summary>How many more pairs would decide, if log ratios stay as they are and a single look came at the level.</summary>
    public int? Needed(double logRatio, double level, double threshold)
    {
        double limit = Math.Log(1 + threshold), size = Math.Abs(logRatio);
        for (int pairs = Pairs + 1; pairs <= Pairs + MostPairs; pairs++)
        {
            // Widths shrink with the root of the number of pairs; exact widths would be simulated anew for every number.
            double half = Deviation * Width(pairs, VerdictRule.MarginalTail);
            bool proven = logRatio + half < limit;
            bool changed = size >= limit && Math.Pow(0.5, pairs) <= level && size >= Deviation * Width(pairs, level);
            if (proven || changed) return pairs - Pairs;
        }
        return null;
    }

    private static double Width(int pairs, double tail) => Math.Sqrt(Math.PI / 3 / pairs) * NormalDistribution.UpperQuantile(tail);
}
