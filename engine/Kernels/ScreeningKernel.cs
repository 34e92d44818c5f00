using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>Dots of int8 rows with int16 activations, exact: dot_r = Σ_i row_r[i] · x[i]. Every variant gives the same integers.</summary>
/// <remarks>Bound by memory: 64 weights take two widenings, two multiply-adds and two additions, about a third of the time in
/// which one core can read them. So the rows are read as four sequential streams far apart, each requested well ahead.</remarks>
public static unsafe class ScreeningKernel
{
    /// <summary>Columns come in whole multiples of this.</summary>
    public const int ColumnMultiple = 32;

    /// <summary>How far ahead each of the four streams is requested.</summary>
    private const int PrefetchBytes = 1024;

    /// <summary>Largest magnitude of an activation code for which no 32-bit lane of any variant overflows: the narrowest has four
    /// lanes, each with a quarter of the products of at most 127 · code.</summary>
    public static int LargestCode(int columns) => (int)Math.Min(short.MaxValue, (long)int.MaxValue * 4 / (127L * columns));

    /// <param name="rows">count × columns codes, −127 to 127.</param>
    /// <param name="columns">A multiple of 32.</param>
    /// <param name="x">columns codes, at most <see cref="LargestCode"/> in magnitude.</param>
    /// <param name="dots">count.</param>
    public static void Multiply(sbyte* rows, int count, int columns, short* x, long* dots)
    {
        if (columns % ColumnMultiple != 0) throw new ArgumentOutOfRangeException(nameof(columns), columns, $"a multiple of {ColumnMultiple}");
        if (Avx512BW.IsSupported) Multiply<Wide>(rows, count, columns, x, dots);
        else if (Avx2.IsSupported) Multiply<Middle>(rows, count, columns, x, dots);
        else Multiply<Portable>(rows, count, columns, x, dots);
    }

    internal static void Multiply<TLanes>(sbyte* rows, int count, int columns, short* x, long* dots) where TLanes : struct, ILanes
    {
        int quarter = count / 4;
        long apart = (long)quarter * columns;
        for (int row = 0; row < quarter; row++)
        {
            sbyte* first = rows + (long)row * columns;
            TLanes.FourRows(first, apart, columns, x, dots + row, quarter);
        }
        for (int row = 4 * quarter; row < count; row++) dots[row] = TLanes.OneRow(rows + (long)row * columns, columns, x);
    }

    /// <summary>One width of vectors.</summary>
    internal interface ILanes
    {
        /// <summary>Rows that begin <paramref name="apart"/> bytes from each other; their dots go <paramref name="stride"/> apart.</summary>
        static abstract void FourRows(sbyte* first, long apart, int columns, short* x, long* dots, int stride);

        static abstract long OneRow(sbyte* row, int columns, short* x);
    }

    /// <summary>AVX-512: 32 products an instruction.</summary>
    internal readonly struct Wide : ILanes
    {
        public static void FourRows(sbyte* first, long apart, int columns, short* x, long* dots, int stride)
        {
            sbyte* second = first + apart, third = second + apart, fourth = third + apart;
            Vector512<int> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            int i = 0;
            for (; i + 64 <= columns; i += 64)
            {
                Sse.Prefetch0(first + i + PrefetchBytes);
                Sse.Prefetch0(second + i + PrefetchBytes);
                Sse.Prefetch0(third + i + PrefetchBytes);
                Sse.Prefetch0(fourth + i + PrefetchBytes);
                Vector512<short> x0 = Vector512.Load(x + i), x1 = Vector512.Load(x + i + 32);
                sum0 = Add(Add(sum0, first + i, x0), first + i + 32, x1);
                sum1 = Add(Add(sum1, second + i, x0), second + i + 32, x1);
                sum2 = Add(Add(sum2, third + i, x0), third + i + 32, x1);
                sum3 = Add(Add(sum3, fourth + i, x0), fourth + i + 32, x1);
            }
            if (i < columns)
            {
                Vector512<short> last = Vector512.Load(x + i);
                sum0 = Add(sum0, first + i, last);
                sum1 = Add(sum1, second + i, last);
                sum2 = Add(sum2, third + i, last);
                sum3 = Add(sum3, fourth + i, last);
            }
            dots[0] = Total(sum0);
            dots[stride] = Total(sum1);
            dots[2 * stride] = Total(sum2);
            dots[3 * stride] = Total(sum3);
        }

        public static long OneRow(sbyte* row, int columns, short* x)
        {
            Vector512<int> sum = default;
            for (int i = 0; i < columns; i += 32) sum = Add(sum, row + i, Vector512.Load(x + i));
            return Total(sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<int> Add(Vector512<int> sum, sbyte* weights, Vector512<short> x) =>
            sum + Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.Load(weights)), x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static long Total(Vector512<int> lanes)
        {
            (Vector512<long> lower, Vector512<long> upper) = Vector512.Widen(lanes);
            return Vector512.Sum(lower + upper);
        }
    }

    /// <summary>AVX2: 16 products an instruction.</summary>
    internal readonly struct Middle : ILanes
    {
        public static void FourRows(sbyte* first, long apart, int columns, short* x, long* dots, int stride)
        {
            sbyte* second = first + apart, third = second + apart, fourth = third + apart;
            Vector256<int> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (int i = 0; i < columns; i += 32)
            {
                Sse.Prefetch0(first + i + PrefetchBytes);
                Sse.Prefetch0(second + i + PrefetchBytes);
                Sse.Prefetch0(third + i + PrefetchBytes);
                Sse.Prefetch0(fourth + i + PrefetchBytes);
                Vector256<short> x0 = Vector256.Load(x + i), x1 = Vector256.Load(x + i + 16);
                sum0 = Add(Add(sum0, first + i, x0), first + i + 16, x1);
                sum1 = Add(Add(sum1, second + i, x0), second + i + 16, x1);
                sum2 = Add(Add(sum2, third + i, x0), third + i + 16, x1);
                sum3 = Add(Add(sum3, fourth + i, x0), fourth + i + 16, x1);
            }
            dots[0] = Total(sum0);
            dots[stride] = Total(sum1);
            dots[2 * stride] = Total(sum2);
            dots[3 * stride] = Total(sum3);
        }

        public static long OneRow(sbyte* row, int columns, short* x)
        {
            Vector256<int> sum = default;
            for (int i = 0; i < columns; i += 16) sum = Add(sum, row + i, Vector256.Load(x + i));
            return Total(sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> Add(Vector256<int> sum, sbyte* weights, Vector256<short> x) =>
            sum + Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.Load(weights)), x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static long Total(Vector256<int> lanes)
        {
            (Vector256<long> lower, Vector256<long> upper) = Vector256.Widen(lanes);
            return Vector256.Sum(lower + upper);
        }
    }

    /// <summary>128 bits, on every processor.</summary>
    internal readonly struct Portable : ILanes
    {
        public static void FourRows(sbyte* first, long apart, int columns, short* x, long* dots, int stride)
        {
            for (int row = 0; row < 4; row++) dots[row * stride] = OneRow(first + row * apart, columns, x);
        }

        public static long OneRow(sbyte* row, int columns, short* x)
        {
            Vector128<int> sum = default;
            for (int i = 0; i < columns; i += 16)
            {
                (Vector128<short> lower, Vector128<short> upper) = Vector128.Widen(Vector128.Load(row + i));
                sum = Add(Add(sum, lower, Vector128.Load(x + i)), upper, Vector128.Load(x + i + 8));
            }
            (Vector128<long> low, Vector128<long> high) = Vector128.Widen(sum);
            return Vector128.Sum(low + high);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<int> Add(Vector128<int> sum, Vector128<short> weights, Vector128<short> x)
        {
            (Vector128<int> w0, Vector128<int> w1) = Vector128.Widen(weights);
            (Vector128<int> x0, Vector128<int> x1) = Vector128.Widen(x);
            return sum + w0 * x0 + w1 * x1;
        }
    }
}
