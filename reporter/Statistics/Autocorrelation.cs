namespace BitNet.Perf.Reporter.Statistics;

/// <summary>Whether values that follow each other are more alike than independent ones would be.</summary>
/// <param name="Lag1">Correlation of neighbours, 1 − V/2 for von Neumann's ratio V; its mean for independent values is 0, where the usual lag-1 coefficient has
/// −1/n. For first-order autoregression ρ of n values it stays below ρ by about 4ρ/n.</param>
/// <param name="P">Chance of so much or more correlation in independent normal values.</param>
/// <remarks>V = Σ(xᵢ₊₁ − xᵢ)² ÷ Σ(xᵢ − mean)² (J. von Neumann, Ann. Math. Statist. 12, 1941), numerator and denominator each summed over the runs, has
/// for independent normal values the mean 2, the variance 4·Σ(n − 2) ÷ (ν(ν + 2)) with ν = Σ(n − 1), and is symmetric, all exactly. V/4 is taken for a symmetric beta
/// variable of that variance, as J. Durbin and G. S. Watson (Biometrika 38, 1951) do; a test simulates the error, also for heavy tails.</remarks>
public sealed record Autocorrelation(double Lag1, double P)
{
    /// <summary>Fewer values say nothing about their order.</summary>
    public const int LeastValues = 8;

    /// <summary>Fewer in a run have no neighbours of neighbours: they are left out.</summary>
    private const int LeastInRun = 3;

    /// <param name="runs">Values in the order of time; the last of one run and the first of the next are no neighbours.</param>
    /// <returns>Null with fewer than <see cref="LeastValues"/>, or where they do not vary.</returns>
    public static Autocorrelation? Of(IEnumerable<IReadOnlyList<double>> runs)
    {
        int values = 0, degrees = 0, spare = 0;
        double successive = 0, total = 0;
        foreach (IReadOnlyList<double> run in runs.Where(run => run.Count >= LeastInRun))
        {
            values += run.Count;
            degrees += run.Count - 1;
            spare += run.Count - 2;
            for (int i = 1; i < run.Count; i++) successive += (run[i] - run[i - 1]) * (run[i] - run[i - 1]);
            total += Location.SumOfSquares([.. run]);
        }
        if (values < LeastValues || !(total > 0)) return null;
        double ratio = successive / total, share = Math.Clamp(ratio / 4, 0, 1);
        // A symmetric beta variable on (0, 1) has the variance 1 ÷ (4(2b + 1)); V/4 has spare ÷ (4·ν(ν + 2)).
        double b = ((double)degrees * (degrees + 2) / spare - 1) / 2;
        return new Autocorrelation(1 - ratio / 2, GammaFunction.RegularizedBeta(share, 1 - share, b, b));
    }
}
