namespace BitNet.Perf.Reporter.Statistics;

/// <summary>Student's t with any real number of degrees of freedom ≥ 1; infinity means the normal distribution.</summary>
/// <remarks>Perfolizer's StudentDistribution gives 0 for P(T &lt; −10⁶) on one degree of freedom (it is 3·10⁻⁷) and 1/2 for any t on 10¹⁰,
/// its NormalDistribution gives 0 beyond 6 deviations. Holm's adjustment and assumed variances need both ends; a test shows it.</remarks>
public static class StudentDistribution
{
    // Beyond this the difference from the normal distribution is below 1e-8 of the tail for every z in use.
    private const double NormalFrom = 1e10;

    /// <summary>P(T &gt; t). I_x(ν/2, 1/2)/2 with x = ν/(ν + t²), Abramowitz &amp; Stegun 26.7.1.</summary>
    public static double UpperTail(double t, double degreesOfFreedom)
    {
        Check(degreesOfFreedom);
        if (double.IsNaN(t)) return double.NaN;
        if (degreesOfFreedom >= NormalFrom) return NormalDistribution.UpperTail(t);
        if (t < 0) return 1 - UpperTail(-t, degreesOfFreedom);
        if (double.IsPositiveInfinity(t)) return 0;
        double square = t * t / degreesOfFreedom, x = 1 / (1 + square), complement = square / (1 + square);
        // Each tail is taken from the side on which nothing cancels.
        return t > 1
            ? 0.5 * GammaFunction.RegularizedBeta(x, complement, degreesOfFreedom / 2, 0.5)
            : 0.5 - 0.5 * GammaFunction.RegularizedBeta(complement, x, 0.5, degreesOfFreedom / 2);
    }

    /// <summary>P(T ≤ t).</summary>
    public static double Cdf(double t, double degreesOfFreedom) => UpperTail(-t, degreesOfFreedom);

    public static double Density(double t, double degreesOfFreedom)
    {
        if (degreesOfFreedom >= NormalFrom) return NormalDistribution.Density(t);
        double v = degreesOfFreedom;
        return Math.Exp(-GammaFunction.LogBeta(v / 2, 0.5) - 0.5 * Math.Log(v) - (v + 1) / 2 * Math.Log(1 + t * t / v));
    }

    /// <summary>The t with P(T &gt; t) = <paramref name="tail"/>, 0 &lt; tail &lt; 1.</summary>
    public static double UpperQuantile(double tail, double degreesOfFreedom)
    {
        Check(degreesOfFreedom);
        double z = NormalDistribution.UpperQuantile(tail);
        if (degreesOfFreedom >= NormalFrom || z == 0) return z;
        if (z < 0) return -UpperQuantile(1 - tail, degreesOfFreedom);
        // The normal quantile is a lower bound. ln P(T > t) is nearly straight in ln t, so Newton's method in these coordinates
        // converges even for one degree of freedom; its steps square the error, so after one below 1e-8 nothing is left to gain.
        // From 2z² degrees of freedom on, the first terms of the expansion in 1/ν (Abramowitz & Stegun 26.7.5) start it nearer.
        double v = degreesOfFreedom, start = v < 2 * z * z ? z : z + z * (z * z + 1) / (4 * v) + z * (3 + z * z * (16 + 5 * z * z)) / (96 * v * v);
        double logT = Math.Log(start);
        for (int i = 0; i < 60; i++)
        {
            double t = Math.Exp(logT);
            double p = UpperTail(t, degreesOfFreedom);
            double step = Math.Log(p / tail) * p / (Density(t, degreesOfFreedom) * t);
            logT += Math.Clamp(step, -2, 2);
            if (Math.Abs(step) < 1e-8) break;
        }
        return Math.Exp(logT);
    }

    /// <summary>P(F &gt; f) of the ratio of two independent variance estimates on these degrees of freedom (Abramowitz &amp; Stegun 26.6.2).</summary>
    public static double VarianceRatioUpperTail(double f, double numerator, double denominator)
    {
        if (double.IsPositiveInfinity(f)) return 0;
        double scaled = numerator * f / denominator;
        return GammaFunction.RegularizedBeta(1 / (1 + scaled), scaled / (1 + scaled), denominator / 2, numerator / 2);
    }

    private static void Check(double degreesOfFreedom)
    {
        if (!(degreesOfFreedom >= 1))
            throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "At least one degree of freedom was expected.");
    }
}
