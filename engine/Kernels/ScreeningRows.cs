using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>An int8 copy of the F16 head for <see cref="ScreeningKernel"/>: row ≈ scale · codes, with bounds on what that neglects.
/// Immutable; see "The screened head" in docs/kernels.md.</summary>
public sealed unsafe class ScreeningRows : IDisposable
{
    /// <summary>Adding and subtracting it rounds |v| ≤ 2²² to an integer, which is then in the low bits (1.5 · 2²³).</summary>
    private const float RoundingBias = 12_582_912f;

    /// <summary>More than the squares lost below f32's smallest number can amount to in a norm: √(columns · 2⁻¹⁴⁹).</summary>
    private const double LostSquares = 8.673617379884035e-19; // 2⁻⁶⁰

    private const int RowsAtOnce = 64;

    private readonly HugePageBuffer<sbyte> _codes;
    private readonly AlignedBuffer<float> _scales;
    private readonly AlignedBuffer<float> _errorNorms;
    private readonly AlignedBuffer<float> _norms;

    /// <summary>Rounds every row, on all processors this process may use.</summary>
    /// <param name="weights">rows × columns F16, finite.</param>
    /// <param name="columns">A multiple of 32, at most 2²⁰.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size that the kernel or the bound does not cover.</exception>
    public ScreeningRows(short* weights, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (columns < 1 || columns % ScreeningKernel.ColumnMultiple != 0 || columns > 1 << 20)
        {
            throw new ArgumentOutOfRangeException(nameof(columns), columns, $"a multiple of {ScreeningKernel.ColumnMultiple} up to {1 << 20}");
        }
        (Rows, Columns) = (rows, columns);
        _codes = new((long)rows * columns);
        _scales = new(rows + ScreeningBounds.RowMultiple);
        _errorNorms = new(rows + ScreeningBounds.RowMultiple);
        _norms = new(rows + ScreeningBounds.RowMultiple);
        nint first = (nint)weights;
        Parallel.For(0, (rows + RowsAtOnce - 1) / RowsAtOnce, block =>
        {
            int end = Math.Min((block + 1) * RowsAtOnce, rows);
            for (int row = block * RowsAtOnce; row < end; row++) Round((short*)first + (long)row * columns, row);
        });
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>rows × columns, −127 to 127.</summary>
    public sbyte* Codes => _codes.Pointer;

    /// <summary>rows, readable up to a multiple of 16 as the next two are: the largest magnitude of the row ÷ 127.</summary>
    public float* Scales => _scales.Pointer;

    /// <summary>rows: at least ‖row − scale · codes‖.</summary>
    public float* ErrorNorms => _errorNorms.Pointer;

    /// <summary>rows: at least ‖row‖ and ‖scale · codes‖.</summary>
    public float* Norms => _norms.Pointer;

    /// <summary>Bytes that this copy takes beside the F16 head; all of them are read for every token.</summary>
    public long ExtraBytes => BytesOf(Rows, Columns);

    /// <summary>Codes, and three f32 a row.</summary>
    public static long BytesOf(long rows, long columns) => rows * (columns + 3 * sizeof(float));

    /// <remarks>Optimised at once: most rows would be rounded before the runtime replaces the unoptimised form.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Round(short* row, int index)
    {
        Vector512<float> largest = default;
        for (int i = 0; i < Columns; i += 16)
        {
            largest = Vector512.Max(largest, Vector512.Abs(HalfPrecision.ToSingle(Vector256.Load(row + i))));
        }
        float magnitude = 0;
        for (int lane = 0; lane < Vector512<float>.Count; lane++) magnitude = MathF.Max(magnitude, largest[lane]);
        float scale = magnitude / 127, inverse = magnitude == 0 ? 0 : 127 / magnitude;

        sbyte* codes = Codes + (long)index * Columns;
        Vector512<float> errors = default, squares = default;
        for (int i = 0; i < Columns; i += 32)
        {
            Vector512<int> lower = Codes16(row + i, scale, inverse, ref errors, ref squares);
            Vector512<int> upper = Codes16(row + i + 16, scale, inverse, ref errors, ref squares);
            Vector512<short> both = Vector512.Narrow(lower, upper);
            Vector256.Narrow(both.GetLower(), both.GetUpper()).Store(codes + i);
        }
        // Each of the computed sums is too small by at most a share of (columns + 3) · 2⁻²⁴; this factor is four times that and more.
        double wider = 1 + Columns * (1.0 / (1 << 22));
        double error = Math.Sqrt(Vector512.Sum(errors)) * wider + LostSquares;
        Scales[index] = scale;
        ErrorNorms[index] = MathF.BitIncrement((float)error);
        Norms[index] = MathF.BitIncrement((float)(Math.Sqrt(Vector512.Sum(squares)) * wider + LostSquares + error));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Codes16(short* row, float scale, float inverse, ref Vector512<float> errors, ref Vector512<float> squares)
    {
        Vector512<float> w = HalfPrecision.ToSingle(Vector256.Load(row));
        Vector512<float> biased = w * inverse + Vector512.Create(RoundingBias);
        Vector512<float> error = Vector512.FusedMultiplyAdd(Vector512.Create(-scale), biased - Vector512.Create(RoundingBias), w);
        errors = Vector512.FusedMultiplyAdd(error, error, errors);
        squares = Vector512.FusedMultiplyAdd(w, w, squares);
        return biased.AsInt32() - Vector512.Create(RoundingBias).AsInt32();
    }

    public void Dispose()
    {
        IDisposable[] buffers = [_codes, _scales, _errorNorms, _norms];
        foreach (IDisposable buffer in buffers) buffer.Dispose();
    }
}
