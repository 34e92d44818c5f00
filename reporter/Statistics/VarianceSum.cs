namespace BitNet.Perf.Reporter.Statistics;

/// <summary>A variance that is part of a sum, with the degrees of freedom it was estimated on (infinity: known, not estimated).</summary>
public readonly record struct VariancePart(double Variance, double DegreesOfFreedom);

/// <summary>Sums of independently estimated variances.</summary>
public static class VarianceSum
{
    /// <summary>Degrees of freedom of the sum by Welch and Satterthwaite: (Σv)² ÷ Σ(v²/ν)
    /// (F. E. Satterthwaite, Biometrics Bulletin 2, 1946). Infinity when no part was estimated.</summary>
    public static double DegreesOfFreedom(params ReadOnlySpan<VariancePart> parts)
    {
        double sum = 0, squares = 0;
        foreach (VariancePart part in parts)
        {
            sum += part.Variance;
            if (part.Variance > 0) squares += part.Variance * part.Variance / part.DegreesOfFreedom;
        }
        return squares > 0 ? sum * sum / squares : double.PositiveInfinity;
    }
}
