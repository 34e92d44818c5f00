using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>512-bit form. A block is one vector of bytes, like a chunk of <see cref="I2SAvx512Kernel"/> with the bit pairs the other way round; the scale
/// between blocks puts nearly every load across two cache lines.</summary>
public sealed unsafe class Tq2Avx512Kernel : TernaryKernel
{
    public override TernaryFormat Format => Tq2Format.Instance;
    public override string Isa => "avx512";
    public override string Reason => "I2_S with a scale a block: 3 % more bytes, loads across cache lines";
    public override bool IsSupported => Avx512BW.IsSupported;

    private const int BlockCodes = TernaryBlockFormat.BlockCodes;

    /// <summary>Codes in bits 2 and 3 count four times: a block adds two pairs of them, at most 4 · 2 · 512 = 4,096, to every int16 lane.</summary>
    private const int BlocksPerSegment = short.MaxValue / 4_096;

    public override int ActivationBytes(int columns) => TernaryBlockFormat.Blocks(columns) * BlockCodes;

    /// <summary>The quarters of both halves side by side, as the bit pairs of a block's 64 bytes meet them.</summary>
    public override void Prepare(sbyte* quantized, int columns, sbyte* prepared)
    {
        for (int first = 0; first < columns; first += BlockCodes)
        {
            bool whole = first + BlockCodes <= columns;
            for (int quarter = 0; quarter < 4; quarter++)
            {
                sbyte* source = quantized + first + 32 * quarter;
                Vector512.Create(Vector256.Load(source), whole ? Vector256.Load(source + BlockLength) : default).Store(prepared + first + Avx512Tile.Step * quarter);
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
                Vector512<short> once0 = default, once1 = default, once2 = default, once3 = default;
                Vector512<short> four0 = default, four1 = default, four2 = default, four3 = default;
                for (; block < end; block++)
                {
                    sbyte* a = q + block * BlockCodes;
                    Vector512<sbyte> a0 = Vector512.Load(a), a1 = Vector512.Load(a + 64), a2 = Vector512.Load(a + 128), a3 = Vector512.Load(a + 192);
                    int at = block * TernaryBlocks.Tq2Bytes;
                    Sse.Prefetch0(row0 + at + StreamPrefetch);
                    Sse.Prefetch0(row1 + at + StreamPrefetch);
                    Sse.Prefetch0(row2 + at + StreamPrefetch);
                    Sse.Prefetch0(row3 + at + StreamPrefetch);
                    Add(Vector512.Load(row0 + at), a0, a1, a2, a3, ref once0, ref four0);
                    Add(Vector512.Load(row1 + at), a0, a1, a2, a3, ref once1, ref four1);
                    Add(Vector512.Load(row2 + at), a0, a1, a2, a3, ref once2, ref four2);
                    Add(Vector512.Load(row3 + at), a0, a1, a2, a3, ref once3, ref four3);
                }
                total0 += FourRowProduct.Widen(once0, four0);
                total1 += FourRowProduct.Widen(once1, four1);
                total2 += FourRowProduct.Widen(once2, four2);
                total3 += FourRowProduct.Widen(once3, four3);
            }
            return Vector128.ShiftRightArithmetic(Avx512Tile.SumEach(total0, total1, total2, total3), 2);
        }

        /// <summary>Adds a block of one row: bit pairs in place 2 are multiplied where they are and kept in sums of their own.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Add(
            Vector512<byte> bytes, Vector512<sbyte> a0, Vector512<sbyte> a1, Vector512<sbyte> a2, Vector512<sbyte> a3, ref Vector512<short> once, ref Vector512<short> four)
        {
            Vector512<byte> low = Vector512.Create((byte)0b0011), high = Vector512.Create((byte)0b1100);
            Vector512<byte> upper = Vector512.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte();
            once += Avx512BW.MultiplyAddAdjacent(bytes & low, a0) + Avx512BW.MultiplyAddAdjacent(upper & low, a2);
            four += Avx512BW.MultiplyAddAdjacent(bytes & high, a1) + Avx512BW.MultiplyAddAdjacent(upper & high, a3);
        }
    }

    private readonly struct Unpacker : IPanelUnpacker
    {
        public static int StepGroup => BlockCodes / Avx512Tile.Step;

        public static void Unpack(byte* row, int columns, int firstStep, int steps, byte* target, int stride)
        {
            Vector512<byte> three = Vector512.Create((byte)3);
            byte* bytes = row + firstStep / StepGroup * TernaryBlocks.Tq2Bytes;
            for (int step = 0; step < steps; step += StepGroup, bytes += TernaryBlocks.Tq2Bytes, target += StepGroup * stride)
            {
                Vector512<byte> block = Vector512.Load(bytes);
                (block & three).Store(target);
                (Vector512.ShiftRightLogical(block.AsUInt16(), 2).AsByte() & three).Store(target + stride);
                (Vector512.ShiftRightLogical(block.AsUInt16(), 4).AsByte() & three).Store(target + 2 * stride);
                (Vector512.ShiftRightLogical(block.AsUInt16(), 6).AsByte() & three).Store(target + 3 * stride);
            }
        }
    }
}
