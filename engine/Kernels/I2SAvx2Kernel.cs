using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>256-bit form: vpmaddubsw of unsigned codes with signed activations, sums kept in int16 and widened before they
/// can overflow.</summary>
public sealed unsafe class I2SAvx2Kernel : TernaryKernel
{
    public override TernaryFormat Format => I2SFormat.Instance;
    public override string Isa => "avx2";
    public override string Reason => "32 weights an instruction on every x86 since 2013";
    public override bool IsSupported => Avx2.IsSupported;

    /// <summary>A block adds four pairs of products to each int16 lane.</summary>
    private const int BlocksPerSegment = PairsPerInt16 / 4;

    public override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
    {
        int rowBytes = columns / 4;
        int blocks = columns / BlockLength;
        int token = 0;
        for (; token + 4 <= tokens; token += 4)
        {
            sbyte* q = activations + (long)token * columns;
            for (int row = 0; row < rows; row++)
            {
                Vector128<int> dots = FourTokens(packed + (long)row * rowBytes, q, columns, blocks);
                for (int i = 0; i < 4; i++)
                {
                    output[(long)(token + i) * outputStride + row] = dots[i] - activationSums[token + i];
                }
            }
        }
        for (; token < tokens; token++)
        {
            sbyte* q = activations + (long)token * columns;
            int* destination = output + (long)token * outputStride;
            int row = 0;
            for (; row + 4 <= rows; row += 4)
            {
                Vector128<int> dots = FourRows(packed + (long)row * rowBytes, rowBytes, q, blocks);
                (dots - Vector128.Create(activationSums[token])).Store(destination + row);
            }
            for (; row < rows; row++)
            {
                destination[row] = OneRow(packed + (long)row * rowBytes, q, blocks) - activationSums[token];
            }
        }
    }

    /// <summary>Code dots of four consecutive rows with one token: each activation vector is loaded once for four rows.</summary>
    private static Vector128<int> FourRows(byte* rows, int rowBytes, sbyte* q, int blocks)
    {
        Vector256<int> total0 = default, total1 = default, total2 = default, total3 = default;
        for (int first = 0; first < blocks; first += BlocksPerSegment)
        {
            Vector256<short> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            int end = Math.Min(first + BlocksPerSegment, blocks);
            for (int block = first; block < end; block++)
            {
                sbyte* a = q + block * BlockLength;
                Vector256<sbyte> a0 = Vector256.Load(a), a1 = Vector256.Load(a + 32), a2 = Vector256.Load(a + 64), a3 = Vector256.Load(a + 96);
                byte* bytes = rows + block * 32;
                sum0 += BlockPairs(Vector256.Load(bytes), a0, a1, a2, a3);
                sum1 += BlockPairs(Vector256.Load(bytes + rowBytes), a0, a1, a2, a3);
                sum2 += BlockPairs(Vector256.Load(bytes + 2 * (long)rowBytes), a0, a1, a2, a3);
                sum3 += BlockPairs(Vector256.Load(bytes + 3 * (long)rowBytes), a0, a1, a2, a3);
            }
            total0 += Widen(sum0);
            total1 += Widen(sum1);
            total2 += Widen(sum2);
            total3 += Widen(sum3);
        }
        return SumEach(total0, total1, total2, total3);
    }

    /// <summary>Code dots of one row with four tokens: each weight is unpacked once for four tokens.</summary>
    private static Vector128<int> FourTokens(byte* row, sbyte* q, int columns, int blocks)
    {
        Vector256<byte> three = Vector256.Create((byte)3);
        Vector256<int> total0 = default, total1 = default, total2 = default, total3 = default;
        for (int first = 0; first < blocks; first += BlocksPerSegment)
        {
            Vector256<short> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            int end = Math.Min(first + BlocksPerSegment, blocks);
            for (int block = first; block < end; block++)
            {
                Vector256<byte> bytes = Vector256.Load(row + block * 32);
                sbyte* a = q + block * BlockLength;
                for (int quarter = 0; quarter < 4; quarter++)
                {
                    Vector256<byte> codes = Vector256.ShiftRightLogical(bytes.AsUInt16(), 6 - 2 * quarter).AsByte() & three;
                    sum0 += Avx2.MultiplyAddAdjacent(codes, Vector256.Load(a + 32 * quarter));
                    sum1 += Avx2.MultiplyAddAdjacent(codes, Vector256.Load(a + columns + 32 * quarter));
                    sum2 += Avx2.MultiplyAddAdjacent(codes, Vector256.Load(a + 2 * (long)columns + 32 * quarter));
                    sum3 += Avx2.MultiplyAddAdjacent(codes, Vector256.Load(a + 3 * (long)columns + 32 * quarter));
                }
            }
            total0 += Widen(sum0);
            total1 += Widen(sum1);
            total2 += Widen(sum2);
            total3 += Widen(sum3);
        }
        return SumEach(total0, total1, total2, total3);
    }

    private static int OneRow(byte* row, sbyte* q, int blocks)
    {
        Vector256<int> total = default;
        for (int first = 0; first < blocks; first += BlocksPerSegment)
        {
            Vector256<short> sum = default;
            int end = Math.Min(first + BlocksPerSegment, blocks);
            for (int block = first; block < end; block++)
            {
                sbyte* a = q + block * BlockLength;
                sum += BlockPairs(
                    Vector256.Load(row + block * 32), Vector256.Load(a), Vector256.Load(a + 32), Vector256.Load(a + 64), Vector256.Load(a + 96));
            }
            total += Widen(sum);
        }
        return Vector256.Sum(total);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> BlockPairs(
        Vector256<byte> bytes, Vector256<sbyte> a0, Vector256<sbyte> a1, Vector256<sbyte> a2, Vector256<sbyte> a3)
    {
        // There is no byte shift on x86: shift 16-bit lanes and mask what came from the neighbour.
        Vector256<byte> three = Vector256.Create((byte)3);
        return Avx2.MultiplyAddAdjacent(Vector256.ShiftRightLogical(bytes.AsUInt16(), 6).AsByte() & three, a0)
            + Avx2.MultiplyAddAdjacent(Vector256.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & three, a1)
            + (Avx2.MultiplyAddAdjacent(Vector256.ShiftRightLogical(bytes.AsUInt16(), 2).AsByte() & three, a2)
            + Avx2.MultiplyAddAdjacent(bytes & three, a3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen(Vector256<short> pairs) => Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);

    /// <summary>Lane i of the result is the sum over all lanes of argument i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> SumEach(Vector256<int> t0, Vector256<int> t1, Vector256<int> t2, Vector256<int> t3)
    {
        Vector256<int> halves = Avx2.HorizontalAdd(Avx2.HorizontalAdd(t0, t1), Avx2.HorizontalAdd(t2, t3));
        return halves.GetLower() + halves.GetUpper();
    }
}
