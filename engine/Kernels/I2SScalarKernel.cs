namespace BitNet.Engine.Kernels;

/// <summary>The definition the others are held against: one weight at a time, straight from spec 2.2.</summary>
public sealed unsafe class I2SScalarKernel : TernaryKernel
{
    public override TernaryFormat Format => I2SFormat.Instance;
    public override string Isa => "scalar";
    public override string Reason => "reference; runs everywhere";
    public override bool IsSupported => true;

    public override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
    {
        for (int token = 0; token < tokens; token++)
        {
            for (int row = 0; row < rows; row++)
            {
                output[(long)token * outputStride + row] =
                    Dot(packed + (long)row * (columns / 4), activations + (long)token * columns, columns);
            }
        }
    }

    private static int Dot(byte* row, sbyte* activations, int columns)
    {
        int sum = 0;
        for (int block = 0; block < columns / BlockLength; block++)
        {
            // Byte g of a block holds elements g, 32+g, 64+g and 96+g, the first in the highest bits.
            byte* bytes = row + block * 32;
            for (int quarter = 0; quarter < 4; quarter++)
            {
                sbyte* q = activations + block * BlockLength + quarter * 32;
                int shift = 6 - 2 * quarter;
                for (int g = 0; g < 32; g++) sum += (((bytes[g] >> shift) & 3) - 1) * q[g];
            }
        }
        return sum;
    }
}
