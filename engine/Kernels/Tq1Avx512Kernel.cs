using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>512-bit form: digits are taken off by multiplication, seven instructions each, for all bytes of a block at once.</summary>
/// <remarks>A block's 54 bytes are read as two overlapping halves of 32, so that nothing beyond it is touched. The ten bytes that come twice, the
/// scale and the missing fifth digit of the last four bytes meet activations 0.</remarks>
public sealed unsafe class Tq1Avx512Kernel : TernaryKernel
{
    public override TernaryFormat Format => Tq1Format.Instance;
    public override string Isa => "avx512";
    public override string Reason => "reads a sixth less memory than I2_S for three times the instructions";
    public override bool IsSupported => Avx512BW.IsSupported;

    private const int BlockCodes = TernaryBlockFormat.BlockCodes;

    /// <summary>Vectors of activations of a block, one a digit.</summary>
    private const int Digits = 5;
    private const int BlockActivations = Digits * Avx512Tile.Step;

    /// <summary>Where the upper half begins, in bytes of the block.</summary>
    private const int UpperHalf = TernaryBlocks.Tq1Bytes - 32;

    /// <summary>A block adds five pairs of at most 512 to every int16 lane.</summary>
    private const int BlocksPerSegment = PairsPerInt16 / Digits;

    public override int ActivationBytes(int columns) => TernaryBlockFormat.Blocks(columns) * BlockActivations;

    public override void Prepare(sbyte* quantized, int columns, sbyte* prepared)
    {
        new Span<sbyte>(prepared, ActivationBytes(columns)).Clear();
        sbyte* block = prepared;
        for (int first = 0; first < columns; first += BlockCodes, block += BlockActivations)
        {
            for (int i = 0; i < Math.Min(BlockCodes, columns - first); i++)
            {
                (int at, int digit) = Tq1Format.Place(i);
                block[digit * Avx512Tile.Step + (at < 32 ? at : at - UpperHalf + 32)] = quantized[first + i];
            }
        }
    }

    public override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride) =>
        FourRowProduct.Multiply<Rows, Unpacker>(this, packed, rows, columns, activations, activationSums, tokens, output, outputStride);

    public override void MultiplyStreams(
        byte* packed, long streamBytes, int rows, int columns, sbyte* activations, int activationSum, int* output, int outputStride) =>
        FourRowProduct.MultiplyStreams<Rows>(
            packed, Format.RowBytes(columns), streamBytes, rows, columns, activations, activationSum, output, outputStride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Load(byte* block) => Vector512.Create(Vector256.Load(block), Vector256.Load(block + UpperHalf));

    /// <summary>The top digit of each byte, ⌊3x/256⌋: the upper two bits of the mean of x and x/2, less one for the means' rounding up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Digit(Vector512<byte> x)
    {
        Vector512<byte> mean = Avx512BW.Average(x, Avx512BW.Average(x, Vector512<byte>.Zero));
        Vector512<byte> top = Avx512BW.SubtractSaturate(mean, Vector512<byte>.One);
        return Vector512.ShiftRightLogical(top.AsUInt16(), 6).AsByte() & Vector512.Create((byte)3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Next(Vector512<byte> x) => x + (x + x);

    private readonly struct Rows : IFourRows
    {
        public static Vector128<int> Dots(byte* row0, long distance, sbyte* q, int columns)
        {
            byte* row1 = row0 + distance, row2 = row1 + distance, row3 = row2 + distance;
            int blocks = TernaryBlockFormat.Blocks(columns);
            Vector512<int> total0 = default, total1 = default, total2 = default, total3 = default;
            for (int block = 0; block < blocks;)
            {
                int end = Math.Min(block + BlocksPerSegment, blocks);
                Vector512<short> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
                for (; block < end; block++)
                {
                    sbyte* a = q + block * BlockActivations;
                    int at = block * TernaryBlocks.Tq1Bytes;
                    Sse.Prefetch0(row0 + at + StreamPrefetch);
                    Sse.Prefetch0(row1 + at + StreamPrefetch);
                    Sse.Prefetch0(row2 + at + StreamPrefetch);
                    Sse.Prefetch0(row3 + at + StreamPrefetch);
                    Vector512<byte> x0 = Load(row0 + at), x1 = Load(row1 + at), x2 = Load(row2 + at), x3 = Load(row3 + at);
                    for (int digit = 0; digit < Digits; digit++, a += Avx512Tile.Step)
                    {
                        Vector512<sbyte> activations = Vector512.Load(a);
                        sum0 += Avx512BW.MultiplyAddAdjacent(Digit(x0), activations);
                        sum1 += Avx512BW.MultiplyAddAdjacent(Digit(x1), activations);
                        sum2 += Avx512BW.MultiplyAddAdjacent(Digit(x2), activations);
                        sum3 += Avx512BW.MultiplyAddAdjacent(Digit(x3), activations);
                        (x0, x1, x2, x3) = (Next(x0), Next(x1), Next(x2), Next(x3));
                    }
                }
                total0 += Widen(sum0);
                total1 += Widen(sum1);
                total2 += Widen(sum2);
                total3 += Widen(sum3);
            }
            return Avx512Tile.SumEach(total0, total1, total2, total3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<int> Widen(Vector512<short> pairs) => Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One);
    }

    private readonly struct Unpacker : IPanelUnpacker
    {
        public static int StepGroup => Digits;

        public static void Unpack(byte* row, int columns, int firstStep, int steps, byte* target, int stride)
        {
            byte* bytes = row + firstStep / Digits * TernaryBlocks.Tq1Bytes;
            for (int step = 0; step < steps; step += Digits, bytes += TernaryBlocks.Tq1Bytes)
            {
                Vector512<byte> x = Load(bytes);
                for (int digit = 0; digit < Digits; digit++, target += stride)
                {
                    Digit(x).Store(target);
                    x = Next(x);
                }
            }
        }
    }
}
