namespace BitNet.Engine.Kernels;

/// <summary>A scalar kernel of a format whose rows lie one after another: every output is one row's dot with one token's activations.</summary>
public abstract unsafe class RowDotScalarKernel : TernaryKernel
{
    public sealed override string Isa => "scalar";
    public sealed override bool IsSupported => true;

    public sealed override void Multiply(
        byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
    {
        long rowBytes = Format.RowBytes(columns);
        for (int row = 0; row < rows; row++)
        {
            for (int token = 0; token < tokens; token++)
                output[(long)token * outputStride + row] = Dot(packed + row * rowBytes, activations + (long)token * columns, columns);
        }
    }

    /// <summary>Σ weight · q of one row, one weight at a time.</summary>
    /// <param name="row">RowBytes(columns) bytes.</param>
    /// <param name="q">columns activations, in their own order.</param>
    protected abstract int Dot(byte* row, sbyte* q, int columns);
}
