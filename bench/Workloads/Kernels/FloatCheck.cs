using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.Kernels;

/// <summary>Holds float output against a plain reference in double precision.</summary>
internal static class FloatCheck
{
    /// <param name="relative">Allowed deviation as a share of the largest reference magnitude: sums may be added in another order.</param>
    /// <exception cref="WrongResultException">A value deviates more, or is not finite.</exception>
    public static ResultCheck Compare(WorkloadId id, ReadOnlySpan<float> found, ReadOnlySpan<double> expected, double relative, string against, string digest)
    {
        var scale = 0.0;
        foreach (var e in expected)
            scale = Math.Max(scale, Math.Abs(e));
        var allowed = relative * scale;
        var largest = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            var deviation = Math.Abs(found[i] - expected[i]);
            if (!(deviation <= allowed))
            {
                throw new WrongResultException(string.Create(CultureInfo.InvariantCulture,
                    $"{id}: value {i} is {found[i]:G9}; {against} gives {expected[i]:G9}, allowed is a deviation of {allowed:G3}"));
            }
            largest = Math.Max(largest, deviation);
        }
        return new ResultCheck(digest, against, expected.Length, string.Create(CultureInfo.InvariantCulture,
            $"allowed {relative:G3} of the largest magnitude {scale:G3}, found {(scale == 0 ? 0 : largest / scale):G3}"));
    }
}
