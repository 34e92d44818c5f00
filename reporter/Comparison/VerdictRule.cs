using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>From figures to a verdict: the table of docs/statistics.md, in its order.</summary>
public static class VerdictRule
{
    /// <summary>Each end of the marginal 90 % interval.</summary>
    public const double MarginalTail = 0.05;

    /// <param name="logRatio">ln(candidate cost ÷ baseline cost).</param>
    /// <param name="slower">Adjusted p for slower.</param>
    /// <param name="faster">Adjusted p for faster.</param>
    /// <param name="error">Of the log ratio.</param>
    /// <param name="alpha">Family error rate.</param>
    /// <param name="threshold">τ: 0.03 is 3 %.</param>
    /// <param name="tail">Each end of the interval that must lie within the threshold; less than <see cref="MarginalTail"/> at a look of several.</param>
    public static Verdict Decide(double logRatio, double slower, double faster, EffectError error, double alpha, double threshold, double tail = MarginalTail)
    {
        double half = error.Critical(tail);
        return Decide(logRatio, slower, faster, new Interval(logRatio - half, logRatio + half), alpha, threshold);
    }

    /// <inheritdoc cref="Decide(double, double, double, EffectError, double, double, double)"/>
    /// <param name="marginal">90 % interval of the log ratio; null where there is none.</param>
    public static Verdict Decide(double logRatio, double slower, double faster, Interval? marginal, double alpha, double threshold)
    {
        double limit = Math.Log(1 + threshold);
        if (slower <= alpha && logRatio >= limit) return Verdict.Regressed;
        if (faster <= alpha && logRatio <= -limit) return Verdict.Improved;
        return Proven(marginal, threshold) ?? Verdict.Undecided;
    }

    /// <summary>Equivalent or NotSlower, where an interval of the log ratio proves it.</summary>
    public static Verdict? Proven(Interval? interval, double threshold)
    {
        double limit = Math.Log(1 + threshold);
        if (interval is not { } i || i.Upper >= limit) return null;
        return i.Lower > -limit ? Verdict.Equivalent : Verdict.NotSlower;
    }

    /// <summary>Whether a log ratio would get any other verdict than Undecided, if its p must pass one level: the first and strictest of Holm's, or that of a look.</summary>
    public static bool IsDecisive(double logRatio, EffectError error, double level, double threshold, double tail = MarginalTail)
    {
        // p ≤ level, without solving for p.
        double p = Math.Abs(logRatio) >= error.Critical(level) ? 0 : 1;
        return Decide(logRatio, logRatio > 0 ? p : 1, logRatio < 0 ? p : 1, error, alpha: 0.5, threshold, tail) != Verdict.Undecided;
    }
}
