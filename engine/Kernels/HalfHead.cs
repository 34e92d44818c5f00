using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>Logits of the tied F16 head: logit_j = Σ_i row_j[i] · x[i] with f32 accumulation (spec 4.5).</summary>
/// <remarks>32 weights are read as 16 pairs. Even and odd elements are moved into f32 position by shifts, which yields
/// w · 2⁻¹¹²; the factor is put back as 2⁹⁶ in the activations and 2¹⁶ in the sum (powers of two, so exact). Weights must be
/// finite, which is checked when a model is loaded.</remarks>
public static unsafe class HalfHead
{
    private const int PairLength = 32;

    /// <summary>Bytes ahead of its use at which each of four streams requests memory; see docs/kernels.md.</summary>
    private const int PrefetchBytes = 2_048;

    /// <summary>Splits and scales x for <see cref="Multiply"/>: even elements first, then odd ones.</summary>
    /// <param name="x">columns values, |x| ≤ 65504; a multiple of 32.</param>
    public static void Prepare(ReadOnlySpan<float> x, Span<float> prepared)
    {
        int half = x.Length / 2;
        for (int i = 0; i < half; i++)
        {
            prepared[i] = x[2 * i] * HalfPrecision.InputScale;
            prepared[half + i] = x[2 * i + 1] * HalfPrecision.InputScale;
        }
    }

    /// <summary>Logits of rows consecutive rows.</summary>
    /// <param name="weights">rows × columns F16.</param>
    /// <param name="prepared">columns values from <see cref="Prepare"/>.</param>
    public static void Multiply(short* weights, int rows, int columns, float* prepared, float* logits)
    {
        if (columns % PairLength != 0) throw new ArgumentOutOfRangeException(nameof(columns), columns, $"a multiple of {PairLength}");
        // Four rows at once, one of each quarter: far-apart streams are read faster than adjacent ones.
        int quarter = rows / 4;
        for (int row = 0; row < quarter; row++) FourRows(weights + (long)row * columns, (long)quarter * columns, columns, prepared, logits + row, quarter);
        for (int row = 4 * quarter; row < rows; row++) logits[row] = OneRow(weights + (long)row * columns, columns, prepared);
    }

    private static void FourRows(short* row0, long distance, int columns, float* even, float* logits, int logitDistance)
    {
        float* odd = even + columns / 2;
        short* row1 = row0 + distance, row2 = row1 + distance, row3 = row2 + distance;
        Vector512<float> even0 = default, even1 = default, even2 = default, even3 = default;
        Vector512<float> odd0 = default, odd1 = default, odd2 = default, odd3 = default;
        for (int i = 0; i < columns; i += PairLength)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0((byte*)(row0 + i) + PrefetchBytes);
                Sse.Prefetch0((byte*)(row1 + i) + PrefetchBytes);
                Sse.Prefetch0((byte*)(row2 + i) + PrefetchBytes);
                Sse.Prefetch0((byte*)(row3 + i) + PrefetchBytes);
            }
            Vector512<float> xEven = Vector512.Load(even + i / 2), xOdd = Vector512.Load(odd + i / 2);
            Vector512<int> w0 = Vector512.Load((int*)(row0 + i)), w1 = Vector512.Load((int*)(row1 + i));
            Vector512<int> w2 = Vector512.Load((int*)(row2 + i)), w3 = Vector512.Load((int*)(row3 + i));
            even0 = Vector512.FusedMultiplyAdd(HalfPrecision.Lower(w0), xEven, even0);
            even1 = Vector512.FusedMultiplyAdd(HalfPrecision.Lower(w1), xEven, even1);
            even2 = Vector512.FusedMultiplyAdd(HalfPrecision.Lower(w2), xEven, even2);
            even3 = Vector512.FusedMultiplyAdd(HalfPrecision.Lower(w3), xEven, even3);
            odd0 = Vector512.FusedMultiplyAdd(HalfPrecision.Upper(w0), xOdd, odd0);
            odd1 = Vector512.FusedMultiplyAdd(HalfPrecision.Upper(w1), xOdd, odd1);
            odd2 = Vector512.FusedMultiplyAdd(HalfPrecision.Upper(w2), xOdd, odd2);
            odd3 = Vector512.FusedMultiplyAdd(HalfPrecision.Upper(w3), xOdd, odd3);
        }
        logits[0] = Vector512.Sum(even0 + odd0) * HalfPrecision.SumScale;
        logits[logitDistance] = Vector512.Sum(even1 + odd1) * HalfPrecision.SumScale;
        logits[2 * logitDistance] = Vector512.Sum(even2 + odd2) * HalfPrecision.SumScale;
        logits[3 * logitDistance] = Vector512.Sum(even3 + odd3) * HalfPrecision.SumScale;
    }

    private static float OneRow(short* row, int columns, float* even)
    {
        float* odd = even + columns / 2;
        Vector512<float> evenSum = default, oddSum = default;
        for (int i = 0; i < columns; i += PairLength)
        {
            Vector512<int> w = Vector512.Load((int*)(row + i));
            evenSum = Vector512.FusedMultiplyAdd(HalfPrecision.Lower(w), Vector512.Load(even + i / 2), evenSum);
            oddSum = Vector512.FusedMultiplyAdd(HalfPrecision.Upper(w), Vector512.Load(odd + i / 2), oddSum);
        }
        return Vector512.Sum(evenSum + oddSum) * HalfPrecision.SumScale;
    }
}
