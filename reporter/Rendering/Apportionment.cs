namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Rounding parts so that they still add up to the rounded whole (largest remainder, A. Hamilton's method).</summary>
public static class Apportionment
{
    /// <summary>Whole numbers in proportion to the parts that add up to <paramref name="total"/> exactly: each is its share rounded
    /// down, and what is left goes to the largest remainders, earlier parts first among equals.</summary>
    /// <param name="parts">None negative. All zero only when the total is zero as well.</param>
    public static long[] Of(IReadOnlyList<long> parts, long total)
    {
        decimal sum = parts.Sum(part => (decimal)part);
        if (sum == 0)
        {
            return total == 0 ? new long[parts.Count] : throw new ArgumentException("Parts of nothing cannot add up to something.", nameof(parts));
        }
        decimal[] exact = [.. parts.Select(part => part * (decimal)total / sum)];
        long[] result = [.. exact.Select(share => (long)Math.Floor(share))];
        long left = total - result.Sum();
        foreach (int i in Enumerable.Range(0, parts.Count).OrderByDescending(i => exact[i] - result[i]).Take((int)left)) result[i]++;
        return result;
    }
}
