namespace BitNet.Perf.Reporter.Statistics;

/// <summary>All averages of two differences, each with itself too, in ascending order (J. E. Walsh, Ann. Math. Statist. 20, 1949): their median is
/// the Hodges–Lehmann estimate of the middle of a symmetric distribution, and order statistics of them bound it.</summary>
public sealed class WalshAverages
{
    private readonly double[] _sorted;
    private readonly int _differences;

    /// <param name="differences">At least one; n give n(n + 1)/2 averages.</param>
    public WalshAverages(IReadOnlyList<double> differences)
    {
        _differences = differences.Count;
        if (_differences == 0) throw new ArgumentException("At least one difference was expected.", nameof(differences));
        _sorted = new double[_differences * (_differences + 1) / 2];
        Fill(_sorted, differences);
        Array.Sort(_sorted);
    }

    /// <summary>The average of one rank, from 0, alone: for many samples, of each of which one end of an interval is wanted.</summary>
    /// <param name="room">Of n(n + 1)/2; overwritten.</param>
    internal static double OfRank(IReadOnlyList<double> differences, int rank, double[] room)
    {
        Fill(room, differences);
        return OrderStatistic.Of(room, rank);
    }

    private static void Fill(double[] averages, IReadOnlyList<double> differences)
    {
        int at = 0;
        for (int i = 0; i < differences.Count; i++)
            for (int j = i; j < differences.Count; j++) averages[at++] = (differences[i] + differences[j]) / 2;
    }

    /// <summary>The Hodges–Lehmann estimate.</summary>
    public double Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>From the least to the greatest difference; misses with 2·2⁻ⁿ.</summary>
    public Interval Range => new(_sorted[0], _sorted[^1]);

    /// <summary>Exact distribution-free interval at the confidence 1 − <paramref name="misrate"/>, by the signed-rank distribution. With ties it only
    /// becomes wider than needed. Null when so few differences cannot give that confidence.</summary>
    public Interval? Around(double misrate) => SignedRank.LeftOut(_differences, misrate) is { } leftOut
        ? new Interval(_sorted[leftOut], _sorted[_sorted.Length - 1 - leftOut])
        : null;
}
