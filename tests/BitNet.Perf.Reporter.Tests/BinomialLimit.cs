namespace BitNet.Perf.Reporter.Tests;

/// <summary>What a simulation of n trials may show without contradicting a rate.</summary>
internal static class BinomialLimit
{
    /// <summary>Least k with P(K > k) ≤ 0.005 for K ~ Binomial(n, rate): more hits than that speak against the rate at 99 % (two-sided).</summary>
    public static int Upper(int n, double rate)
    {
        double p = Math.Pow(1 - rate, n), sum = p;
        int k = 0;
        while (1 - sum > 0.005)
        {
            p *= rate / (1 - rate) * (n - k) / (k + 1);
            sum += p;
            k++;
        }
        return k;
    }
}
