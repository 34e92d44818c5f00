using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Simulations;

/// <summary>Exact one-sided limits of a proportion: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934).</summary>
internal static class BinomialLimits
{
    /// <summary>The rate at which k or fewer hits of n would have the chance 1 − confidence; 1 when all are hits.</summary>
    public static double Upper(int hits, int trials, double confidence)
    {
        if (hits == trials) return 1;
        double low = (double)hits / trials, high = 1;
        while (high - low > 1e-12)
        {
            double rate = (low + high) / 2;
            if (AtMost(hits, trials, rate) > 1 - confidence) low = rate;
            else high = rate;
        }
        return high;
    }

    /// <summary>The rate at which k or more hits of n would have that chance; 0 when there is none.</summary>
    public static double Lower(int hits, int trials, double confidence) => 1 - Upper(trials - hits, trials, confidence);

    // P(K ≤ k) = P(F > f): the binomial tail as that of a variance ratio (Abramowitz & Stegun 26.5.24, 26.6.2).
    private static double AtMost(int hits, int trials, double rate)
    {
        double above = 2.0 * (hits + 1), below = 2.0 * (trials - hits);
        return StudentDistribution.VarianceRatioUpperTail(rate / (1 - rate) * below / above, above, below);
    }
}
