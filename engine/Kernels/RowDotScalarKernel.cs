namespace BitNet.Engine.Kernels;

/// <summary>A scalar kernel: every output is one row's dot with one token's activations.</summary>
public abstract unsafe class RowDotScalarKernel : TernaryKernel
{
    public sealed override string Isa => "scalar";
    public sealed override bool IsSupported => true;

    public sealed override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
    {
        int size = Format.RowGroup;
        long rowBytes = Format.RowBytes(columns);
        for (int row = 0; row < rows; row++)
        {
            byte* group = packed + row / size * size * rowBytes;
            for (int token = 0; token < tokens; token++)
                output[(long)token * outputStride + row] = Dot(group, row % size, activations + (long)token * columns, columns);
        }
    }

    /// <summary>Σ weight · q of one row, one weight at a time.</summary>
    /// <param name="group">The row's group, RowGroup · RowBytes(columns) bytes; the row itself where a format has no groups.</param>
    /// <param name="row">Within its group.</param>
    /// <param name="q">columns activations, in their own order.</param>
    protected abstract int Dot(byte* group, int row, sbyte* q, int columns);
}
