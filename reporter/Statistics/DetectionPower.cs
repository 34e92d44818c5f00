namespace BitNet.Perf.Reporter.Statistics;

/// <summary>How likely a true effect is to be called by a test whose critical value depends on an estimated variance.</summary>
public static class DetectionPower
{
    private const int Points = 20;
    private const int Panels = 8;

    /// <summary>All nodes lighter than this together weigh less than the integral's own error.</summary>
    private const double Negligible = 1e-17;
    private static readonly (double Node, double Weight)[] Legendre = GaussLegendre(Points);

    [ThreadStatic]
    private static NodesOf? LastAnswer;

    /// <summary>P(T &gt; t) of the noncentral t distribution with noncentrality <paramref name="shift"/>: the chance that X ≥ t·S for X
    /// normal with mean shift and variance 1, S² = χ²_ν/ν independent of X.</summary>
    public static double NoncentralUpperTail(double t, double degreesOfFreedom, double shift) =>
        Average(s => NormalDistribution.Cdf(shift - t * s), degreesOfFreedom);

    /// <summary>The chance that an estimate reaches its critical value.</summary>
    /// <param name="effect">True log ratio.</param>
    /// <param name="standardError">Of the estimate, as it truly is.</param>
    /// <param name="estimatedSquare">Square of the critical value's part that follows the estimated variance (at its true value).</param>
    /// <param name="knownSquare">Square of its part that does not.</param>
    /// <param name="degreesOfFreedom">Of the estimated variance.</param>
    public static double Chance(double effect, double standardError, double estimatedSquare, double knownSquare, double degreesOfFreedom)
    {
        double Called(double s) => NormalTable.Cdf((effect - Math.Sqrt(estimatedSquare * s * s + knownSquare)) / standardError);
        return estimatedSquare == 0 || degreesOfFreedom >= 1e6 ? Called(1) : Average(Called, degreesOfFreedom);
    }

    /// <summary>E f(S) for S² = χ²_ν/ν: Gauss–Legendre over the range that holds all but 1e-15 of S.</summary>
    private static double Average(Func<double, double> f, double degreesOfFreedom)
    {
        double sum = 0;
        foreach ((double node, double weight) in Nodes(degreesOfFreedom)) sum += weight * f(node);
        return sum;
    }

    // The nodes depend on the degrees of freedom alone, and a comparison has few of them: the last ones are remembered.
    private static (double Node, double Weight)[] Nodes(double degreesOfFreedom)
    {
        if (LastAnswer is { } last && last.DegreesOfFreedom == degreesOfFreedom) return last.Nodes;
        double v = degreesOfFreedom;
        // χ_ν is a 1-Lipschitz function of Gaussians: it leaves its mean ± x with a chance of at most 2·exp(−x²/2), its mean is within 1 of √ν.
        double low = Math.Max(0, 1 - 9.5 / Math.Sqrt(v)), high = 1 + 9.5 / Math.Sqrt(v);
        double logScale = (1 - v / 2) * Math.Log(2) - GammaFunction.Log(v / 2) + v / 2 * Math.Log(v);
        double width = (high - low) / Panels;
        var nodes = new List<(double, double)>();
        for (int panel = 0; panel < Panels; panel++)
        {
            double middle = low + (panel + 0.5) * width;
            foreach ((double node, double weight) in Legendre)
            {
                double s = middle + node * width / 2;
                double share = weight * width / 2 * Math.Exp(logScale + (v - 1) * Math.Log(s) - v * s * s / 2);
                if (share > Negligible) nodes.Add((s, share));
            }
        }
        LastAnswer = new NodesOf(degreesOfFreedom, [.. nodes]);
        return LastAnswer.Nodes;
    }

    private sealed record NodesOf(double DegreesOfFreedom, (double Node, double Weight)[] Nodes);

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
