using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>512-bit form. One token is multiplied straight from the packed bytes, four rows at a time (bound by memory); several go
/// through <see cref="Avx512Tile"/>, which unpacks rows once for all tokens (bound by multiply-adds).</summary>
/// <remarks>A chunk is two blocks, 256 weights in 64 bytes. Its four bit pairs are four vectors of codes; activations are prepared so
/// that each finds its 64 values side by side.</remarks>
public sealed unsafe class I2SAvx512Kernel : TernaryKernel
{
    public override TernaryFormat Format => I2SFormat.Instance;
    public override string Isa => "avx512";
    public override string Reason => "64 weights an instruction; .NET has no AVX512-VNNI, so pairs are added in int16";
    public override bool IsSupported => Avx512BW.IsSupported;

    private const int Chunk = 2 * BlockLength;

    /// <summary>Codes in bits 2 and 3 count four times: a chunk adds one pair of them, 4 · 2 · 2 · (−128 to 127) = −2,048 to 2,032, to every int16 lane, so that 16
    /// chunks reach −32,768 to 32,512.</summary>
    private const int ChunksPerSegment = 16;

    public override void Prepare(sbyte* quantized, int columns, sbyte* prepared)
    {
        int whole = columns / Chunk * Chunk;
        for (int first = 0; first < whole; first += Chunk)
        {
            for (int quarter = 0; quarter < 4; quarter++)
            {
                sbyte* source = quantized + first + 32 * quarter;
                Vector512.Create(Vector256.Load(source), Vector256.Load(source + BlockLength)).Store(prepared + first + Avx512Tile.Step * quarter);
            }
        }
        // An odd last block keeps its order.
        for (int i = whole; i < columns; i += 32) Vector256.Load(quantized + i).Store(prepared + i);
    }

    public override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride) =>
        FourRowProduct.Multiply<Rows, Unpacker>(this, packed, rows, columns, activations, activationSums, tokens, output, outputStride);

    public override void MultiplyStreams(
        byte* packed, long streamBytes, int rows, int columns, sbyte* activations, int activationSum, int* output, int outputStride) =>
        FourRowProduct.MultiplyStreams<Rows>(packed, columns / 4, streamBytes, rows, columns, activations, activationSum, output, outputStride);

    private readonly struct Rows : IFourRows
    {
        public static Vector128<int> Dots(byte* row0, long distance, sbyte* q, int columns)
        {
            byte* row1 = row0 + distance, row2 = row1 + distance, row3 = row2 + distance;
            int chunks = columns / Chunk;
            Vector512<byte> low = Vector512.Create((byte)0b0011), high = Vector512.Create((byte)0b1100);
            Vector512<int> total0 = default, total1 = default, total2 = default, total3 = default;
            for (int chunk = 0; chunk < chunks;)
            {
                int end = Math.Min(chunk + ChunksPerSegment, chunks);
                Vector512<short> once0 = default, once1 = default, once2 = default, once3 = default;
                Vector512<short> four0 = default, four1 = default, four2 = default, four3 = default;
                Vector512<short> more0 = default, more1 = default, more2 = default, more3 = default;
                for (; chunk < end; chunk++)
                {
                    sbyte* a = q + chunk * Chunk;
                    Vector512<sbyte> a0 = Vector512.Load(a), a1 = Vector512.Load(a + 64), a2 = Vector512.Load(a + 128), a3 = Vector512.Load(a + 192);
                    int at = chunk * 64;
                    Sse.Prefetch0(row0 + at + StreamPrefetch);
                    Sse.Prefetch0(row1 + at + StreamPrefetch);
                    Sse.Prefetch0(row2 + at + StreamPrefetch);
                    Sse.Prefetch0(row3 + at + StreamPrefetch);
                    Add(Vector512.Load(row0 + at), low, high, a0, a1, a2, a3, ref once0, ref four0, ref more0);
                    Add(Vector512.Load(row1 + at), low, high, a0, a1, a2, a3, ref once1, ref four1, ref more1);
                    Add(Vector512.Load(row2 + at), low, high, a0, a1, a2, a3, ref once2, ref four2, ref more2);
                    Add(Vector512.Load(row3 + at), low, high, a0, a1, a2, a3, ref once3, ref four3, ref more3);
                }
                total0 += Widen(once0, four0, more0);
                total1 += Widen(once1, four1, more1);
                total2 += Widen(once2, four2, more2);
                total3 += Widen(once3, four3, more3);
            }
            Vector128<int> dots = Vector128.ShiftRightArithmetic(Avx512Tile.SumEach(total0, total1, total2, total3), 2);
            return columns % Chunk == 0
                ? dots
                : dots + Vector128.Create(LastBlock(row0, q, columns), LastBlock(row1, q, columns), LastBlock(row2, q, columns), LastBlock(row3, q, columns));
        }
    }

    /// <summary>Adds a chunk of one row. One shift serves all four bit pairs: those in bits 2 and 3 are multiplied where they are, four times as
    /// large, and kept in sums of their own, one for each of the two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector512<byte> bytes, Vector512<byte> low, Vector512<byte> high, Vector512<sbyte> a0, Vector512<sbyte> a1, Vector512<sbyte> a2, Vector512<sbyte> a3,
        ref Vector512<short> once, ref Vector512<short> four, ref Vector512<short> more)
    {
        Vector512<byte> upper = Vector512.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte();
        once += Avx512BW.MultiplyAddAdjacent(bytes & low, a3) + Avx512BW.MultiplyAddAdjacent(upper & low, a1);
        four += Avx512BW.MultiplyAddAdjacent(bytes & high, a2);
        more += Avx512BW.MultiplyAddAdjacent(upper & high, a0);
    }

    /// <summary>Four times the sum: all kinds on one scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widen(Vector512<short> once, Vector512<short> four, Vector512<short> more) =>
        Avx512BW.MultiplyAddAdjacent(once, Vector512.Create((short)4))
        + Avx512BW.MultiplyAddAdjacent(four, Vector512<short>.One) + Avx512BW.MultiplyAddAdjacent(more, Vector512<short>.One);

    private static int LastBlock(byte* row, sbyte* q, int columns)
    {
        Vector256<byte> bytes = Vector256.Load(row + columns / 4 - 32);
        Vector256<byte> three = Vector256.Create((byte)3);
        sbyte* a = q + columns - BlockLength;
        Vector256<short> sum = Avx2.MultiplyAddAdjacent(Vector256.ShiftRightLogical(bytes.AsUInt16(), 6).AsByte() & three, Vector256.Load(a))
            + Avx2.MultiplyAddAdjacent(Vector256.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & three, Vector256.Load(a + 32))
            + Avx2.MultiplyAddAdjacent(Vector256.ShiftRightLogical(bytes.AsUInt16(), 2).AsByte() & three, Vector256.Load(a + 64))
            + Avx2.MultiplyAddAdjacent(bytes & three, Vector256.Load(a + 96));
        return Vector256.Sum(Avx2.MultiplyAddAdjacent(sum, Vector256<short>.One));
    }

    private readonly struct Unpacker : IPanelUnpacker
    {
        public static int StepGroup => Chunk / Avx512Tile.Step;

        public static void Unpack(byte* row, int columns, int firstStep, int steps, byte* target, int stride)
        {
            Vector512<byte> three = Vector512.Create((byte)3);
            byte* bytes = row + firstStep * 16;
            int step = 0;
            for (; step + 4 <= steps; step += 4, bytes += 64, target += 4 * stride)
            {
                Vector512<byte> chunk = Vector512.Load(bytes);
                (Vector512.ShiftRightLogical(chunk.AsUInt16(), 6).AsByte() & three).Store(target);
                (Vector512.ShiftRightLogical(chunk.AsUInt16(), 4).AsByte() & three).Store(target + stride);
                (Vector512.ShiftRightLogical(chunk.AsUInt16(), 2).AsByte() & three).Store(target + 2 * stride);
                (chunk & three).Store(target + 3 * stride);
            }
            if (step == steps) return;
            Vector256<byte> last = Vector256.Load(bytes), mask = Vector256.Create((byte)3);
            (Vector256.ShiftRightLogical(last.AsUInt16(), 6).AsByte() & mask).Store(target);
            (Vector256.ShiftRightLogical(last.AsUInt16(), 4).AsByte() & mask).Store(target + 32);
            (Vector256.ShiftRightLogical(last.AsUInt16(), 2).AsByte() & mask).Store(target + stride);
            (last & mask).Store(target + stride + 32);
        }
    }
}
