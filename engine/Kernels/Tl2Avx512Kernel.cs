using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>Look-ups of triples: sign and index are five bits of one index into a table of 32 sums, two of which a 64-byte look-up (VBMI) holds, so that no
/// sign is applied afterwards; one look-up serves two triples of 32 rows.</summary>
/// <remarks>A sum s, −384 to 384, is stored as two digits of base 28 of s + 384, as in <see cref="Tl1Avx512Kernel"/>.</remarks>
public sealed unsafe class Tl2Avx512Kernel : TernaryKernel
{
    public override TernaryFormat Format => Tl2Format.Instance;
    public override string Isa => "avx512";
    public override string Reason => "192 weights a pair of look-ups, 5 bits for 3 weights; a larger working set";
    public override bool IsSupported => Avx512BW.IsSupported && Avx512Vbmi.IsSupported;

    private const int Group = Tl2Format.Group, VectorBytes = Tl2Format.VectorBytes;

    /// <summary>Low and high digits of two triples.</summary>
    private const int LookUpTables = 2 * 64;
    private const int BlockTables = Tl2Format.BlockLookUps * LookUpTables;

    /// <summary>A block adds eight digits of at most 27 to every byte: 216 ≤ 255.</summary>
    private const int Base = 28, Offset = 384;

    /// <summary>A block adds at most 8 · 768 = 6,144 to a uint16 lane.</summary>
    private const int BlocksPerSegment = ushort.MaxValue / 6_144;

    public override int ActivationBytes(int columns) => Tl2Format.Blocks(columns) * BlockTables;

    public override void Prepare(sbyte* quantized, int columns, sbyte* prepared)
    {
        Vector512<short> first = Weights(0), second = Weights(1), third = Weights(2);
        int triples = Tl2Format.Blocks(columns) * Tl2Format.BlockColumns / 3;
        for (int triple = 0; triple < triples; triple++)
        {
            int c = 3 * triple;
            Vector512<short> sums = first * Vector512.Create(At(c)) + second * Vector512.Create(At(c + 1)) + third * Vector512.Create(At(c + 2))
                + Vector512.Create((short)Offset);
            // 2341/65,536 is a little above 1/28: exact up to 768.
            Vector512<short> high = Avx512BW.MultiplyHigh(sums, Vector512.Create((short)2341)), low = sums - high * Vector512.Create((short)Base);
            byte* digits = (byte*)prepared + triple / 2 * LookUpTables + triple % 2 * 32;
            Vector256.Narrow(low.GetLower(), low.GetUpper()).AsByte().Store(digits);
            Vector256.Narrow(high.GetLower(), high.GetUpper()).AsByte().Store(digits + VectorBytes);
        }

        short At(int column) => column < columns ? quantized[column] : (short)0;
    }

    /// <summary>Weight k by sign and index; indices that do not occur repeat the last one.</summary>
    private static Vector512<short> Weights(int k)
    {
        Vector512<short> weights = default;
        for (int i = 0; i < Vector512<short>.Count; i++)
        {
            int index = Math.Min(i & 15, Tl2Format.LargestIndex);
            weights = weights.WithElement(i, (short)Tl2Format.Weight(i < 16 ? index : -index, k));
        }
        return weights;
    }

    public override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
    {
        long groupBytes = Group * Format.RowBytes(columns);
        int* dots = stackalloc int[Streams * Group];
        for (int row = 0; row < rows; row += Streams * Group)
        {
            int count = Math.Min(Streams * Group, rows - row), groups = (count + Group - 1) / Group;
            byte* group0 = packed + row / Group * groupBytes;
            for (int token = 0; token < tokens; token++)
            {
                // Fewer than four groups repeat the last one; what it yields is not stored.
                FourGroups(
                    group0, group0 + Math.Min(1, groups - 1) * groupBytes, group0 + Math.Min(2, groups - 1) * groupBytes, group0 + Math.Min(3, groups - 1) * groupBytes,
                    (byte*)activations + (long)token * ActivationBytes(columns), Tl2Format.Blocks(columns), dots, Group);
                new ReadOnlySpan<int>(dots, count).CopyTo(new Span<int>(output + (long)token * outputStride + row, count));
            }
        }
    }

    public override void MultiplyStreams(
        byte* packed, long streamBytes, int rows, int columns, sbyte* activations, int activationSum, int* output, int outputStride)
    {
        for (int row = 0; row < rows; row += Group)
        {
            byte* group0 = packed + row * Format.RowBytes(columns), group1 = group0 + streamBytes, group2 = group1 + streamBytes;
            FourGroups(group0, group1, group2, group2 + streamBytes, (byte*)activations, Tl2Format.Blocks(columns), output + row, outputStride);
        }
    }

    /// <summary>Thirty-two dots of each group.</summary>
    private static void FourGroups(byte* group0, byte* group1, byte* group2, byte* group3, byte* tables, int blocks, int* output, long outputStride)
    {
        int* totals = stackalloc int[Streams * Group];
        new Span<int>(totals, Streams * Group).Fill(-Offset * blocks * (Tl2Format.BlockColumns / 3));
        for (int block = 0; block < blocks;)
        {
            int segment = Math.Min(block + BlocksPerSegment, blocks);
            GroupSums sums0 = default, sums1 = default, sums2 = default, sums3 = default;
            for (; block < segment; block++)
            {
                byte* t = tables + block * BlockTables;
                int at = block * Tl2Format.BlockBytes;
                sums0.Add(group0 + at, t);
                sums1.Add(group1 + at, t);
                sums2.Add(group2 + at, t);
                sums3.Add(group3 + at, t);
            }
            sums0.AddTo(totals);
            sums1.AddTo(totals + Group);
            sums2.AddTo(totals + 2 * Group);
            sums3.AddTo(totals + 3 * Group);
        }
        for (int i = 0; i < Streams; i++) new ReadOnlySpan<int>(totals + i * Group, Group).CopyTo(new Span<int>(output + i * outputStride, Group));
    }

    /// <summary>uint16 sums of a group: rows 0 to 7 and 16 to 23 of both triples, and rows 8 to 15 and 24 to 31.</summary>
    private struct GroupSums
    {
        private Vector512<ushort> _first, _last;

        /// <summary>Bit 5 of eight bytes. A vector made of literals is a constant; one made of two halves was put together for every look-up.</summary>
        private const ulong Upper = 0x2020_2020_2020_2020;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(byte* block, byte* tables)
        {
            for (int line = 0; line < Tl2Format.BlockBytes; line += 64) Sse.Prefetch0(block + line + StreamPrefetch);
            Vector512<byte> low = default, high = default;
            Vector512<ushort> signs = Vector512.Load(block).AsUInt16();
            Vector512<byte> two = Vector512.Load(block + VectorBytes);
            LookUp(High(two), (signs << 4).AsByte(), tables, ref low, ref high);
            LookUp(two, (signs << 3).AsByte(), tables + LookUpTables, ref low, ref high);
            two = Vector512.Load(block + 2 * VectorBytes);
            LookUp(High(two), (signs << 2).AsByte(), tables + 2 * LookUpTables, ref low, ref high);
            LookUp(two, (signs << 1).AsByte(), tables + 3 * LookUpTables, ref low, ref high);
            two = Vector512.Load(block + 3 * VectorBytes);
            LookUp(High(two), signs.AsByte(), tables + 4 * LookUpTables, ref low, ref high);
            LookUp(two, (signs >>> 1).AsByte(), tables + 5 * LookUpTables, ref low, ref high);
            two = Vector512.Load(block + 4 * VectorBytes);
            LookUp(High(two), (signs >>> 2).AsByte(), tables + 6 * LookUpTables, ref low, ref high);
            LookUp(two, (signs >>> 3).AsByte(), tables + 7 * LookUpTables, ref low, ref high);
            Vector512<sbyte> weights = Vector512.Create((short)(Base << 8 | 1)).AsSByte();
            _first += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(low, high), weights).AsUInt16();
            _last += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(low, high), weights).AsUInt16();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<byte> High(Vector512<byte> two) => Vector512.ShiftRightLogical(two.AsUInt16(), 4).AsByte();

        /// <param name="index">The index in the low nibble.</param>
        /// <param name="sign">The sign in bit 4.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void LookUp(Vector512<byte> index, Vector512<byte> sign, byte* tables, ref Vector512<byte> low, ref Vector512<byte> high)
        {
            // Bit 5 chooses the triple: 0 in the lower half, 1 in the upper. What lies above it is ignored.
            Vector512<byte> five = Vector512.ConditionalSelect(Vector512.Create((byte)15), index, sign);
            Vector512<byte> six = Avx512F.TernaryLogic(five, Vector512.Create((byte)31), Vector512.Create(0, 0, 0, 0, Upper, Upper, Upper, Upper).AsByte(), 0xEA);
            low += Avx512Vbmi.PermuteVar64x8(Vector512.Load(tables), six);
            high += Avx512Vbmi.PermuteVar64x8(Vector512.Load(tables + VectorBytes), six);
        }

        public readonly void AddTo(int* totals)
        {
            Vector512<int> first = Widen(_first), last = Widen(_last);
            (Vector512.Load(totals) + Vector512.Create(first.GetLower(), last.GetLower())).Store(totals);
            (Vector512.Load(totals + 16) + Vector512.Create(first.GetUpper(), last.GetUpper())).Store(totals + 16);
        }

        private static Vector512<int> Widen(Vector512<ushort> lanes) =>
            Avx512F.ConvertToVector512Int32(lanes.GetLower()) + Avx512F.ConvertToVector512Int32(lanes.GetUpper());
    }
}
