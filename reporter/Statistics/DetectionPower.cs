namespace BitNet.Perf.Reporter.Statistics;

/// <summary>How likely a true effect is to be called: estimate ≥ floor and estimate ÷ its standard error ≥ critical, where the
/// estimate is normal and the standard error an independent chi on the stated degrees of freedom (a noncentral t where there is
/// no floor).</summary>
public static class DetectionPower
{
    private const int Points = 20;
    private const int Panels = 8;
    private static readonly (double Node, double Weight)[] Legendre = GaussLegendre(Points);

    /// <summary>P(T &gt; t) of the noncentral t distribution with noncentrality <paramref name="shift"/>.</summary>
    public static double NoncentralUpperTail(double t, double degreesOfFreedom, double shift) =>
        Chance(shift, t, degreesOfFreedom, double.NegativeInfinity);

    /// <summary>P(X ≥ floor and X ≥ critical·S) for X normal with mean <paramref name="effect"/> and variance 1, S² = χ²_ν/ν
    /// independent of X: ∫ Φ(effect − max(floor, critical·s)) f_S(s) ds, Gauss–Legendre on the range that holds all but 1e-15.</summary>
    /// <param name="effect">In standard errors.</param>
    /// <param name="floor">In standard errors.</param>
    public static double Chance(double effect, double critical, double degreesOfFreedom, double floor)
    {
        if (degreesOfFreedom >= 1e6) return NormalDistribution.Cdf(effect - Math.Max(floor, critical));
        double v = degreesOfFreedom;
        // χ_ν is a 1-Lipschitz function of Gaussians, so it leaves √ν ± x with a chance of at most 2·exp(−x²/2) (its mean is within 1 of √ν).
        double low = Math.Max(0, 1 - 9.5 / Math.Sqrt(v)), high = 1 + 9.5 / Math.Sqrt(v);
        double logScale = (1 - v / 2) * Math.Log(2) - GammaFunction.Log(v / 2) + v / 2 * Math.Log(v);
        double Integrand(double s) => s <= 0
            ? 0
            : Math.Exp(logScale + (v - 1) * Math.Log(s) - v * s * s / 2) * NormalDistribution.Cdf(effect - Math.Max(floor, critical * s));

        // The maximum has a kink where the floor takes over; a panel edge is put there.
        double kink = critical == 0 ? low : Math.Clamp(floor / critical, low, high);
        return Integrate(Integrand, low, kink) + Integrate(Integrand, kink, high);
    }

    /// <summary>The smallest true effect (log ratio) that is called with probability <paramref name="power"/>.</summary>
    /// <param name="standardError">Of the log ratio.</param>
    /// <param name="level">One-sided level of the test, after the correction for the number of workloads.</param>
    /// <param name="floor">The estimate must reach this log ratio as well.</param>
    public static double MinimumDetectableEffect(double standardError, double degreesOfFreedom, double level, double floor, double power)
    {
        double critical = StudentDistribution.UpperQuantile(level, degreesOfFreedom);
        double scaledFloor = standardError > 0 ? floor / standardError : double.PositiveInfinity;
        if (double.IsInfinity(scaledFloor)) return floor;
        double low = 0, high = Math.Max(1, scaledFloor);
        while (Chance(high, critical, degreesOfFreedom, scaledFloor) < power) high *= 2;
        for (int i = 0; i < 60 && high - low > 1e-10 * high; i++)
        {
            double middle = (low + high) / 2;
            if (Chance(middle, critical, degreesOfFreedom, scaledFloor) < power) low = middle;
            else high = middle;
        }
        return high * standardError;
    }

    private static double Integrate(Func<double, double> f, double from, double to)
    {
        if (to <= from) return 0;
        double width = (to - from) / Panels, sum = 0;
        for (int panel = 0; panel < Panels; panel++)
        {
            double middle = from + (panel + 0.5) * width;
            foreach ((double node, double weight) in Legendre) sum += weight * f(middle + node * width / 2);
        }
        return sum * width / 2;
    }

    // Roots of the Legendre polynomial by Newton's method from the Chebyshev guess (DLMF 3.5(v), 18.9.1).
    private static (double, double)[] GaussLegendre(int n)
    {
        var result = new (double, double)[n];
        for (int i = 0; i < n; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5)), slope = 1;
            for (int step = 0; step < 100; step++)
            {
                double previous = 1, value = x;
                for (int k = 2; k <= n; k++) (previous, value) = (value, ((2 * k - 1) * x * value - (k - 1) * previous) / k);
                slope = n * (x * value - previous) / (x * x - 1);
                double delta = value / slope;
                x -= delta;
                if (Math.Abs(delta) < 1e-16) break;
            }
            result[i] = (x, 2 / ((1 - x * x) * slope * slope));
        }
        return result;
    }
}
