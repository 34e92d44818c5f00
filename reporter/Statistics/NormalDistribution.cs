namespace BitNet.Perf.Reporter.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class NormalDistribution
{
    /// <summary>P(Z ≤ z).</summary>
    public static double Cdf(double z) => UpperTail(-z);

    /// <summary>P(Z &gt; z), with full relative accuracy in the tail.</summary>
    public static double UpperTail(double z) => 0.5 * GammaFunction.ComplementaryError(z / Math.Sqrt(2));

    public static double Density(double z) => Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);

    /// <summary>The z with P(Z &gt; z) = <paramref name="tail"/>, 0 &lt; tail &lt; 1.</summary>
    public static double UpperQuantile(double tail)
    {
        if (!(tail > 0 && tail < 1)) throw new ArgumentOutOfRangeException(nameof(tail), tail, "A probability between 0 and 1 was expected.");
        if (tail > 0.5) return -UpperQuantile(1 - tail);
        // Abramowitz & Stegun 26.2.23 (|error| < 4.5e-4) as the start, then Newton's method on the logarithm of the tail.
        double t = Math.Sqrt(-2 * Math.Log(tail));
        double z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        for (int i = 0; i < 20; i++)
        {
            double p = UpperTail(z);
            double step = Math.Log(p / tail) * p / Density(z);
            z += step;
            if (Math.Abs(step) < 1e-15 * (1 + Math.Abs(z))) break;
        }
        return z;
    }

    /// <summary>The z with P(Z ≤ z) = <paramref name="probability"/>.</summary>
    public static double Quantile(double probability) => -UpperQuantile(probability);
}
