namespace BitNet.Engine.Kernels;

/// <summary>The definition of the base-3 product: one weight at a time.</summary>
public sealed unsafe class Base3ScalarKernel : RowDotScalarKernel
{
    public override TernaryFormat Format => Base3Format.Instance;
    public override string Reason => "reference of the base-3 format; runs everywhere";

    protected override int Dot(byte* group, int row, sbyte* q, int columns)
    {
        int sum = 0;
        for (int i = 0; i < columns; i++)
        {
            int inBlock = i % Base3Format.BlockCodes;
            byte packed = group[i / Base3Format.BlockCodes * Base3Format.BlockBytes + inBlock % Base3Format.BlockBytes];
            sum += (Base3Format.Code(packed, inBlock / Base3Format.BlockBytes) - 1) * q[i];
        }
        return sum;
    }
}
