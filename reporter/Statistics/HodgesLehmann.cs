using Pragmastat;

namespace BitNet.Perf.Reporter.Statistics;

/// <summary>An interval with both ends.</summary>
public readonly record struct Interval(double Lower, double Upper)
{
    public bool Contains(double value) => Lower <= value && value <= Upper;
}

/// <summary>Ratio of two samples by the Hodges–Lehmann estimator on logarithms (J. L. Hodges and E. L. Lehmann, Ann. Math.
/// Statist. 34, 1963): the median of all pairwise ratios x ÷ y, indifferent to a minority of outliers on either side.</summary>
public static class HodgesLehmann
{
    /// <summary>Median of the n·m ratios, taken on logarithms: swapping the sides gives exactly the inverse. All values > 0.</summary>
    public static double Ratio(IReadOnlyList<double> x, IReadOnlyList<double> y) =>
        Math.Exp(Toolkit.Shift(new Sample(Logarithms(x)), new Sample(Logarithms(y))).NominalValue);

    /// <summary>Exact distribution-free interval of the ratio at the confidence 1 − <paramref name="misrate"/>: order statistics of
    /// the pairwise ratios, chosen by the Mann–Whitney distribution. With ties it only becomes wider than needed, never narrower.
    /// Null when so few values cannot give that confidence.</summary>
    public static Interval? RatioInterval(IReadOnlyList<double> x, IReadOnlyList<double> y, double misrate) =>
        MannWhitney.LeftOut(x.Count, y.Count, misrate) is { } leftOut ? Between(x, y, leftOut) : null;

    /// <summary>The interval as Pragmastat's reference vectors define it; see <see cref="MannWhitney.PragmastatMargin"/>.</summary>
    public static Interval PragmastatRatioBounds(IReadOnlyList<double> x, IReadOnlyList<double> y, double misrate) =>
        Between(x, y, Math.Min(MannWhitney.PragmastatMargin(x.Count, y.Count, misrate) / 2, (x.Count * y.Count - 1) / 2));

    private static Interval Between(IReadOnlyList<double> x, IReadOnlyList<double> y, int leftOut)
    {
        double[] logX = Logarithms(x), logY = Logarithms(y), shifts = new double[logX.Length * logY.Length];
        for (int i = 0; i < logX.Length; i++)
            for (int j = 0; j < logY.Length; j++) shifts[i * logY.Length + j] = logX[i] - logY[j];
        // The lower end parts the shifts; the upper one lies among those behind it.
        double lower = OrderStatistic.Of(shifts, leftOut), upper = OrderStatistic.Of(shifts.AsSpan(leftOut), shifts.Length - 1 - 2 * leftOut);
        return new Interval(Math.Exp(lower), Math.Exp(upper));
    }

    private static double[] Logarithms(IReadOnlyList<double> values)
    {
        double[] logs = new double[values.Count];
        for (int i = 0; i < logs.Length; i++)
        {
            if (!(values[i] > 0 && double.IsFinite(values[i])))
                throw new ArgumentException($"Positive finite values were expected; value {i} is {values[i]}.", nameof(values));
            logs[i] = Math.Log(values[i]);
        }
        return logs;
    }
}
