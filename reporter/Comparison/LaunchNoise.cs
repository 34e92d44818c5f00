using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>s²: the variance between launches of one run, on each side. One estimate pooled over both sides where they have about
/// as many launches, for then it does little harm if one side is the noisier. Otherwise, or where they clearly differ, each side its
/// own: a noisy candidate of a few launches must not borrow the quiet of a large baseline. (Simulated: 4 launches at 2 % against 200
/// at 1 %, pooled, raise a false alarm in more than a quarter of suites of 20.)</summary>
/// <param name="Pooled">Whether both sides hold the same, pooled estimate.</param>
public sealed record LaunchNoise(VariancePart Baseline, VariancePart Candidate, bool Pooled)
{
    /// <summary>Sides count as equally large up to this ratio of their numbers of launches.</summary>
    private const double BalancedRatio = 1.25;

    /// <summary>Sides are kept apart when so large a ratio of their variances has less than this chance (F test, both directions).</summary>
    private const double DifferenceLevel = 0.01;

    /// <summary>Null when no run of either side has two launches.</summary>
    public static LaunchNoise? Of(SideSample baseline, SideSample candidate)
    {
        int before = baseline.WithinDegreesOfFreedom, after = candidate.WithinDegreesOfFreedom;
        if (before + after == 0) return null;
        if (before > 0 && after > 0 && (Unbalanced(baseline.Launches, candidate.Launches) || Differ(baseline, candidate)))
            return new LaunchNoise(new VariancePart(baseline.WithinSquares / before, before), new VariancePart(candidate.WithinSquares / after, after), Pooled: false);
        var pooled = new VariancePart((baseline.WithinSquares + candidate.WithinSquares) / (before + after), before + after);
        return new LaunchNoise(pooled, pooled, Pooled: true);
    }

    /// <summary>The same variances as they would be known from so many launches of each run.</summary>
    public LaunchNoise For(IReadOnlyList<int> baseline, IReadOnlyList<int> candidate)
    {
        int before = baseline.Sum() - baseline.Count, after = candidate.Sum() - candidate.Count;
        bool pooled = Pooled && !(before > 0 && after > 0 && Unbalanced(baseline.Sum(), candidate.Sum()));
        return new LaunchNoise(
            Baseline with { DegreesOfFreedom = pooled ? before + after : Math.Max(1, before) },
            Candidate with { DegreesOfFreedom = pooled ? before + after : Math.Max(1, after) },
            pooled);
    }

    private static bool Unbalanced(int before, int after) => Math.Max(before, after) > BalancedRatio * Math.Min(before, after);

    private static bool Differ(SideSample baseline, SideSample candidate)
    {
        int before = baseline.WithinDegreesOfFreedom, after = candidate.WithinDegreesOfFreedom;
        double ratio = baseline.WithinSquares / before / (candidate.WithinSquares / after);
        double p = ratio >= 1
            ? StudentDistribution.VarianceRatioUpperTail(ratio, before, after)
            : StudentDistribution.VarianceRatioUpperTail(1 / ratio, after, before);
        return p < DifferenceLevel / 2;
    }
}
