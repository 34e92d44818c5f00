namespace BitNet.Perf.Reporter.Statistics;

/// <summary>The root of a decreasing function between two points, by false position (Illinois: M. Dowell and P. Jarratt, BIT 11, 1971);
/// a few steps where the function is nearly straight.</summary>
internal static class FalsePosition
{
    /// <param name="f">Positive at <paramref name="low"/>, negative at <paramref name="high"/>; at an end where it is not, that end is the answer.</param>
    /// <param name="tolerance">|f| below which a point is the root.</param>
    public static double Solve(Func<double, double> f, double low, double high, double tolerance)
    {
        double atLow = f(low), atHigh = f(high);
        int side = 0;
        for (int i = 0; i < 100 && atLow > 0 && atHigh < 0 && high - low > 1e-12; i++)
        {
            double x = (low * atHigh - high * atLow) / (atHigh - atLow), at = f(x);
            if (Math.Abs(at) < tolerance) return x;
            if (at > 0)
            {
                (low, atLow) = (x, at);
                if (side == 1) atHigh /= 2;
                side = 1;
            }
            else
            {
                (high, atHigh) = (x, at);
                if (side == -1) atLow /= 2;
                side = -1;
            }
        }
        return atLow <= 0 ? low : high;
    }
}
