namespace BitNet.Engine.Kernels;

/// <summary>The definition of the TL2 product: one weight at a time.</summary>
public sealed unsafe class Tl2ScalarKernel : RowDotScalarKernel
{
    public override TernaryFormat Format => Tl2Format.Instance;
    public override string Reason => "reference of TL2; runs everywhere";

    protected override int Dot(byte* group, int row, sbyte* q, int columns)
    {
        int sum = 0;
        for (int c = 0; c < columns; c++)
        {
            int value = Tl2Format.Value(group + c / Tl2Format.BlockColumns * Tl2Format.BlockBytes, row, c % Tl2Format.BlockColumns / 3);
            sum += Tl2Format.Weight(value, c % 3) * q[c];
        }
        return sum;
    }
}
