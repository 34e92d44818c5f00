using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>Look-ups instead of multiply-adds: each pair of activations becomes a table of its nine sums, and a byte shuffle looks 64 indices up at
/// once: four pairs of columns of 16 rows.</summary>
/// <remarks>A sum s, −256 to 256, is stored as two digits of base 23 of s + 256, 0 to 22 each, in tables of their own. Digits of ten look-ups stay
/// below 256 and are added as bytes; then one multiply-add makes int16 sums of both. Low and high bytes, the original's tables, would have
/// to be widened after every look-up.</remarks>
public sealed unsafe class Tl1Avx512Kernel : TernaryKernel
{
    public override TernaryFormat Format => Tl1Format.Instance;
    public override string Isa => "avx512";
    public override string Reason => "64 table look-ups an instruction, two an index; as many bytes as I2_S and a larger working set";
    public override bool IsSupported => Avx512BW.IsSupported;

    private const int Group = Tl1Format.Group, VectorBytes = Tl1Format.VectorBytes;

    /// <summary>Digit tables of a vector of weights: low and high digits of the pairs in high nibbles, then of those in low nibbles.</summary>
    private const int VectorTables = 4 * 64;

    private const int Base = 23, Offset = 256;

    /// <summary>Each vector adds two digits of at most 22 to every byte: 10 · 22 ≤ 255.</summary>
    private const int VectorsPerFold = 5;

    /// <summary>Each look-up adds at most 512 to a uint16 lane: 12 · 10 · 512 = 61,440 ≤ 65,535.</summary>
    private const int VectorsPerSegment = 12 * VectorsPerFold;

    public override int ActivationBytes(int columns) => columns / Tl1Format.VectorColumns * VectorTables;

    public override void Prepare(sbyte* quantized, int columns, sbyte* prepared)
    {
        Vector256<short> first = default, second = default;
        for (int i = 0; i < 9; i++)
        {
            (int w0, int w1) = Tl1Format.Weights(i);
            (first, second) = (first.WithElement(i, (short)w0), second.WithElement(i, (short)w1));
        }
        byte* table = (byte*)prepared;
        for (int c = 0; c < columns; c += Tl1Format.VectorColumns, table += VectorTables)
        {
            for (int pair = 0; pair < Tl1Format.VectorColumns / 2; pair++)
            {
                sbyte* q = quantized + c + 2 * pair;
                Vector256<short> sums = first * Vector256.Create((short)q[0]) + second * Vector256.Create((short)q[1]) + Vector256.Create((short)Offset);
                // 2850/65,536 is a little above 1/23: exact up to 512.
                Vector256<short> high = Avx2.MultiplyHigh(sums, Vector256.Create((short)2850)), low = sums - high * Vector256.Create((short)Base);
                byte* digits = table + pair % 2 * (VectorTables / 2) + pair / 2 * Group;
                Vector128.Narrow(low.GetLower(), low.GetUpper()).AsByte().Store(digits);
                Vector128.Narrow(high.GetLower(), high.GetUpper()).AsByte().Store(digits + VectorBytes);
            }
        }
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
                    (byte*)activations + (long)token * ActivationBytes(columns), columns, dots, Group);
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
            FourGroups(group0, group1, group2, group2 + streamBytes, (byte*)activations, columns, output + row, outputStride);
        }
    }

    /// <summary>Sixteen dots of each group.</summary>
    private static void FourGroups(byte* group0, byte* group1, byte* group2, byte* group3, byte* tables, int columns, int* output, long outputStride)
    {
        int vectors = columns / Tl1Format.VectorColumns;
        Vector512<int> total0 = Vector512.Create(-Offset * (columns / 2)), total1 = total0, total2 = total0, total3 = total0;
        for (int vector = 0; vector < vectors;)
        {
            int segment = Math.Min(vector + VectorsPerSegment, vectors);
            GroupSums sums0 = default, sums1 = default, sums2 = default, sums3 = default;
            while (vector < segment)
            {
                int end = Math.Min(vector + VectorsPerFold, segment);
                Vector512<byte> low0 = default, low1 = default, low2 = default, low3 = default;
                Vector512<byte> high0 = default, high1 = default, high2 = default, high3 = default;
                for (; vector < end; vector++)
                {
                    byte* t = tables + vector * VectorTables;
                    int at = vector * VectorBytes;
                    Sse.Prefetch0(group0 + at + StreamPrefetch);
                    Sse.Prefetch0(group1 + at + StreamPrefetch);
                    Sse.Prefetch0(group2 + at + StreamPrefetch);
                    Sse.Prefetch0(group3 + at + StreamPrefetch);
                    Vector512<byte> w0 = Vector512.Load(group0 + at), w1 = Vector512.Load(group1 + at), w2 = Vector512.Load(group2 + at), w3 = Vector512.Load(group3 + at);
                    Vector512<byte> low = Vector512.Load(t + 128), high = Vector512.Load(t + 192);
                    LookUp(w0, low, high, ref low0, ref high0);
                    LookUp(w1, low, high, ref low1, ref high1);
                    LookUp(w2, low, high, ref low2, ref high2);
                    LookUp(w3, low, high, ref low3, ref high3);
                    low = Vector512.Load(t);
                    high = Vector512.Load(t + 64);
                    LookUp(HighNibbles(w0), low, high, ref low0, ref high0);
                    LookUp(HighNibbles(w1), low, high, ref low1, ref high1);
                    LookUp(HighNibbles(w2), low, high, ref low2, ref high2);
                    LookUp(HighNibbles(w3), low, high, ref low3, ref high3);
                }
                sums0.Add(low0, high0);
                sums1.Add(low1, high1);
                sums2.Add(low2, high2);
                sums3.Add(low3, high3);
            }
            total0 += sums0.Rows();
            total1 += sums1.Rows();
            total2 += sums2.Rows();
            total3 += sums3.Rows();
        }
        total0.Store(output);
        total1.Store(output + outputStride);
        total2.Store(output + 2 * outputStride);
        total3.Store(output + 3 * outputStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> HighNibbles(Vector512<byte> bytes) => Vector512.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LookUp(Vector512<byte> weights, Vector512<byte> lowDigits, Vector512<byte> highDigits, ref Vector512<byte> low, ref Vector512<byte> high)
    {
        Vector512<byte> index = weights & Vector512.Create((byte)15);
        low += Avx512BW.Shuffle(lowDigits, index);
        high += Avx512BW.Shuffle(highDigits, index);
    }

    /// <summary>uint16 sums of a group: four lanes of rows 0 to 7 and four of rows 8 to 15.</summary>
    private struct GroupSums
    {
        private Vector512<ushort> _first, _last;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector512<byte> low, Vector512<byte> high)
        {
            Vector512<sbyte> weights = Vector512.Create((short)(Base << 8 | 1)).AsSByte();
            _first += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(low, high), weights).AsUInt16();
            _last += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(low, high), weights).AsUInt16();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<int> Rows() => Vector512.Create(Eight(_first), Eight(_last));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> Eight(Vector512<ushort> lanes)
        {
            Vector512<int> two = Avx512F.ConvertToVector512Int32(lanes.GetLower()) + Avx512F.ConvertToVector512Int32(lanes.GetUpper());
            return two.GetLower() + two.GetUpper();
        }
    }
}
