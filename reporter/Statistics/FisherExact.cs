namespace BitNet.Perf.Reporter.Statistics;

/// <summary>R. A. Fisher's exact test of two proportions.</summary>
public static class FisherExact
{
    /// <summary>Two-sided p for k1 of n1 against k2 of n2: the chance, given both margins, of a table no likelier than this one.</summary>
    public static double TwoSided(int k1, int n1, int k2, int n2)
    {
        int hits = k1 + k2, low = Math.Max(0, hits - n2), high = Math.Min(hits, n1);
        double LogChance(int k) => Choose(n1, k) + Choose(n2, hits - k) - Choose(n1 + n2, hits);
        double observed = LogChance(k1), sum = 0;
        for (int k = low; k <= high; k++)
            if (LogChance(k) <= observed + 1e-9) sum += Math.Exp(LogChance(k));
        return Math.Min(1, sum);
    }

    private static double Choose(int n, int k) => GammaFunction.Log(n + 1) - GammaFunction.Log(k + 1) - GammaFunction.Log(n - k + 1);
}
