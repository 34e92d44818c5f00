using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>When an interleaved comparison draws verdicts, declared before it begins: after how many pairs, and at what level each time. One look
/// goes through Holm's procedure at α. Several looks share α: look k tests every workload at α_k/m, m fixed at the start, nothing recycled, so
/// that all looks together raise a false alarm with α at most. The first look is the least number of pairs that can reject anything at its level;
/// the last one, reached only where the number of pairs asked for left something undecided, comes half as many pairs later.</summary>
public sealed class LookPlan
{
    private const int MostEarlyLooks = 2;

    /// <summary>Between two looks, so that a look is likely to tell something new.</summary>
    private const int LeastStep = 3;

    /// <summary>Of α for the look after the pairs asked for; measured on for what is undecided has <see cref="OnShare"/>, the rest is shared equally by the looks before.</summary>
    private const double MainShare = 0.5;

    private const double OnShare = 0.2;

    /// <summary>Pairs measured on for what is undecided: half as many again.</summary>
    private const double OnFactor = 1.5;

    private LookPlan(IReadOnlyList<DeclaredLook> looks, int familySize, double familyErrorRate) =>
        (Looks, FamilySize, FamilyErrorRate) = (looks, familySize, familyErrorRate);

    /// <summary>After how many pairs, ascending, and the share of α that each has.</summary>
    public IReadOnlyList<DeclaredLook> Looks { get; }

    /// <summary>m.</summary>
    public int FamilySize { get; }

    /// <summary>α.</summary>
    public double FamilyErrorRate { get; }

    /// <summary>A look after the pairs asked for, one after half as many again, and up to two before, as fit: the more there are, the sooner a clear
    /// case ends, the less is left for the others.</summary>
    /// <param name="pairs">Asked for.</param>
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
        for (int early = MostEarlyLooks; early >= 0; early--)
        {
            int first = LeastFor(Share(early + 2, 0) * familyErrorRate / familySize);
            if (first + LeastStep * early > pairs) continue;
            IEnumerable<int> before = Enumerable.Range(0, early).Select(k => first + (int)Math.Round((pairs - first) * (double)k / early));
            int[] looks = [.. before, pairs, (int)Math.Ceiling(OnFactor * pairs)];
            return new LookPlan([.. looks.Select((look, k) => new DeclaredLook(look, Share(looks.Length, k)))], familySize, familyErrorRate);
        }
        // Only the whole of α lets so few pairs reject anything.
        return Single(pairs, familySize, familyErrorRate);
    }

    /// <summary>One look, with the whole of α.</summary>
    public static LookPlan Single(int pairs, int familySize, double familyErrorRate) => new([new DeclaredLook(pairs, 1)], familySize, familyErrorRate);

    /// <summary>As a receipt states them.</summary>
    public static LookPlan Declared(IReadOnlyList<DeclaredLook> looks, int familySize, double familyErrorRate) => new(looks, familySize, familyErrorRate);

    /// <summary>Pairs without which not even a single look at α could reject one of so many workloads: the least n with 2⁻ⁿ ≤ α/m.</summary>
    public static int LeastPairs(int familySize, double familyErrorRate) => LeastFor(familyErrorRate / Math.Max(1, familySize));

    /// <summary>α_k, the part of α that look k (from 0) has.</summary>
    public double ShareOf(int look) => Looks[look].Share * FamilyErrorRate;

    /// <summary>α_k/m, at which look k (from 0) tests each workload.</summary>
    public double LevelOf(int look) => ShareOf(look) / FamilySize;

    /// <summary>Looks that so many pairs reach.</summary>
    public int Reached(int pairs) => Looks.Count(look => look.Launches <= pairs);

    private static double Share(int looks, int look) => looks switch
    {
        1 => 1,
        2 => look == 0 ? 1 - OnShare : OnShare,
        _ => look == looks - 1 ? OnShare : look == looks - 2 ? MainShare : (1 - MainShare - OnShare) / (looks - 2),
    };

    private static int LeastFor(double level) => (int)Math.Ceiling(-Math.Log2(level) - 1e-9);
}
