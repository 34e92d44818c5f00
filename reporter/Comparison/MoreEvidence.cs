namespace BitNet.Perf.Reporter.Comparison;

/// <summary>What would decide an undecided workload, if its estimate and noise stay as they are.</summary>
/// <param name="Launches">More launches in the candidate's run; null when no number up to <see cref="MostLaunches"/> would do.</param>
/// <param name="BaselineRuns">More baseline runs, where launches would not do; null when no number up to <see cref="MostRuns"/> would.</param>
/// <param name="RunsOnBothSides">More runs on each side, where baseline runs alone would not do.</param>
public sealed record MoreEvidence(int? Launches, int? BaselineRuns, int? RunsOnBothSides)
{
    public const int MostLaunches = 500;
    public const int MostRuns = 100;

    /// <param name="evidence">What there is now.</param>
    /// <param name="decides">Whether so much evidence would decide.</param>
    public static MoreEvidence Of(Evidence evidence, Func<Evidence, bool> decides)
    {
        // Runs of a single launch gain nothing that was looked at by longer runs: only more runs can be planned for them.
        int? launches = evidence.Noise.WithinLaunches ? null : Least(MostLaunches, k => decides(evidence.WithLaunches(k)));
        if (launches is not null) return new MoreEvidence(launches, null, null);
        int? baseline = Least(MostRuns, k => decides(evidence.WithRuns(k, 0)));
        return baseline is not null
            ? new MoreEvidence(null, baseline, null)
            : new MoreEvidence(null, null, Least(MostRuns, k => decides(evidence.WithRuns(k, k))));
    }

    // More runs may first cost degrees of freedom (an assumed deviation becomes an estimated one), so nothing is monotonic at the start:
    // the first few are tried one by one, then doubling and halving.
    private static int? Least(int most, Func<int, bool> decides)
    {
        const int OneByOne = 8;
        for (int k = 1; k <= OneByOne; k++)
            if (decides(k)) return k;
        if (!decides(most)) return null;
        int low = OneByOne, high = most;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (decides(middle)) high = middle;
            else low = middle;
        }
        return high;
    }
}
