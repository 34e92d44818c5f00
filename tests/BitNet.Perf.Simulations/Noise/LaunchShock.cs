namespace BitNet.Perf.Simulations.Noise;

/// <summary>How far one launch lies from its workload's middle, as a logarithm: 0.02 is about 2 %.</summary>
internal delegate double LaunchShock(RandomStream random);

/// <summary>Distributions of launches. Each has the mean 0 (or, with outliers and modes, one that both sides share).</summary>
internal static class LaunchShocks
{
    public static LaunchShock Normal(double deviation) => random => deviation * random.Normal();

    /// <summary>Student's t on three degrees of freedom, scaled to the standard deviation given: heavy tails on both sides, no fourth moment.</summary>
    public static LaunchShock HeavyTailed(double deviation) => random =>
    {
        double a = random.Normal(), b = random.Normal(), c = random.Normal();
        // t₃ has the variance 3: Z ÷ √(χ²₃ ÷ 3) ÷ √3 = Z ÷ √χ²₃.
        return deviation * random.Normal() / Math.Sqrt(a * a + b * b + c * c);
    };

    /// <summary>Normal, and a share of the launches slower by a fixed amount on top.</summary>
    public static LaunchShock WithOutliers(double deviation, double share, double slower) => random =>
        deviation * random.Normal() + (random.Chance(share) ? Math.Log(1 + slower) : 0);

    /// <summary>Two modes: a share of the launches lies higher by so much, e.g. for the placement of code or pages.</summary>
    public static LaunchShock TwoModes(double deviation, double share, double apart) => random =>
        deviation * random.Normal() + (random.Chance(share) ? Math.Log(1 + apart) : 0);
}
