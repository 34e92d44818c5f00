namespace BitNet.Engine.Kernels;

/// <summary>The definition of the TL1 product: one pair of weights at a time.</summary>
public sealed unsafe class Tl1ScalarKernel : TernaryKernel
{
    public override TernaryFormat Format => Tl1Format.Instance;
    public override string Isa => "scalar";
    public override string Reason => "reference of TL1; runs everywhere";
    public override bool IsSupported => true;

    public override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
    {
        for (int row = 0; row < rows; row++)
        {
            byte* bytes = packed + row / Tl1Format.Group * Tl1Format.Group * Format.RowBytes(columns) + row % Tl1Format.Group;
            for (int token = 0; token < tokens; token++)
                output[(long)token * outputStride + row] = Dot(bytes, activations + (long)token * columns, columns);
        }
    }

    /// <param name="bytes">The row's first; the next ones lie a group apart.</param>
    private static int Dot(byte* bytes, sbyte* q, int columns)
    {
        int sum = 0;
        for (int c = 0; c < columns; c += 4, bytes += Tl1Format.Group)
        {
            (int w0, int w1) = Tl1Format.Weights(*bytes >> 4);
            (int w2, int w3) = Tl1Format.Weights(*bytes & 15);
            sum += w0 * q[c] + w1 * q[c + 1] + w2 * q[c + 2] + w3 * q[c + 3];
        }
        return sum;
    }
}
