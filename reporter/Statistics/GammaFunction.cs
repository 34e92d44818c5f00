namespace BitNet.Perf.Reporter.Statistics;

/// <summary>The gamma and incomplete beta and gamma functions that the distributions are made of.</summary>
internal static class GammaFunction
{
    private const double Tiny = 1e-300;
    private const double Precision = 2e-16;
    private const int MaxTerms = 100_000;

    /// <summary>ln Γ(x) for x > 0, relative error about 1e-15: Stirling's series (DLMF 5.11.1) after shifting x above 15.</summary>
    public static double Log(double x)
    {
        double shift = 0;
        while (x < 15)
        {
            shift += Math.Log(x);
            x += 1;
        }
        double inverse = 1 / x;
        double square = inverse * inverse;
        double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680
            - square * (1.0 / 1188 - square * (691.0 / 360360 - square / 156))))));
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series - shift;
    }

    /// <summary>Regularised incomplete beta function I_x(a, b), relative accuracy kept in the lower tail.
    /// Continued fraction DLMF 8.17.22, evaluated by Lentz's method; the symmetry 8.17.4 keeps it in the fast region.</summary>
    /// <param name="complement">1 − x, given apart because rounding would lose it where x is near 1.</param>
    public static double RegularizedBeta(double x, double complement, double a, double b)
    {
        if (x <= 0) return 0;
        if (complement <= 0) return 1;
        double logX = complement < 0.5 ? LogOneMinus(complement) : Math.Log(x), logComplement = x < 0.5 ? LogOneMinus(x) : Math.Log(complement);
        double factor = Math.Exp(a * logX + b * logComplement - LogBeta(a, b));
        return x <= (a + 1) / (a + b + 2)
            ? factor * BetaFraction(x, a, b) / a
            : 1 - factor * BetaFraction(complement, b, a) / b;
    }

    /// <summary>ln B(a, b).</summary>
    // With one half beside a large number the three logarithms would cancel: then ln Γ(a + 1/2) − ln Γ(a) by DLMF 5.11.13.
    public static double LogBeta(double a, double b)
    {
        double large = Math.Max(a, b);
        return Math.Min(a, b) == 0.5 && large > 1e3
            ? 0.5 * Math.Log(Math.PI) - 0.5 * Math.Log(large) + 1 / (8 * large) - 1 / (192 * large * large * large)
            : Log(a) + Log(b) - Log(a + b);
    }

    /// <summary>Complementary error function, relative accuracy kept in the tail: erf's series (DLMF 7.6.2) near 0, beyond it
    /// Q(1/2, x²) by the continued fraction DLMF 8.9.2.</summary>
    public static double ComplementaryError(double x)
    {
        if (x < -6) return 2; // nearer than half a unit in the last place
        if (x < 0) return 2 - ComplementaryError(-x);
        if (x > 27) return 0; // below the smallest double
        double square = x * x;
        double front = Math.Exp(-square) / Math.Sqrt(Math.PI);
        if (x < 2)
        {
            // erf x = (2/√π) e^(−x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)); all terms positive, nothing cancels.
            double term = x, sum = x;
            for (int n = 1; term > sum * Precision; n++)
            {
                term *= 2 * square / (2 * n + 1);
                sum += term;
            }
            return 1 - 2 * front * sum;
        }
        double b = square + 0.5, c = 1 / Tiny, d = 1 / b, fraction = d;
        for (int n = 1; n < MaxTerms; n++)
        {
            double an = -n * (n - 0.5);
            b += 2;
            d = 1 / NotZero(an * d + b);
            c = NotZero(b + an / c);
            double delta = c * d;
            fraction *= delta;
            if (Math.Abs(delta - 1) < Precision) break;
        }
        return front * x * fraction;
    }

    private static double BetaFraction(double x, double a, double b)
    {
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), fraction = d;
        for (int m = 1; m < MaxTerms; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            fraction *= c * d;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            double delta = c * d;
            fraction *= delta;
            if (Math.Abs(delta - 1) < Precision) break;
        }
        return fraction;
    }

    private static double LogOneMinus(double x) => Math.Abs(x) > 1e-4 ? Math.Log(1 - x) : -x * (1 + x * (0.5 + x * (1.0 / 3 + x * 0.25)));

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
