namespace BitNet.Engine.Kernels;

/// <summary>The definition the others are held against: one weight at a time, straight from spec 2.2.</summary>
public sealed unsafe class I2SScalarKernel : RowDotScalarKernel
{
    public override TernaryFormat Format => I2SFormat.Instance;
    public override string Reason => "reference; runs everywhere";

    protected override int Dot(byte* group, int row, sbyte* q, int columns)
    {
        int sum = 0;
        for (int block = 0; block < columns / BlockLength; block++)
        {
            // Byte g of a block holds elements g, 32+g, 64+g and 96+g, the first in the highest bits.
            byte* bytes = group + block * 32;
            for (int quarter = 0; quarter < 4; quarter++)
            {
                sbyte* a = q + block * BlockLength + quarter * 32;
                int shift = 6 - 2 * quarter;
                for (int g = 0; g < 32; g++) sum += (((bytes[g] >> shift) & 3) - 1) * a[g];
            }
        }
        return sum;
    }
}
