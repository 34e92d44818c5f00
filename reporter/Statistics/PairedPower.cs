using System.Collections.Concurrent;

namespace BitNet.Perf.Reporter.Statistics;

/// <summary>What the signed-rank test sees in n normal differences of standard deviation 1. Up to <see cref="MostSimulated"/> differences by
/// simulation: a sample shifted by x is significant exactly when x exceeds minus its own lower limit at the level, so that one sample tells the
/// shift from which it is found, and the quantile of these shifts is the effect with that power. Beyond, the normal limit of the Hodges–Lehmann
/// estimate, whose variance is π/3 ÷ n, with what the simulation shows above the limit at its largest n, falling with 1/n.</summary>
public static class PairedPower
{
    /// <summary>With more differences the simulation takes too long.</summary>
    public const int MostSimulated = 60;

    /// <summary>Gives quantiles to about 2 %; shown are two digits.</summary>
    private const int Samples = 2000;

    private const int Seed = 20260131;

    private static readonly double LimitDeviation = Math.Sqrt(Math.PI / 3);
    private static readonly ConcurrentDictionary<(int Differences, int LeftOut), double[]> Shifts = new();

    /// <summary>The shift, in standard deviations of a difference, that is significant at the one-sided <paramref name="level"/> with the
    /// probability <paramref name="power"/>; null when n differences can reject nothing at this level.</summary>
    public static double? Detectable(int differences, double level, double power)
    {
        if (SignedRank.LeftOut(differences, 2 * level) is not { } leftOut) return null;
        if (differences > MostSimulated)
        {
            double limit = LimitDeviation * (NormalDistribution.UpperQuantile(level) + NormalDistribution.Quantile(power));
            double above = Detectable(MostSimulated, level, power)!.Value * Math.Sqrt(MostSimulated) - limit;
            return (limit + above * MostSimulated / differences) / Math.Sqrt(differences);
        }
        double[] shifts = Shifts.GetOrAdd((differences, leftOut), key => Simulated(key.Differences, key.LeftOut));
        return shifts[Math.Min(Samples - 1, (int)Math.Ceiling(power * Samples) - 1)];
    }

    /// <summary>Half the width of the interval at 1 − 2·<paramref name="tail"/> that n such differences have in the middle of samples; null when
    /// they have none.</summary>
    public static double? HalfWidth(int differences, double tail) =>
        // The lower limit lies that far below the estimate, whose own median is zero.
        Detectable(differences, tail, 0.5);

    private static double[] Simulated(int n, int leftOut)
    {
        var random = new Random(Seed);
        double[] shifts = new double[Samples], sample = new double[n], room = new double[n * (n + 1) / 2];
        for (int i = 0; i < Samples; i++)
        {
            for (int j = 0; j < n; j++) sample[j] = NormalDistribution.Quantile(random.Next(1, int.MaxValue) / (double)int.MaxValue);
            shifts[i] = -WalshAverages.OfRank(sample, leftOut, room);
        }
        Array.Sort(shifts);
        return shifts;
    }
}
