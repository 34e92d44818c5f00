using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>Portable 128-bit form (Arm, old x86): 16 weights a step, products widened to int16 and added there.</summary>
public sealed unsafe class I2SVector128Kernel : TernaryKernel
{
    public override TernaryFormat Format => I2SFormat.Instance;
    public override string Isa => "vector128";
    public override string Reason => "portable SIMD; the fastest one on Arm and on x86 without AVX2";
    public override bool IsSupported => Vector128.IsHardwareAccelerated;

    /// <summary>A block adds 16 products of at most 256 to each int16 lane: 7 blocks stay below 32,767.</summary>
    private const int BlocksPerSegment = 7;

    public override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
    {
        for (int row = 0; row < rows; row++)
        {
            byte* weights = packed + (long)row * (columns / 4);
            for (int token = 0; token < tokens; token++)
            {
                output[(long)token * outputStride + row] =
                    CodeDot(weights, activations + (long)token * columns, columns / BlockLength) - activationSums[token];
            }
        }
    }

    /// <summary>Σ code · activation.</summary>
    private static int CodeDot(byte* weights, sbyte* activations, int blocks)
    {
        Vector128<int> total = Vector128<int>.Zero;
        for (int first = 0; first < blocks; first += BlocksPerSegment)
        {
            Vector128<short> sum = Vector128<short>.Zero;
            int end = Math.Min(first + BlocksPerSegment, blocks);
            for (int block = first; block < end; block++)
            {
                byte* bytes = weights + block * 32;
                sbyte* q = activations + block * BlockLength;
                sum += Half(Vector128.Load(bytes), q) + Half(Vector128.Load(bytes + 16), q + 16);
            }
            (Vector128<int> lower, Vector128<int> upper) = Vector128.Widen(sum);
            total += lower + upper;
        }
        return Vector128.Sum(total);
    }

    /// <summary>16 bytes hold the same 16 positions of each of the block's four quarters.</summary>
    private static Vector128<short> Half(Vector128<byte> bytes, sbyte* activations)
    {
        Vector128<byte> three = Vector128.Create((byte)3);
        return Products(Vector128.ShiftRightLogical(bytes, 6), activations)
            + Products(Vector128.ShiftRightLogical(bytes, 4) & three, activations + 32)
            + Products(Vector128.ShiftRightLogical(bytes, 2) & three, activations + 64)
            + Products(bytes & three, activations + 96);
    }

    private static Vector128<short> Products(Vector128<byte> codes, sbyte* activations)
    {
        Vector128<sbyte> q = Vector128.Load(activations);
        return Vector128.WidenLower(codes).AsInt16() * Vector128.WidenLower(q)
            + Vector128.WidenUpper(codes).AsInt16() * Vector128.WidenUpper(q);
    }
}
