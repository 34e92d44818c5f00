namespace BitNet.Perf.Reporter.Statistics;

/// <summary>The distribution of the Mann–Whitney count U (pairs with x above y) when both samples come from one continuous
/// distribution, and the numbers of extreme pairwise differences an interval may leave out because of it.</summary>
public static class MannWhitney
{
    /// <summary>Largest n + m for which the exact distribution is used; beyond it an Edgeworth expansion.</summary>
    public const int MaxExactSize = 400;

    /// <summary>Differences to leave out at each end so that the interval misses with at most <paramref name="misrate"/>:
    /// the largest c with 2·P(U ≤ c) ≤ misrate. Null when even the whole range misses more often.</summary>
    public static int? LeftOut(int n, int m, double misrate)
    {
        Check(n, m, misrate);
        // Workloads of a run have equally many launches: the last answer is nearly always the next.
        if (LastAnswer is not { } last || (last.N, last.M, last.Misrate) != (n, m, misrate))
        {
            int reached = FirstReaching(n, m, misrate / 2, strictly: true);
            LastAnswer = last = new Answer(n, m, misrate, reached == 0 ? null : reached - 1);
        }
        return last.LeftOut;
    }

    private sealed record Answer(int N, int M, double Misrate, int? LeftOut);

    [ThreadStatic]
    private static Answer? LastAnswer;

    /// <summary>Pragmastat's PairwiseMargin: twice the smallest u with P(U ≤ u) ≥ misrate/2. Its interval leaves out u at each end
    /// and so misses with 2·P(U ≤ u), at or *above* the rate asked for (n = m = 5 at 5 % misses 5.6 %); kept as the reference the
    /// test vectors define, while <see cref="LeftOut"/> is what the intervals use.</summary>
    public static int PragmastatMargin(int n, int m, double misrate)
    {
        Check(n, m, misrate);
        return 2 * FirstReaching(n, m, misrate / 2, strictly: false);
    }

    /// <summary>P(U ≤ u).</summary>
    public static double Cdf(int n, int m, int u)
    {
        Check(n, m, 1);
        if (u < 0) return 0;
        if (u >= n * m) return 1;
        if (n + m > MaxExactSize) return MannWhitneyEdgeworth.Cdf(n, m, u);
        double sum = 0;
        foreach (double p in Probabilities(n, m).Take(u + 1)) sum += p;
        return Math.Min(1, sum);
    }

    private static int FirstReaching(int n, int m, double tail, bool strictly)
    {
        // Rates like 2 ÷ C(n + m, n) are meant to be met exactly; rounding must not decide them.
        const double Rounding = 1e-12;
        bool Reaches(double cdf) => strictly ? cdf > tail * (1 + Rounding) : cdf >= tail * (1 - Rounding);
        if (n + m > MaxExactSize)
        {
            int low = 0, high = n * m;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (Reaches(MannWhitneyEdgeworth.Cdf(n, m, middle))) high = middle;
                else low = middle + 1;
            }
            return low;
        }
        double sum = 0;
        int u = 0;
        foreach (double p in Probabilities(n, m))
        {
            sum += p;
            if (Reaches(sum)) return u;
            u++;
        }
        return n * m;
    }

    // P(U = 0), P(U = 1), … by A. Löffler's recurrence (Wissenschaftliche Zeitschrift der Universität Halle 32, 1983):
    // u·count(u) = Σ_{i<u} count(i)·σ(u − i), where σ(k) sums the divisors of k that are ≤ n less those in (m, m + n].
    // It follows from the Gaussian binomial generating function Π (1 − q^(m+i)) / (1 − q^i) by logarithmic differentiation.
    private static IEnumerable<double> Probabilities(int n, int m)
    {
        int size = n * m + 1;
        double[] probability = new double[size];
        double[] sigma = new double[size];
        for (int d = 1; d <= n; d++)
            for (int k = d; k < size; k += d) sigma[k] += d;
        for (int d = m + 1; d <= m + n; d++)
            for (int k = d; k < size; k += d) sigma[k] -= d;
        probability[0] = SmallestProbability(n, m);
        yield return probability[0];
        for (int u = 1; u < size; u++)
        {
            double sum = 0;
            for (int i = 0; i < u; i++) sum += probability[i] * sigma[u - i];
            // The count is positive everywhere; rounding may only make it vanish far beyond the tails in use.
            yield return probability[u] = Math.Max(0, sum / u);
        }
    }

    // 1 ÷ C(n + m, n)
    private static double SmallestProbability(int n, int m)
    {
        double result = 1;
        for (int i = 1; i <= Math.Min(n, m); i++) result *= (double)i / (n + m - Math.Min(n, m) + i);
        return result;
    }

    private static void Check(int n, int m, double misrate)
    {
        if (n < 1 || m < 1) throw new ArgumentException($"Two samples were expected, not {n} and {m} values.");
        if (!(misrate > 0 && misrate <= 1)) throw new ArgumentOutOfRangeException(nameof(misrate), misrate, "A rate in (0, 1] was expected.");
    }
}
