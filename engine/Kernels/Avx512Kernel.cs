using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>512-bit form. Up to three tokens are multiplied straight from the packed bytes, four rows at a time (bound by
/// memory); more tokens go through <see cref="Avx512Tile"/>, which unpacks four rows once for all tokens (bound by multiply-adds).</summary>
public sealed unsafe class Avx512Kernel : TernaryKernel
{
    public override string Name => "i2s-avx512";
    public override string Format => "i2s";
    public override string Isa => "avx512";
    public override string Reason => "64 weights an instruction; .NET has no AVX512-VNNI, so pairs are added in int16";
    public override bool IsSupported => Avx512BW.IsSupported;

    /// <summary>Two blocks, 256 weights, are one 64-byte load; each adds four pairs of products to every int16 lane.</summary>
    private const int ChunksPerSegment = PairsPerInt16 / 4;

    /// <summary>How far beyond the group of four rows in work weights are requested, line after line in memory order although the
    /// rows are read side by side: asking in the order of use (four lines a row apart) reached less than half the bandwidth on
    /// Zen 4, with 4 kB and with 2 MB pages.</summary>
    private const int PrefetchBytes = 2_560;

    public override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
    {
        int tiled = columns <= Avx512Tile.MaximumColumns ? tokens & ~3 : 0;
        if (tiled > 0) Avx512Tile.Multiply(packed, rows, columns, activations, activationSums, tiled, output, outputStride);
        for (int token = tiled; token < tokens; token++)
        {
            MultiplyOneToken(
                packed, rows, columns, activations + (long)token * columns, activationSums[token], output + (long)token * outputStride);
        }
    }

    private static void MultiplyOneToken(byte* packed, int rows, int columns, sbyte* q, int sum, int* output)
    {
        int rowBytes = columns / 4;
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            (FourRows(packed + (long)row * rowBytes, rowBytes, q, columns) - Vector128.Create(sum)).Store(output + row);
        }
        for (; row < rows; row++) output[row] = OneRow(packed + (long)row * rowBytes, q, columns) - sum;
    }

    private static Vector128<int> FourRows(byte* rows, int rowBytes, sbyte* q, int columns)
    {
        int chunks = columns / (2 * BlockLength);
        Vector512<int> total0 = default, total1 = default, total2 = default, total3 = default;
        byte* row1 = rows + rowBytes, row2 = row1 + rowBytes, row3 = row2 + rowBytes;
        byte* ahead = rows + 4 * (long)rowBytes + PrefetchBytes;
        for (int first = 0; first < chunks; first += ChunksPerSegment)
        {
            Vector512<short> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            int end = Math.Min(first + ChunksPerSegment, chunks);
            for (int chunk = first; chunk < end; chunk++)
            {
                sbyte* a = q + chunk * (2 * BlockLength);
                Vector512<sbyte> a0 = Quarters(a), a1 = Quarters(a + 32), a2 = Quarters(a + 64), a3 = Quarters(a + 96);
                int offset = chunk * 64;
                Sse.Prefetch0(ahead + 4 * offset);
                Sse.Prefetch0(ahead + 4 * offset + 64);
                Sse.Prefetch0(ahead + 4 * offset + 128);
                Sse.Prefetch0(ahead + 4 * offset + 192);
                sum0 += ChunkPairs(Vector512.Load(rows + offset), a0, a1, a2, a3);
                sum1 += ChunkPairs(Vector512.Load(row1 + offset), a0, a1, a2, a3);
                sum2 += ChunkPairs(Vector512.Load(row2 + offset), a0, a1, a2, a3);
                sum3 += ChunkPairs(Vector512.Load(row3 + offset), a0, a1, a2, a3);
            }
            total0 += Widen(sum0);
            total1 += Widen(sum1);
            total2 += Widen(sum2);
            total3 += Widen(sum3);
        }
        Vector128<int> dots = Avx512Tile.SumEach(total0, total1, total2, total3);
        return columns % (2 * BlockLength) == 0 ? dots : dots + LastBlocks(rows, rowBytes, q, columns);
    }

    private static int OneRow(byte* row, sbyte* q, int columns)
    {
        int chunks = columns / (2 * BlockLength);
        Vector512<int> total = default;
        for (int first = 0; first < chunks; first += ChunksPerSegment)
        {
            Vector512<short> sum = default;
            int end = Math.Min(first + ChunksPerSegment, chunks);
            for (int chunk = first; chunk < end; chunk++)
            {
                sbyte* a = q + chunk * (2 * BlockLength);
                sum += ChunkPairs(Vector512.Load(row + chunk * 64), Quarters(a), Quarters(a + 32), Quarters(a + 64), Quarters(a + 96));
            }
            total += Widen(sum);
        }
        int dot = Vector512.Sum(total);
        return columns % (2 * BlockLength) == 0 ? dot : dot + LastBlock(row, q, columns);
    }

    /// <summary>Code dots of the odd last block of four rows.</summary>
    private static Vector128<int> LastBlocks(byte* rows, int rowBytes, sbyte* q, int columns) => Vector128.Create(
        LastBlock(rows, q, columns),
        LastBlock(rows + rowBytes, q, columns),
        LastBlock(rows + 2 * (long)rowBytes, q, columns),
        LastBlock(rows + 3 * (long)rowBytes, q, columns));

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

    /// <summary>The same quarter of two neighbouring blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<sbyte> Quarters(sbyte* q) => Vector512.Create(Vector256.Load(q), Vector256.Load(q + BlockLength));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> ChunkPairs(
        Vector512<byte> bytes, Vector512<sbyte> a0, Vector512<sbyte> a1, Vector512<sbyte> a2, Vector512<sbyte> a3)
    {
        Vector512<byte> three = Vector512.Create((byte)3);
        return Avx512BW.MultiplyAddAdjacent(Vector512.ShiftRightLogical(bytes.AsUInt16(), 6).AsByte() & three, a0)
            + Avx512BW.MultiplyAddAdjacent(Vector512.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & three, a1)
            + (Avx512BW.MultiplyAddAdjacent(Vector512.ShiftRightLogical(bytes.AsUInt16(), 2).AsByte() & three, a2)
            + Avx512BW.MultiplyAddAdjacent(bytes & three, a3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widen(Vector512<short> pairs) => Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One);
}
