using System.Collections.Concurrent;

namespace BitNet.Perf.Reporter.Statistics;

/// <summary>Wilcoxon's signed-rank statistic W (F. Wilcoxon, Biometrics Bulletin 1, 1945): the sum of the ranks of |d| over the positive
/// differences d. Where each difference is as likely to be d as −d, every choice of signs is equally likely, and the distribution is exact.</summary>
public static class SignedRank
{
    /// <summary>Largest number of differences for which the distribution is counted out; beyond it an Edgeworth expansion.</summary>
    public const int MaxExactSize = 200;

    private static readonly ConcurrentDictionary<int, double[]> Distributions = new();

    /// <summary>One-sided p for "the differences tend to be above zero": P(W ≥ observed). Equal |d| share their middle rank, and the distribution
    /// is that of these very ranks. Zero differences have a rank and no sign (J. W. Pratt, J. Am. Statist. Assoc. 54, 1959): they count for neither side.</summary>
    /// <returns>1 when there is no difference but zeros.</returns>
    public static double UpperTail(IReadOnlyList<double> differences)
    {
        (int[] doubledRanks, int doubledObserved, bool plain) = Ranks(differences);
        if (doubledRanks.Length == 0) return 1;
        if (doubledRanks.Length > MaxExactSize) return SignedRankEdgeworth.UpperTail(doubledRanks, doubledObserved);
        if (!plain) return ExactUpperTail(doubledRanks, doubledObserved);
        // By symmetry P(W ≥ w) = P(W ≤ n(n + 1)/2 − w).
        int n = doubledRanks.Length;
        return Cdf(n, n * (n + 1) / 2 - doubledObserved / 2);
    }

    /// <summary>P(W ≤ w) for n differences without ties and zeros.</summary>
    public static double Cdf(int n, int w)
    {
        if (n < 1) throw new ArgumentOutOfRangeException(nameof(n), n, "At least one difference was expected.");
        int most = n * (n + 1) / 2;
        if (w < 0) return 0;
        if (w >= most) return 1;
        return n > MaxExactSize
            ? SignedRankEdgeworth.UpperTail([.. Enumerable.Range(1, n).Select(rank => 2 * rank)], 2 * (most - w))
            : Distributions.GetOrAdd(n, Cumulated)[w];
    }

    /// <summary>How many of the smallest and of the largest Walsh averages lie outside an interval that misses with at most
    /// <paramref name="misrate"/>: the largest c + 1 ≥ 0 … with 2·P(W ≤ c) ≤ misrate gives the order statistics c and M − 1 − c (from 0).
    /// Null when even the whole range of n differences misses more often.</summary>
    public static int? LeftOut(int n, double misrate)
    {
        if (!(misrate > 0 && misrate <= 1)) throw new ArgumentOutOfRangeException(nameof(misrate), misrate, "A rate in (0, 1] was expected.");
        // Rates like 2 · 2⁻ⁿ are meant to be met exactly; rounding must not decide them.
        double tail = misrate / 2 * (1 + 1e-12);
        if (Cdf(n, 0) > tail) return null;
        int low = 0, high = n * (n + 1) / 2;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (Cdf(n, middle) <= tail) low = middle;
            else high = middle;
        }
        return low;
    }

    // Ranks times two, so that middle ranks are whole numbers; zeros have been ranked and left out.
    private static (int[] DoubledRanks, int DoubledObserved, bool Plain) Ranks(IReadOnlyList<double> differences)
    {
        int n = differences.Count;
        double[] size = new double[n];
        int[] order = new int[n];
        for (int i = 0; i < n; i++)
        {
            if (!double.IsFinite(differences[i])) throw new ArgumentException($"Finite differences were expected; number {i} is {differences[i]}.", nameof(differences));
            size[i] = Math.Abs(differences[i]);
            order[i] = i;
        }
        Array.Sort(size, order);
        var ranks = new List<int>(n);
        int observed = 0;
        bool plain = true;
        for (int first = 0, next; first < n; first = next)
        {
            next = first + 1;
            while (next < n && size[next] == size[first]) next++;
            int doubled = first + 1 + next; // (first + 1) … next, from 1: their middle times two
            plain &= next == first + 1 && size[first] > 0;
            for (int i = first; i < next && size[first] > 0; i++)
            {
                ranks.Add(doubled);
                if (differences[order[i]] > 0) observed += doubled;
            }
        }
        return ([.. ranks], observed, plain);
    }

    private static double ExactUpperTail(int[] doubledRanks, int observed)
    {
        double[] probability = Probabilities(doubledRanks);
        double sum = 0;
        for (int w = probability.Length - 1; w >= observed; w--) sum += probability[w];
        return Math.Min(1, sum);
    }

    private static double[] Cumulated(int n)
    {
        double[] cdf = Probabilities([.. Enumerable.Range(1, n)]);
        for (int w = 1; w < cdf.Length; w++) cdf[w] = Math.Min(1, cdf[w] + cdf[w - 1]);
        return cdf;
    }

    // Each rank is in the sum or not, with a chance of one half: the product of (1 + qʳ)/2.
    private static double[] Probabilities(int[] ranks)
    {
        double[] probability = new double[ranks.Sum() + 1];
        probability[0] = 1;
        int reached = 0;
        foreach (int rank in ranks)
        {
            for (int w = reached + rank; w >= 0; w--)
                probability[w] = 0.5 * (w <= reached ? probability[w] : 0) + (w >= rank ? 0.5 * probability[w - rank] : 0);
            reached += rank;
        }
        return probability;
    }
}
