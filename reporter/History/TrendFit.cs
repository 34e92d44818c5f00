using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.History;

/// <summary>Tells a slope from steps: the level before, a straight line up or down, the level after, against the steps that were found.</summary>
internal static class TrendFit
{
    /// <summary>Shorter slopes are steps.</summary>
    private const int LeastLength = 12;
    private const int MostLength = 120;

    /// <summary>Points before and after the steps that a slope may reach over, and that both are fitted to.</summary>
    private const int Reach = 30;

    private const int Stride = 3;

    /// <summary>By so much must the slope's criterion be better: between equals the step is the simpler thing to say.</summary>
    private const double Margin = 6;

    private const double Limit = 2.5;

    /// <param name="series">In its scale.</param>
    /// <param name="from">First point of the level before the steps.</param>
    /// <param name="steps">First points of the new levels, ascending, in one direction.</param>
    /// <param name="to">End of the level after them.</param>
    /// <returns>First and last point of the slope; null where steps say it as well.</returns>
    public static (int Start, int End)? Find(SeriesPoints series, int from, IReadOnlyList<int> steps, int to)
    {
        int first = Math.Max(from, steps[0] - Reach), last = Math.Min(to, steps[^1] + Reach);
        int[] bounds = [first, .. steps, last];
        double[] levels = [.. Enumerable.Range(0, bounds.Length - 1).Select(i => series.Median(bounds[i], bounds[i + 1]))];
        double[] residuals = new double[last - first];
        for (int i = 0; i + 1 < bounds.Length; i++)
            for (int t = bounds[i]; t < bounds[i + 1]; t++) residuals[t - first] = Math.Abs(series[t] - levels[i]);
        double limit = Limit * OrderStatistic.Of([.. residuals], residuals.Length / 2) / SeriesNoise.NormalQuartile;
        double stepped = Criterion(residuals, limit, 2 * steps.Count + 1);
        (double Value, int Start, int End) best = (double.PositiveInfinity, 0, 0);
        for (int start = first + 2; start <= steps[0] + 2; start += Stride)
        {
            int least = Math.Max(start + LeastLength, steps[^1] - 2);
            for (int end = least; end <= last - 2 && end - start <= MostLength; end += Stride)
            {
                double low = series.Median(first, start), high = series.Median(end, last);
                for (int t = first; t < last; t++)
                {
                    double share = Math.Clamp((double)(t - start) / (end - start), 0, 1);
                    residuals[t - first] = Math.Abs(series[t] - (low + share * (high - low)));
                }
                double value = Criterion(residuals, limit, 4);
                if (value < best.Value) best = (value, start, end);
            }
        }
        return best.Value < stepped - Margin ? (best.Start, best.End) : null;
    }

    /// <summary>G. Schwarz's criterion (Ann. Statist. 6, 1978) with residuals cut at a limit.</summary>
    private static double Criterion(double[] residuals, double limit, int parameters)
    {
        double sum = 0;
        foreach (double residual in residuals)
        {
            double cut = limit > 0 ? Math.Min(residual, limit) : residual;
            sum += cut * cut;
        }
        return residuals.Length * Math.Log(Math.Max(sum / residuals.Length, double.Epsilon)) + parameters * Math.Log(residuals.Length);
    }
}
