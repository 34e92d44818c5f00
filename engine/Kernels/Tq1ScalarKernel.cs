using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>The definition of the TQ1_0 product: one weight at a time.</summary>
public sealed unsafe class Tq1ScalarKernel : RowDotScalarKernel
{
    public override TernaryFormat Format => Tq1Format.Instance;
    public override string Reason => "reference of TQ1_0; runs everywhere";

    protected override int Dot(byte* group, int row, sbyte* q, int columns)
    {
        int sum = 0;
        for (int i = 0; i < columns; i++)
        {
            (int at, int digit) = Tq1Format.Place(i % TernaryBlockFormat.BlockCodes);
            byte rest = group[i / TernaryBlockFormat.BlockCodes * TernaryBlocks.Tq1Bytes + at];
            for (int n = 0; n < digit; n++) rest = (byte)(3 * rest);
            sum += ((3 * rest >> 8) - 1) * q[i];
        }
        return sum;
    }
}
