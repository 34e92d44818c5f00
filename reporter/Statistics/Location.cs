namespace BitNet.Perf.Reporter.Statistics;

/// <summary>Middle values and sums of squares.</summary>
public static class Location
{
    /// <summary>The middle value, or the mean of the two middle ones.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) throw new ArgumentException("At least one value was expected.", nameof(values));
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : sorted[half - 1] + (sorted[half] - sorted[half - 1]) / 2;
    }

    public static double Mean(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0) throw new ArgumentException("At least one value was expected.", nameof(values));
        return values.Sum() / values.Count;
    }

    /// <summary>Σ(x − mean)².</summary>
    public static double SumOfSquares(IReadOnlyCollection<double> values)
    {
        double mean = Mean(values);
        return values.Sum(x => (x - mean) * (x - mean));
    }
}
