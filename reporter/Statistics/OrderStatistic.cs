namespace BitNet.Perf.Reporter.Statistics;

/// <summary>One value of a sample by its rank, without sorting the rest (C. A. R. Hoare, <i>Algorithm 65: Find</i>, Comm. ACM 4, 1961).</summary>
public static class OrderStatistic
{
    /// <param name="values">Finite; reordered, so that nothing before <paramref name="rank"/> is larger and nothing behind it smaller.</param>
    /// <param name="rank">From 0, the smallest.</param>
    public static double Of(Span<double> values, int rank)
    {
        if (rank < 0 || rank >= values.Length) throw new ArgumentOutOfRangeException(nameof(rank), rank, $"A rank below {values.Length} was expected.");
        int low = 0, high = values.Length - 1;
        while (low < high)
        {
            double pivot = Middle(values[low], values[(low + high) / 2], values[high]);
            int i = low, j = high;
            while (i <= j)
            {
                while (values[i] < pivot) i++;
                while (values[j] > pivot) j--;
                if (i > j) break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }
            // Between j and i all equal the pivot.
            if (rank > j && rank < i) break;
            if (rank <= j) high = j;
            else low = i;
        }
        return values[rank];
    }

    private static double Middle(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
