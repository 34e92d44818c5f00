namespace BitNet.Perf.Reporter.Statistics;

/// <summary>Large-sample distribution of the Mann–Whitney count: normal with corrections for its even moments
/// (E. Fix and J. L. Hodges, Ann. Math. Statist. 26, 1955).</summary>
internal static class MannWhitneyEdgeworth
{
    /// <summary>P(U ≤ u).</summary>
    public static double Cdf(int sizeX, int sizeY, int u)
    {
        double n = sizeX, m = sizeY, nm = n * m, sum = n + m, squares = n * n + m * m;
        double cubes = n * n * n + m * m * m, fourths = n * n * n * n + m * m * m * m;
        double second = nm * (sum + 1) / 12;
        double fourth = nm * (sum + 1) / 240 * (5 * nm * sum - 2 * squares + 3 * nm - 2 * sum);
        double sixth = nm * (sum + 1) / 4032 * (35 * nm * nm * squares + 70 * nm * nm * nm - 42 * nm * cubes - 14 * nm * nm * sum
            + 16 * fourths - 52 * nm * squares - 43 * nm * nm + 32 * cubes + 14 * nm * sum + 8 * squares + 16 * nm - 8 * sum);
        double kurtosis = fourth / (second * second) - 3;
        double e3 = kurtosis / 24;
        double e5 = (sixth / (second * second * second) - 15 * fourth / (second * second) + 30) / 720;
        double e7 = 35 * kurtosis * kurtosis / 40320;

        double z = (u - nm / 2 + 0.5) / Math.Sqrt(second), z2 = z * z;
        double h3 = z * (z2 - 3), h5 = z * (z2 * z2 - 10 * z2 + 15), h7 = z * (z2 * z2 * z2 - 21 * z2 * z2 + 105 * z2 - 105);
        return Math.Clamp(NormalDistribution.Cdf(z) - NormalDistribution.Density(z) * (e3 * h3 + e5 * h5 + e7 * h7), 0, 1);
    }
}
