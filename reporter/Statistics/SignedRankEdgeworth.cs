namespace BitNet.Perf.Reporter.Statistics;

/// <summary>Large-sample distribution of the signed-rank statistic: normal with Edgeworth's corrections. W is a sum of independent terms
/// rank·B, B one or zero with a chance of one half, whose cumulants are rank²/4, −rank⁴/8 and rank⁶/4; odd ones beyond the mean vanish.</summary>
internal static class SignedRankEdgeworth
{
    /// <summary>P(2W ≥ observed) for doubled ranks, ties allowed.</summary>
    public static double UpperTail(IReadOnlyList<int> doubledRanks, int doubledObserved)
    {
        double total = 0, second = 0, fourth = 0, sixth = 0;
        foreach (int rank in doubledRanks)
        {
            double square = (double)rank * rank;
            total += rank;
            second += square / 4;
            fourth -= square * square / 8;
            sixth += square * square * square / 4;
        }
        // Without ties 2W takes even values only; half a step towards the mean is 1.
        double z = (doubledObserved - 1 - total / 2) / Math.Sqrt(second), z2 = z * z;
        double l4 = fourth / (second * second), l6 = sixth / (second * second * second);
        double h3 = z * (z2 - 3), h5 = z * (z2 * z2 - 10 * z2 + 15), h7 = z * (z2 * z2 * z2 - 21 * z2 * z2 + 105 * z2 - 105);
        return Math.Clamp(NormalDistribution.UpperTail(z) + NormalDistribution.Density(z) * (l4 / 24 * h3 + l6 / 720 * h5 + l4 * l4 / 1152 * h7), 0, 1);
    }
}
