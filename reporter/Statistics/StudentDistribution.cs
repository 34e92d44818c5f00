namespace BitNet.Perf.Reporter.Statistics;

/// <summary>Student's t with any real number of degrees of freedom ≥ 1; infinity means the normal distribution.</summary>
/// <remarks>Perfolizer's StudentDistribution is accurate to about 5e-10 absolute; a tail of 1e-12 then has no correct digit, and
/// Holm's adjustment of many workloads works with such tails. Hence this one, relative accuracy about 1e-12 (a test shows both).</remarks>
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
        double square = t * t / degreesOfFreedom;
        // 1 − x = t²/(ν + t²) is passed on its own where x is near 1 and would lose it.
        return square > 1e-3
            ? 0.5 * GammaFunction.RegularizedBeta(1 / (1 + square), degreesOfFreedom / 2, 0.5)
            : 0.5 - 0.5 * GammaFunction.RegularizedBeta(square / (1 + square), 0.5, degreesOfFreedom / 2);
    }

    /// <summary>P(T ≤ t).</summary>
    public static double Cdf(double t, double degreesOfFreedom) => UpperTail(-t, degreesOfFreedom);

    public static double Density(double t, double degreesOfFreedom)
    {
        if (degreesOfFreedom >= NormalFrom) return NormalDistribution.Density(t);
        double v = degreesOfFreedom;
        double log = GammaFunction.Log((v + 1) / 2) - GammaFunction.Log(v / 2) - 0.5 * Math.Log(v * Math.PI)
            - (v + 1) / 2 * Math.Log(1 + t * t / v);
        return Math.Exp(log);
    }

    /// <summary>The t with P(T &gt; t) = <paramref name="tail"/>, 0 &lt; tail &lt; 1.</summary>
    public static double UpperQuantile(double tail, double degreesOfFreedom)
    {
        Check(degreesOfFreedom);
        double z = NormalDistribution.UpperQuantile(tail);
        if (degreesOfFreedom >= NormalFrom || z == 0) return z;
        if (z < 0) return -UpperQuantile(1 - tail, degreesOfFreedom);
        // The normal quantile is a lower bound. ln P(T > t) is nearly straight in ln t, so Newton's method in these coordinates
        // converges even for one degree of freedom; it stops when the step is below rounding.
        double logT = Math.Log(z);
        for (int i = 0; i < 60; i++)
        {
            double t = Math.Exp(logT);
            double p = UpperTail(t, degreesOfFreedom);
            double step = Math.Log(p / tail) * p / (Density(t, degreesOfFreedom) * t);
            logT += Math.Clamp(step, -2, 2);
            if (Math.Abs(step) < 1e-15) break;
        }
        return Math.Exp(logT);
    }

    private static void Check(double degreesOfFreedom)
    {
        if (!(degreesOfFreedom >= 1))
            throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "At least one degree of freedom was expected.");
    }
}
