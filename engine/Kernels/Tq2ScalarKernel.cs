using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>The definition of the TQ2_0 product: one weight at a time.</summary>
public sealed unsafe class Tq2ScalarKernel : TernaryKernel
{
    public override TernaryFormat Format => Tq2Format.Instance;
    public override string Isa => "scalar";
    public override string Reason => "reference of TQ2_0; runs everywhere";
    public override bool IsSupported => true;

    public override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
    {
        long rowBytes = Format.RowBytes(columns);
        for (int row = 0; row < rows; row++)
        {
            for (int token = 0; token < tokens; token++)
                output[(long)token * outputStride + row] = Dot(packed + row * rowBytes, activations + (long)token * columns, columns);
        }
    }

    private static int Dot(byte* row, sbyte* q, int columns)
    {
        int sum = 0;
        for (int i = 0; i < columns; i++)
        {
            int inBlock = i % TernaryBlockFormat.BlockCodes, inHalf = inBlock % BlockLength;
            byte four = row[i / TernaryBlockFormat.BlockCodes * TernaryBlocks.Tq2Bytes + inBlock / BlockLength * 32 + inHalf % 32];
            sum += ((four >> 2 * (inHalf / 32) & 3) - 1) * q[i];
        }
        return sum;
    }
}
