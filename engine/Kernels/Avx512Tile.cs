using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>Batched product in tiles of 4 rows × 4 tokens: 16 int16 accumulators, so that each loaded vector is used four times
/// and the loop is bound by vpmaddubsw. Four rows are unpacked once into an L1-sized panel and used for every token.</summary>
internal static unsafe class Avx512Tile
{
    private const int TileRows = 4;
    private const int Step = 64;

    /// <summary>Each step adds one pair of products to every lane; 60 is a multiple of the block's two steps, below the limit of 63.</summary>
    private const int StepsPerSegment = 60;

    /// <summary>Longest row whose panel of four is kept on the stack (64 kB).</summary>
    public const int MaximumColumns = 16_384;

    /// <param name="columns">At most <see cref="MaximumColumns"/>.</param>
    /// <param name="tokens">A multiple of 4.</param>
    [SkipLocalsInit]
    public static void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
    {
        byte* space = stackalloc byte[TileRows * columns + Step];
        byte* panel = (byte*)(((nuint)space + Step - 1) & ~(nuint)(Step - 1));
        int rowBytes = columns / 4;
        for (int row = 0; row < rows; row += TileRows)
        {
            int count = Math.Min(TileRows, rows - row);
            for (int i = 0; i < TileRows; i++)
            {
                // A last group of fewer rows repeats its last one; what it yields is not stored.
                Unpack(packed + (long)(row + Math.Min(i, count - 1)) * rowBytes, panel + i * columns, columns);
            }
            for (int token = 0; token < tokens; token += 4)
            {
                Tile(panel, activations + (long)token * columns, columns, activationSums + token,
                    output + (long)token * outputStride + row, outputStride, count);
            }
        }
    }

    /// <summary>Codes of one row in natural order, a byte each.</summary>
    private static void Unpack(byte* row, byte* codes, int columns)
    {
        Vector256<byte> three = Vector256.Create((byte)3);
        for (int block = 0; block < columns / TernaryKernel.BlockLength; block++)
        {
            Vector256<byte> bytes = Vector256.Load(row + block * 32);
            byte* target = codes + block * TernaryKernel.BlockLength;
            (Vector256.ShiftRightLogical(bytes.AsUInt16(), 6).AsByte() & three).Store(target);
            (Vector256.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & three).Store(target + 32);
            (Vector256.ShiftRightLogical(bytes.AsUInt16(), 2).AsByte() & three).Store(target + 64);
            (bytes & three).Store(target + 96);
        }
    }

    private static void Tile(byte* panel, sbyte* q, int columns, int* activationSums, int* output, int outputStride, int rowCount)
    {
        Vector128<int> dots0 = default, dots1 = default, dots2 = default, dots3 = default;
        int steps = columns / Step;
        byte* w0 = panel, w1 = panel + columns, w2 = w1 + columns, w3 = w2 + columns;
        sbyte* q0 = q, q1 = q + columns, q2 = q1 + columns, q3 = q2 + columns;
        for (int first = 0; first < steps; first += StepsPerSegment)
        {
            Vector512<short> s00 = default, s01 = default, s02 = default, s03 = default;
            Vector512<short> s10 = default, s11 = default, s12 = default, s13 = default;
            Vector512<short> s20 = default, s21 = default, s22 = default, s23 = default;
            Vector512<short> s30 = default, s31 = default, s32 = default, s33 = default;
            nint end = (nint)Math.Min(first + StepsPerSegment, steps) * Step;
            for (nint at = (nint)first * Step; at < end; at += Step)
            {
                Vector512<byte> c0 = Vector512.Load(w0 + at), c1 = Vector512.Load(w1 + at), c2 = Vector512.Load(w2 + at), c3 = Vector512.Load(w3 + at);
                Vector512<sbyte> a = Vector512.Load(q0 + at);
                s00 += Avx512BW.MultiplyAddAdjacent(c0, a);
                s01 += Avx512BW.MultiplyAddAdjacent(c1, a);
                s02 += Avx512BW.MultiplyAddAdjacent(c2, a);
                s03 += Avx512BW.MultiplyAddAdjacent(c3, a);
                a = Vector512.Load(q1 + at);
                s10 += Avx512BW.MultiplyAddAdjacent(c0, a);
                s11 += Avx512BW.MultiplyAddAdjacent(c1, a);
                s12 += Avx512BW.MultiplyAddAdjacent(c2, a);
                s13 += Avx512BW.MultiplyAddAdjacent(c3, a);
                a = Vector512.Load(q2 + at);
                s20 += Avx512BW.MultiplyAddAdjacent(c0, a);
                s21 += Avx512BW.MultiplyAddAdjacent(c1, a);
                s22 += Avx512BW.MultiplyAddAdjacent(c2, a);
                s23 += Avx512BW.MultiplyAddAdjacent(c3, a);
                a = Vector512.Load(q3 + at);
                s30 += Avx512BW.MultiplyAddAdjacent(c0, a);
                s31 += Avx512BW.MultiplyAddAdjacent(c1, a);
                s32 += Avx512BW.MultiplyAddAdjacent(c2, a);
                s33 += Avx512BW.MultiplyAddAdjacent(c3, a);
            }
            dots0 += SumEach(Widen(s00), Widen(s01), Widen(s02), Widen(s03));
            dots1 += SumEach(Widen(s10), Widen(s11), Widen(s12), Widen(s13));
            dots2 += SumEach(Widen(s20), Widen(s21), Widen(s22), Widen(s23));
            dots3 += SumEach(Widen(s30), Widen(s31), Widen(s32), Widen(s33));
        }
        Store(dots0 - Vector128.Create(activationSums[0]), output, rowCount);
        Store(dots1 - Vector128.Create(activationSums[1]), output + outputStride, rowCount);
        Store(dots2 - Vector128.Create(activationSums[2]), output + 2 * (long)outputStride, rowCount);
        Store(dots3 - Vector128.Create(activationSums[3]), output + 3 * (long)outputStride, rowCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<int> values, int* output, int count)
    {
        if (count == TileRows)
        {
            values.Store(output);
            return;
        }
        for (int i = 0; i < count; i++) output[i] = values[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widen(Vector512<short> pairs) => Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One);

    /// <summary>Lane i of the result is the sum over all lanes of argument i: two interleaving steps instead of four reductions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> SumEach(Vector512<int> t0, Vector512<int> t1, Vector512<int> t2, Vector512<int> t3)
    {
        Vector512<int> t01 = Avx512F.UnpackLow(t0, t1) + Avx512F.UnpackHigh(t0, t1);
        Vector512<int> t23 = Avx512F.UnpackLow(t2, t3) + Avx512F.UnpackHigh(t2, t3);
        Vector512<int> all = Avx512F.UnpackLow(t01.AsInt64(), t23.AsInt64()).AsInt32() + Avx512F.UnpackHigh(t01.AsInt64(), t23.AsInt64()).AsInt32();
        Vector256<int> half = all.GetLower() + all.GetUpper();
        return half.GetLower() + half.GetUpper();
    }
}
