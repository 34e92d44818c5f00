namespace BitNet.Engine.Kernels;

/// <summary>The definition of the TL2 product: one weight at a time.</summary>
public sealed unsafe class Tl2ScalarKernel : TernaryKernel
{
    public override TernaryFormat Format => Tl2Format.Instance;
    public override string Isa => "scalar";
    public override string Reason => "reference of TL2; runs everywhere";
    public override bool IsSupported => true;

    public override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
    {
        for (int row = 0; row < rows; row++)
        {
            byte* group = packed + row / Tl2Format.Group * Tl2Format.Group * Format.RowBytes(columns);
            for (int token = 0; token < tokens; token++)
                output[(long)token * outputStride + row] = Dot(group, row % Tl2Format.Group, activations + (long)token * columns, columns);
        }
    }

    private static int Dot(byte* group, int row, sbyte* q, int columns)
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
