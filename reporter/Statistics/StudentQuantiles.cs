namespace BitNet.Perf.Reporter.Statistics;

/// <summary>Student's quantiles, remembered: a comparison of many workloads asks for the same few levels and degrees of freedom over and over.
/// The function is pure, so a remembered value is the computed one; one table a thread, of fixed size.</summary>
internal static class StudentQuantiles
{
    private const int Slots = 4096;

    [ThreadStatic]
    private static (double Tail, double DegreesOfFreedom, double Quantile)[]? Known;

    /// <inheritdoc cref="StudentDistribution.UpperQuantile"/>
    public static double Upper(double tail, double degreesOfFreedom)
    {
        (double Tail, double DegreesOfFreedom, double Quantile)[] known = Known ??= new (double, double, double)[Slots];
        ref (double Tail, double DegreesOfFreedom, double Quantile) slot = ref known[HashCode.Combine(tail, degreesOfFreedom) & (Slots - 1)];
        // A slot never used holds the tail 0, which has no quantile.
        if (slot.Tail != tail || slot.DegreesOfFreedom != degreesOfFreedom)
            slot = (tail, degreesOfFreedom, StudentDistribution.UpperQuantile(tail, degreesOfFreedom));
        return slot.Quantile;
    }
}
