namespace BitNet.Perf.Reporter.Statistics;

/// <summary>What k hits in n independent trials say of the true rate; exact, by the binomial distribution itself (C. J. Clopper and E. S. Pearson,
/// Biometrika 26 (1934), doi:10.1093/biomet/26.4.404).</summary>
public static class BinomialLimit
{
    /// <summary>The largest rate that k or fewer hits of n do not contradict: P(K ≤ k) = 1 − confidence. One-sided; 1 when all hit.</summary>
    /// <param name="confidence">0.95: the true rate is above the limit in at most 5 of 100 such counts.</param>
    public static double Upper(int hits, int trials, double confidence = 0.95)
    {
        if (trials < 1 || hits < 0 || hits > trials) throw new ArgumentOutOfRangeException(nameof(hits), $"{hits} of {trials}");
        return hits == trials ? 1 : Solve(rate => AtMost(hits, trials, rate) > 1 - confidence);
    }

    /// <summary>The smallest rate that k or more hits of n do not contradict; 0 when none hit.</summary>
    /// <inheritdoc cref="Upper"/>
    public static double Lower(int hits, int trials, double confidence = 0.95) => 1 - Upper(trials - hits, trials, confidence);

    // P(K ≤ k) = I_{1−p}(n − k, k + 1), DLMF 8.17.5.
    private static double AtMost(int hits, int trials, double rate) => GammaFunction.RegularizedBeta(1 - rate, rate, trials - hits, hits + 1);

    private static double Solve(Func<double, bool> isBelow)
    {
        double low = 0, high = 1;
        for (int i = 0; i < 200 && high - low > 1e-15 * high; i++)
        {
            double middle = (low + high) / 2;
            if (isBelow(middle)) low = middle;
            else high = middle;
        }
        return high;
    }
}
