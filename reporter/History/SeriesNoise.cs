using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.History;

/// <summary>How a series varies around its level: yₜ − level is ρ times the deviation before plus an innovation, and now and then an outlier. All of it robust:
/// an outlier moves no estimate by more than 2.5 scales.</summary>
/// <param name="Scale">Standard deviation of the points around their level.</param>
/// <param name="Correlation">ρ of neighbours, 0 … 0.9, drawn towards <see cref="AssumedCorrelation"/> by as much as that many points: an alarm that takes
/// correlated noise for a step is worse than one that comes a night later.</param>
/// <param name="Innovation">Standard deviation of the innovations.</param>
/// <param name="UpperCap">Innovations count up to here, in their own standard deviations: as rare as outliers upwards have been.</param>
/// <param name="LowerCap">The same downwards.</param>
/// <param name="Points">It is estimated from.</param>
internal sealed record SeriesNoise(double Scale, double Correlation, double Innovation, double UpperCap, double LowerCap, int Points)
{
    /// <summary>Fewer tell nothing of a noise.</summary>
    public const int LeastPoints = 8;

    private const double AssumedCorrelation = 0.5;
    private const double AssumedPoints = 100;

    /// <summary>Odds beforehand: some forty nights must speak against correlation before it is dropped.</summary>
    private const double CorrelatedToPlain = 1e5;
    private const double MostCorrelation = 0.9;

    /// <summary>Huber's limit in scales, and what it leaves of a normal distribution's variance: E min(z², 2.5²).</summary>
    private const double Limit = 2.5;
    private const double LimitedVariance = 0.9775;

    /// <summary>Innovations beyond so many standard deviations are outliers; before the first one a fiftieth of one is assumed.</summary>
    private const double OutlierBound = 3.5;
    private const double AssumedOutliers = 0.02;

    /// <summary>Of a series that does not vary at all: what changes then is a change.</summary>
    private const double LeastScale = 1e-12;

    /// <param name="deviations">From the level, in the order of time; NaN between points that are no neighbours.</param>
    /// <returns>Null with fewer than <see cref="LeastPoints"/>.</returns>
    public static SeriesNoise? Of(ReadOnlySpan<double> deviations)
    {
        double[] innovations = new double[deviations.Length];
        int points = 0;
        foreach (double deviation in deviations)
            if (!double.IsNaN(deviation)) innovations[points++] = deviation;
        if (points < LeastPoints) return null;
        double scale = RobustScale(innovations.AsSpan(0, points)), limit = Limit * scale;
        double correlation = Correlated(deviations, points, limit);
        points = 0;
        double before = double.NaN;
        foreach (double deviation in deviations)
        {
            if (!double.IsNaN(deviation))
                innovations[points++] = double.IsNaN(before) ? deviation * Math.Sqrt(1 - correlation * correlation) : deviation - correlation * before;
            before = Math.Clamp(deviation, -limit, limit);
        }
        double[] own = innovations[..points];
        double innovation = RobustScale(innovations.AsSpan(0, points));
        return new SeriesNoise(scale, correlation, innovation, Cap(own.Count(e => e > OutlierBound * innovation), points), Cap(own.Count(e => e < -OutlierBound * innovation), points), points);
    }

    private static double Correlated(ReadOnlySpan<double> deviations, int points, double limit)
    {
        double products = 0, squares = 0, before = double.NaN;
        int pairs = 0;
        foreach (double deviation in deviations)
        {
            double own = Math.Clamp(deviation, -limit, limit);
            if (!double.IsNaN(own))
            {
                squares += own * own;
                if (!double.IsNaN(before))
                {
                    products += own * before;
                    pairs++;
                }
            }
            before = own;
        }
        double found = pairs == 0 || squares == 0 ? 0 : products / pairs / (squares / points);
        // Deviations from an estimated level look less correlated than they are, by (1 + 3ρ)/n (M. G. Kendall, Biometrika 41, 1954).
        found += (1 + 3 * found) / points;
        double drawn = (found * points + AssumedCorrelation * AssumedPoints) / (points + AssumedPoints);
        double chance = Math.Sqrt((1 - found * found) / points), plain = found + chance / 2;
        double correlated = Odds(found, points);
        return Math.Clamp(correlated * drawn + (1 - correlated) * plain, 0, MostCorrelation);
    }

    /// <summary>How likely the estimate comes from correlation and not from none, by its normal approximations.</summary>
    private static double Odds(double found, int points)
    {
        double from = found - AssumedCorrelation, variance = 1 - AssumedCorrelation * AssumedCorrelation;
        double evidence = points * (found * found / 2 - from * from / (2 * variance));
        return 1 / (1 + Math.Exp(-evidence) / CorrelatedToPlain);
    }

    private static double Cap(int outliers, int points) => NormalDistribution.UpperQuantile((outliers + AssumedOutliers) / (points + 1));

    /// <summary>Standard deviation around 0: the median magnitude first, then the mean square of what is cut at <see cref="Limit"/> of it.</summary>
    /// <param name="values">Become magnitudes in another order.</param>
    private static double RobustScale(Span<double> values)
    {
        double squares = 0;
        foreach (ref double value in values)
        {
            squares += value * value;
            value = Math.Abs(value);
        }
        double median = OrderStatistic.Of(values, values.Length / 2) / NormalQuartile;
        // More than half are exactly on the level: the rest still tells that it is not quite still.
        if (median == 0) return Math.Max(LeastScale, Math.Sqrt(squares / values.Length) / 10);
        double most = Limit * median, sum = 0;
        foreach (double value in values)
        {
            double cut = Math.Min(value, most);
            sum += cut * cut;
        }
        return Math.Max(LeastScale, Math.Sqrt(sum / values.Length / LimitedVariance));
    }

    /// <summary>Upper quartile of the standard normal distribution: the median of its magnitudes.</summary>
    public const double NormalQuartile = 0.67448975019608171;
}
