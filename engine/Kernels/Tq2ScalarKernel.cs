using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>The definition of the TQ2_0 product: one weight at a time.</summary>
public sealed unsafe class Tq2ScalarKernel : RowDotScalarKernel
{
    public override TernaryFormat Format => Tq2Format.Instance;
    public override string Reason => "reference of TQ2_0; runs everywhere";

    protected override int Dot(byte* group, int row, sbyte* q, int columns)
    {
        int sum = 0;
        for (int i = 0; i < columns; i++)
        {
            int inBlock = i % TernaryBlockFormat.BlockCodes, inHalf = inBlock % BlockLength;
            byte four = group[i / TernaryBlockFormat.BlockCodes * TernaryBlocks.Tq2Bytes + inBlock / BlockLength * 32 + inHalf % 32];
            sum += ((four >> 2 * (inHalf / 32) & 3) - 1) * q[i];
        }
        return sum;
    }
}
