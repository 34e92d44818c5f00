using System.Runtime.Intrinsics;

namespace BitNet.Engine.Kernels;

/// <summary>The inner loop of a kernel that multiplies four rows of one token at once. A struct type argument, compiled once for each format.</summary>
internal unsafe interface IFourRows
{
    /// <summary>Σ code · q of four rows that lie <paramref name="distance"/> bytes apart.</summary>
    static abstract Vector128<int> Dots(byte* row0, long distance, sbyte* q, int columns);
}

/// <summary>One token's product, four rows at a time: neighbouring rows, or one of each stream.</summary>
internal static unsafe class FourRowProduct
{
    /// <inheritdoc cref="TernaryKernel.Multiply"/>
    public static void Multiply<TRows>(byte* packed, long rowBytes, int rows, int columns, sbyte* activations, int activationSum, int* output)
        where TRows : struct, IFourRows
    {
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            (TRows.Dots(packed + row * rowBytes, rowBytes, activations, columns) - Vector128.Create(activationSum)).Store(output + row);
        }
        for (; row < rows; row++) output[row] = TRows.Dots(packed + row * rowBytes, 0, activations, columns)[0] - activationSum;
    }

    /// <inheritdoc cref="TernaryKernel.MultiplyStreams"/>
    public static void MultiplyStreams<TRows>(
        byte* packed, long rowBytes, long streamBytes, int rows, int columns, sbyte* activations, int activationSum, int* output, int outputStride)
        where TRows : struct, IFourRows
    {
        for (int row = 0; row < rows; row++)
        {
            Vector128<int> dots = TRows.Dots(packed + row * rowBytes, streamBytes, activations, columns) - Vector128.Create(activationSum);
            for (int i = 0; i < TernaryKernel.Streams; i++) output[(long)i * outputStride + row] = dots[i];
        }
    }
}
