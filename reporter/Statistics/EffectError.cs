namespace BitNet.Perf.Reporter.Statistics;

/// <summary>A variance with the degrees of freedom it was estimated on; infinity: taken as known.</summary>
public readonly record struct VariancePart(double Variance, double DegreesOfFreedom);

/// <summary>The error of a log ratio: the sum of independent parts, from launches and from whole runs.</summary>
/// <remarks>The sum of two estimated variances has no t distribution. Welch and Satterthwaite's degrees of freedom, the usual way
/// out, fail in the far tail that a correction for many workloads needs: with 4 degrees of freedom beside a known part of a quarter,
/// they reject 4 times as often as the level 0.0005 says (a test shows it). Here the critical value is
/// √(Σ tᵢ² vᵢ), each part with its own t: it equals Student's t when one part vanishes, and never rejects more often than the level.</remarks>
public sealed class EffectError
{
    private readonly VariancePart[] _parts;

    public EffectError(params IEnumerable<VariancePart> parts) => _parts = [.. parts.Where(part => part.Variance > 0)];

    public double StandardError => Math.Sqrt(_parts.Sum(part => part.Variance));

    /// <summary>The log ratio that is just significant at the one-sided <paramref name="level"/> (at most 1/2).</summary>
    public double Critical(double level) => Math.Sqrt(_parts.Sum(part => Square(part, level)));

    /// <summary>One-sided p of a log ratio: the level at which it would be just significant; for negative ones 1 less that of the opposite.</summary>
    public double UpperTail(double effect)
    {
        if (effect < 0) return 1 - UpperTail(-effect);
        double standardError = StandardError;
        if (standardError == 0) return effect > 0 ? 0 : 0.5;
        double t = effect / standardError;
        double smallest = _parts.Min(part => part.DegreesOfFreedom), largest = _parts.Max(part => part.DegreesOfFreedom);
        // Student's t on the smaller and the larger number of degrees of freedom enclose the answer.
        double high = StudentDistribution.UpperTail(t, smallest), low = StudentDistribution.UpperTail(t, largest);
        return smallest == largest ? high : LevelOf(effect, Math.Log(Math.Max(low, 1e-300)), Math.Log(high));
    }

    // Solves Critical(eᵘ) = effect for u between two logarithms, on which it is nearly a straight line.
    private double LevelOf(double effect, double low, double high) =>
        Math.Exp(FalsePosition.Solve(u => Math.Log(Critical(Math.Exp(u)) / effect), low, high, tolerance: 1e-14));

    /// <summary>The chance that a true log ratio is found significant at the level, if the variances are as estimated here.</summary>
    public double Power(double effect, double level) => PowerAt(level)(effect);

    private Func<double, double> PowerAt(double level)
    {
        double standardError = StandardError;
        if (standardError == 0) return effect => effect > 0 ? 1 : 0;
        VariancePart[] estimated = [.. _parts.Where(part => double.IsFinite(part.DegreesOfFreedom))];
        double known = _parts.Where(part => double.IsPositiveInfinity(part.DegreesOfFreedom)).Sum(part => Square(part, level));
        // Where several parts are estimated, one chi stands for all of them, on the fewest degrees of freedom: power is then understated.
        double square = estimated.Sum(part => Square(part, level));
        double degrees = estimated.Length > 0 ? estimated.Min(part => part.DegreesOfFreedom) : double.PositiveInfinity;
        return effect => DetectionPower.Chance(effect, standardError, square, known, degrees);
    }

    /// <summary>The smallest true log ratio that is found significant with the probability <paramref name="power"/>: the minimum
    /// detectable effect.</summary>
    public double MinimumDetectable(double level, double power)
    {
        double critical = Critical(level), high = critical + StandardError;
        if (high == 0) return 0;
        Func<double, double> chance = PowerAt(level);
        double low = chance(critical) < power ? critical : 0;
        while (chance(high) < power) high *= 1.5;
        // As a normal quantile the power is nearly a straight line in the effect; its ends are cut off where a double has none.
        double wanted = NormalDistribution.Quantile(power);
        return FalsePosition.Solve(effect => wanted - NormalDistribution.Quantile(Math.Clamp(chance(effect), 1e-15, 1 - 1e-15)), low, high, tolerance: 1e-8);
    }

    private static double Square(VariancePart part, double level)
    {
        double t = StudentQuantiles.Upper(level, part.DegreesOfFreedom);
        return t * t * part.Variance;
    }
}
