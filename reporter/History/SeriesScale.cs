namespace BitNet.Perf.Reporter.History;

/// <summary>What a series is analysed in: logarithms where all values are positive, so that a change is a ratio, the values themselves where they are not.</summary>
internal static class SeriesScale
{
    public static bool IsRatio(IEnumerable<double> values) => values.All(value => value > 0);

    /// <param name="values">Finite.</param>
    public static double[] Of(IReadOnlyList<double> values) => IsRatio(values) ? [.. values.Select(value => Math.Log(value))] : [.. values];
}
