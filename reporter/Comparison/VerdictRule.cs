using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>From figures to a verdict: the table of docs/statistics.md, in its order.</summary>
public static class VerdictRule
{
    /// <summary>Each end of the marginal 90 % interval.</summary>
    public const double MarginalTail = 0.05;

    /// <param name="logRatio">ln(candidate cost ÷ baseline cost).</param>
    /// <param name="slower">Holm-adjusted p for slower.</param>
    /// <param name="faster">Holm-adjusted p for faster.</param>
    /// <param name="error">Of the log ratio.</param>
    /// <param name="alpha">Family error rate.</param>
    /// <param name="threshold">τ: 0.03 is 3 %.</param>
    public static Verdict Decide(double logRatio, double slower, double faster, EffectError error, double alpha, double threshold)
    {
        double limit = Math.Log(1 + threshold), half = error.Critical(MarginalTail);
        if (slower <= alpha && logRatio >= limit) return Verdict.Regressed;
        if (faster <= alpha && logRatio <= -limit) return Verdict.Improved;
        if (logRatio - half > -limit && logRatio + half < limit) return Verdict.Equivalent;
        return logRatio + half < limit ? Verdict.NotSlower : Verdict.Undecided;
    }

    /// <summary>Whether a log ratio would get any other verdict than Undecided, if its p must pass the first and strictest of Holm's levels.</summary>
    public static bool IsDecisive(double logRatio, EffectError error, double level, double threshold)
    {
        double p = error.UpperTail(Math.Abs(logRatio)) <= level ? 0 : 1;
        return Decide(logRatio, logRatio > 0 ? p : 1, logRatio < 0 ? p : 1, error, alpha: 0.5, threshold) != Verdict.Undecided;
    }
}
