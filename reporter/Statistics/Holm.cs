namespace BitNet.Perf.Reporter.Statistics;

/// <summary>Holm's step-down procedure (S. Holm, Scand. J. Statist. 6, 1979): all tests of a family together raise a false alarm
/// with at most the probability α, whatever their dependence.</summary>
public static class Holm
{
    /// <summary>Adjusted p-values in the order given: test i is rejected at α exactly when its adjusted p is ≤ α.
    /// For the k-th smallest of m, max over j ≤ k of min(1, (m − j + 1)·p₍ⱼ₎).</summary>
    public static double[] Adjust(IReadOnlyList<double> p)
    {
        int[] order = [.. Enumerable.Range(0, p.Count).OrderBy(i => p[i])];
        double[] adjusted = new double[p.Count];
        double highest = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            highest = Math.Max(highest, Math.Min(1, (order.Length - rank) * p[order[rank]]));
            adjusted[order[rank]] = highest;
        }
        return adjusted;
    }
}
