namespace BitNet.Perf.Reporter.Statistics;

/// <summary>Means and sums of squares.</summary>
public static class Location
{
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
