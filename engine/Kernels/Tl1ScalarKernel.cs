namespace BitNet.Engine.Kernels;

/// <summary>The definition of the TL1 product: one pair of weights at a time.</summary>
public sealed unsafe class Tl1ScalarKernel : RowDotScalarKernel
{
    public override TernaryFormat Format => Tl1Format.Instance;
    public override string Reason => "reference of TL1; runs everywhere";

    protected override int Dot(byte* group, int row, sbyte* q, int columns)
    {
        int sum = 0;
        // The row's next bytes lie a group apart.
        byte* bytes = group + row;
        for (int c = 0; c < columns; c += 4, bytes += Tl1Format.Group)
        {
            (int w0, int w1) = Tl1Format.Weights(*bytes >> 4);
            (int w2, int w3) = Tl1Format.Weights(*bytes & 15);
            sum += w0 * q[c] + w1 * q[c + 1] + w2 * q[c + 2] + w3 * q[c + 3];
        }
        return sum;
    }
}
