using BitNet.Engine.Gguf;

namespace BitNet.Engine.Kernels;

/// <summary>The definition of the TQ1_0 product: one weight at a time.</summary>
public sealed unsafe class Tq1ScalarKernel : TernaryKernel
{
    public override TernaryFormat Format => Tq1Format.Instance;
    public override string Isa => "scalar";
    public override string Reason => "reference of TQ1_0; runs everywhere";
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
            (int at, int digit) = Tq1Format.Place(i % TernaryBlockFormat.BlockCodes);
            byte rest = row[i / TernaryBlockFormat.BlockCodes * TernaryBlocks.Tq1Bytes + at];
            for (int n = 0; n < digit; n++) rest = (byte)(3 * rest);
            sum += ((3 * rest >> 8) - 1) * q[i];
        }
        return sum;
    }
}
