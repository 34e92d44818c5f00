namespace BitNet.Perf.Reporter.Comparison;

/// <summary>When an interleaved comparison draws verdicts, declared before it begins: after how many pairs, and at what level each time. One look
/// goes through Holm's procedure at α. Several looks share α: look k tests every workload at α_k/m, m fixed at the start, nothing recycled, so
/// that all looks together raise a false alarm with α at most. The first look is the least number of pairs that can reject anything at its level.</summary>
public sealed class LookPlan
{
    private const int MostLooks = 4;

    /// <summary>Between two looks, so that a look is likely to tell something new.</summary>
    private const int LeastStep = 3;

    /// <summary>Of α for the last look; the rest is shared equally by those before.</summary>
    private const double LastShare = 0.5;

    private LookPlan(IReadOnlyList<int> pairs, int familySize, double familyErrorRate) =>
        (Pairs, FamilySize, FamilyErrorRate) = (pairs, familySize, familyErrorRate);

    /// <summary>Numbers of pairs, ascending.</summary>
    public IReadOnlyList<int> Pairs { get; }

    /// <summary>m.</summary>
    public int FamilySize { get; }

    /// <summary>α.</summary>
    public double FamilyErrorRate { get; }

    /// <summary>As many looks as fit, up to four: the more there are, the sooner a clear case ends, the less is left for the last one.</summary>
    /// <param name="pairs">The most there can be.</param>
    /// <param name="familySize">Workloads judged together.</param>
    /// <param name="familyErrorRate">α.</param>
    /// <exception cref="ComparisonInputException">So few pairs that nothing could ever be rejected.</exception>
    public static LookPlan Of(int pairs, int familySize, double familyErrorRate)
    {
        int least = LeastPairs(familySize, familyErrorRate);
        if (pairs < least)
        {
            throw new ComparisonInputException(ComparisonInputFault.TooFewPairs,
                FormattableString.Invariant($"{pairs} pairs cannot show a change of any of {familySize} workloads at {familyErrorRate}; at least {least} are needed"));
        }
        for (int looks = MostLooks; looks > 1; looks--)
        {
            int first = LeastFor(Share(looks, 0) * familyErrorRate / familySize);
            if (first + LeastStep * (looks - 1) <= pairs)
                return new LookPlan([.. Enumerable.Range(0, looks).Select(k => first + (int)Math.Round((pairs - first) * (double)k / (looks - 1)))], familySize, familyErrorRate);
        }
        return new LookPlan([pairs], familySize, familyErrorRate);
    }

    /// <summary>The same looks again, as a receipt states them.</summary>
    public static LookPlan Declared(IReadOnlyList<int> pairs, int familySize, double familyErrorRate) => new(pairs, familySize, familyErrorRate);

    /// <summary>Pairs without which not even a single look at α could reject one of so many workloads: the least n with 2⁻ⁿ ≤ α/m.</summary>
    public static int LeastPairs(int familySize, double familyErrorRate) => LeastFor(familyErrorRate / Math.Max(1, familySize));

    /// <summary>α_k, the part of α that look k (from 0) has.</summary>
    public double ShareOf(int look) => Share(Pairs.Count, look) * FamilyErrorRate;

    /// <summary>α_k/m, at which look k (from 0) tests each workload.</summary>
    public double LevelOf(int look) => ShareOf(look) / FamilySize;

    /// <summary>Looks that so many pairs reach.</summary>
    public int Reached(int pairs) => Pairs.Count(look => look <= pairs);

    private static double Share(int looks, int look) => looks == 1 ? 1 : look == looks - 1 ? LastShare : (1 - LastShare) / (looks - 1);

    private static int LeastFor(double level) => (int)Math.Ceiling(-Math.Log2(level) - 1e-9);
}
