namespace BitNet.Perf.Reporter.Statistics;

/// <summary>A sample that falls into two groups.</summary>
/// <param name="Boundary">Halfway between the groups.</param>
/// <param name="UpperShare">Share of the values above it.</param>
/// <param name="Separation">Distance of the groups' means.</param>
public sealed record TwoModes(double Boundary, double UpperShare, double Separation)
{
    /// <summary>Fewer values say nothing about modes.</summary>
    public const int LeastValues = 8;

    /// <summary>A group of one is an outlier, not a mode.</summary>
    private const int LeastGroup = 2;

    /// <summary>Splits the sample where the sum of squares within the two groups is least (exact 2-means on a line) and calls it
    /// bimodal when that leaves less of the total sum of squares than one normal distribution leaves in 99 of 100 samples
    /// of this size. Null when it is not, or when there are fewer than <see cref="LeastValues"/>.</summary>
    public static TwoModes? Find(IEnumerable<double> values)
    {
        double[] x = [.. values.Order()];
        if (x.Length < LeastValues) return null;
        (double within, int split) = BestSplit(x);
        double total = Location.SumOfSquares(x);
        if (!(total > 0) || within / total >= CriticalShare(x.Length)) return null;
        return new TwoModes((x[split - 1] + x[split]) / 2, (double)(x.Length - split) / x.Length,
            Location.Mean(x[split..]) - Location.Mean(x[..split]));
    }

    /// <summary>1 % quantile of (within ÷ total) for n values of one normal distribution. For large n it goes to 1 − 2/π = 0.363
    /// from below, like a constant ÷ √n; the constant fits simulated quantiles for n from 8 to 200 (a test simulates them again).</summary>
    public static double CriticalShare(int n) => 1 - 2 / Math.PI - 0.855 / Math.Sqrt(n);

    // Σ(x − mean)² of a group is Σx² − (Σx)²/n; taken around the middle of the whole sample, so that nothing cancels.
    private static (double Within, int Split) BestSplit(double[] sorted)
    {
        double middle = Location.Mean(sorted), allSum = 0, allSquares = 0;
        foreach (double value in sorted)
        {
            allSum += value - middle;
            allSquares += (value - middle) * (value - middle);
        }
        (double Within, int Split) best = (double.PositiveInfinity, 0);
        double sum = 0, squares = 0;
        for (int split = 1; split <= sorted.Length - LeastGroup; split++)
        {
            double x = sorted[split - 1] - middle;
            sum += x;
            squares += x * x;
            if (split < LeastGroup) continue;
            int rest = sorted.Length - split;
            double within = squares - sum * sum / split + (allSquares - squares) - (allSum - sum) * (allSum - sum) / rest;
            if (within < best.Within) best = (within, split);
        }
        return best;
    }
}
