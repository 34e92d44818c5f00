using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>From the exact dots of codes to an interval that holds the logit the F16 head computes; derived in docs/kernels.md,
/// "The screened head".</summary>
public static unsafe class ScreeningBounds
{
    /// <summary>Rows at once; the results of <see cref="Apply"/> are padded to it.</summary>
    public const int RowMultiple = 16;

    /// <summary>More than f32 underflow can take from a logit.</summary>
    private const double Underflow = 7.888609052210118e-31; // 2⁻¹⁰⁰

    /// <summary>More than the rounding of an interval's ends, as a share of them.</summary>
    private const double EndRounding = 1.0 / (1 << 22);

    /// <summary>Intervals of rows [row, row + count).</summary>
    /// <param name="dots">count, readable up to a multiple of 16.</param>
    /// <param name="lower">Ends of the intervals, count of them, written up to a multiple of 16.</param>
    /// <param name="upper">Likewise.</param>
    public static void Apply(ScreeningRows rows, int row, int count, ScreeningInput x, long* dots, float* lower, float* upper)
    {
        // The F16 head adds columns products in some order, each rounded at most columns times: γ ≤ columns · 2⁻²³.
        double perNorm = x.ErrorNorm + x.Norm * rows.Columns * (1.0 / (1 << 23));
        Vector512<double> step = Vector512.Create(x.Step), ofError = Vector512.Create(x.Norm), ofNorm = Vector512.Create(perNorm);
        for (int i = 0; i < count; i += RowMultiple)
        {
            (Vector512<double> scale0, Vector512<double> scale1) = Vector512.Widen(Vector512.Load(rows.Scales + row + i));
            (Vector512<double> error0, Vector512<double> error1) = Vector512.Widen(Vector512.Load(rows.ErrorNorms + row + i));
            (Vector512<double> norm0, Vector512<double> norm1) = Vector512.Widen(Vector512.Load(rows.Norms + row + i));
            Vector512<double> middle0 = Vector512.ConvertToDouble(Vector512.Load(dots + i)) * (scale0 * step);
            Vector512<double> middle1 = Vector512.ConvertToDouble(Vector512.Load(dots + i + 8)) * (scale1 * step);
            Vector512<double> reach0 = Reach(middle0, error0 * ofError + norm0 * ofNorm);
            Vector512<double> reach1 = Reach(middle1, error1 * ofError + norm1 * ofNorm);
            Vector512.Narrow(middle0 - reach0, middle1 - reach1).Store(lower + i);
            Vector512.Narrow(middle0 + reach0, middle1 + reach1).Store(upper + i);
        }
    }

    private static Vector512<double> Reach(Vector512<double> middle, Vector512<double> bound)
    {
        bound += Vector512.Create(Underflow);
        return bound + (Vector512.Abs(middle) + bound) * Vector512.Create(EndRounding);
    }
}
