using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>A block of a lossy head times activations. Its integers are sums in 16 lanes, lane j of the weights 2j and 2j + 1 of every 32, and never overflow.
/// A struct type argument, compiled once for each format.</summary>
internal unsafe interface ILossyBlock
{
    static abstract int Columns { get; }

    static abstract int Bytes { get; }

    /// <summary>Where the F16 scale lies in a block.</summary>
    static abstract int ScaleOffset { get; }

    /// <summary>AVX-512.</summary>
    static abstract Vector512<int> Lanes(byte* block, short* x);

    /// <summary>One weight at a time.</summary>
    /// <param name="lanes">16, overwritten.</param>
    static abstract void Lanes(byte* block, short* x, Span<int> lanes);
}

/// <summary>Rows of a lossy head times activations. Each lane adds scale · lane by a fused multiply-add in the order of the blocks, and lanes are added in one fixed
/// order at the end, so that every form gives the same bits.</summary>
/// <remarks>Made for weights that come from memory: four rows far apart are read at once, each requested well ahead, as in <see cref="ScreeningKernel"/>.</remarks>
internal static unsafe class LossyHeadProduct
{
    private const int LaneCount = 16;

    /// <summary>How far ahead each of the four streams is requested.</summary>
    private const int PrefetchBytes = 1024;

    private const int Line = 64;

    public static void Multiply<TBlock>(byte* rows, int count, int columns, short* x, float* dots) where TBlock : struct, ILossyBlock
    {
        if (!Avx512BW.IsSupported)
        {
            MultiplyScalar<TBlock>(rows, count, columns, x, dots);
            return;
        }
        int blocks = columns / TBlock.Columns, quarter = count / 4;
        long rowBytes = (long)blocks * TBlock.Bytes;
        for (int row = 0; row < quarter; row++) FourRows<TBlock>(rows + row * rowBytes, quarter * rowBytes, blocks, x, dots + row, quarter);
        for (int row = 4 * quarter; row < count; row++) FourRows<TBlock>(rows + row * rowBytes, 0, blocks, x, dots + row, 0);
    }

    public static void MultiplyScalar<TBlock>(byte* rows, int count, int columns, short* x, float* dots) where TBlock : struct, ILossyBlock
    {
        Span<int> lanes = stackalloc int[LaneCount];
        Span<float> sums = stackalloc float[LaneCount];
        for (int row = 0; row < count; row++)
        {
            sums.Clear();
            for (int column = 0; column < columns; column += TBlock.Columns, rows += TBlock.Bytes)
            {
                TBlock.Lanes(rows, x + column, lanes);
                float scale = HalfPrecision.ToSingle(*(short*)(rows + TBlock.ScaleOffset));
                for (int lane = 0; lane < LaneCount; lane++) sums[lane] = MathF.FusedMultiplyAdd(scale, lanes[lane], sums[lane]);
            }
            dots[row] = Total(Vector512.Create<float>(sums));
        }
    }

    /// <summary>Rows that begin <paramref name="apart"/> bytes from each other; their dots go <paramref name="stride"/> apart.</summary>
    private static void FourRows<TBlock>(byte* first, long apart, int blocks, short* x, float* dots, int stride) where TBlock : struct, ILossyBlock
    {
        byte* second = first + apart, third = second + apart, fourth = third + apart;
        Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (int block = 0; block < blocks; block++, x += TBlock.Columns)
        {
            for (int ahead = 0; ahead < TBlock.Bytes; ahead += Line)
            {
                Sse.Prefetch0(first + ahead + PrefetchBytes);
                Sse.Prefetch0(second + ahead + PrefetchBytes);
                Sse.Prefetch0(third + ahead + PrefetchBytes);
                Sse.Prefetch0(fourth + ahead + PrefetchBytes);
            }
            sum0 = Add<TBlock>(sum0, first, x);
            sum1 = Add<TBlock>(sum1, second, x);
            sum2 = Add<TBlock>(sum2, third, x);
            sum3 = Add<TBlock>(sum3, fourth, x);
            first += TBlock.Bytes;
            second += TBlock.Bytes;
            third += TBlock.Bytes;
            fourth += TBlock.Bytes;
        }
        dots[0] = Total(sum0);
        dots[stride] = Total(sum1);
        dots[2 * stride] = Total(sum2);
        dots[3 * stride] = Total(sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Add<TBlock>(Vector512<float> sum, byte* block, short* x) where TBlock : struct, ILossyBlock =>
        Vector512.FusedMultiplyAdd(Vector512.Create(HalfPrecision.ToSingle(*(short*)(block + TBlock.ScaleOffset))), Vector512.ConvertToSingle(TBlock.Lanes(block, x)), sum);

    /// <summary>Halves onto each other, four times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Total(Vector512<float> lanes)
    {
        Vector256<float> eight = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }
}
