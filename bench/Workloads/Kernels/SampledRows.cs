namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>Rows of a matrix that a check looks at where all would take too long.</summary>
public static class SampledRows
{
    /// <summary>At most <paramref name="most"/> ascending rows at even distances, the first and the last among them.</summary>
    public static int[] Of(int rows, int most)
    {
        var count = Math.Min(most, rows);
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * (rows - 1) / Math.Max(1, count - 1)))];
    }
}
