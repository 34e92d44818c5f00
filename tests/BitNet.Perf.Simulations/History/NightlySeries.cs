using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.History;

/// <summary>How nights vary around their level, each with standard deviation 1 % (without the outliers).</summary>
internal enum NightNoise
{
    Normal,

    /// <summary>3 % of the nights cost 15 % more.</summary>
    HeavyTailed,

    /// <summary>First-order autoregression, ρ = 0.5.</summary>
    Correlated,
}

/// <summary>Simulated nightly values of one workload.</summary>
internal static class NightlySeries
{
    public const double Sigma = 0.01;
    private const double OutlierShare = 0.03;
    private const double Outlier = 0.15;
    private const double Correlation = 0.5;
    private const double Level = 100;

    /// <param name="shift">Added to the logarithm of night t.</param>
    public static double[] Draw(NightNoise noise, int nights, RandomStream random, Func<int, double> shift)
    {
        var chain = new Autoregression(noise == NightNoise.Correlated ? Correlation : 0, random.Normal());
        double[] values = new double[nights];
        for (int t = 0; t < nights; t++)
        {
            double deviation = Sigma * chain.Next(random.Normal());
            if (noise == NightNoise.HeavyTailed && random.Chance(OutlierShare)) deviation += Outlier;
            values[t] = Level * Math.Exp(deviation + shift(t));
        }
        return values;
    }
}
