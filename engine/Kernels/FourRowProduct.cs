using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BitNet.Engine.Kernels;

/// <summary>The inner loop of a kernel that multiplies four rows of one token at once. A struct type argument, compiled once for each format.</summary>
internal unsafe interface IFourRows
{
    /// <summary>Σ code · q of four rows that lie <paramref name="distance"/> bytes apart.</summary>
    static abstract Vector128<int> Dots(byte* row0, long distance, sbyte* q, int columns);
}

/// <summary>The products of a 512-bit kernel whose rows lie one after another. One token's is made four rows at a time: neighbouring rows, or one of each
/// stream; several tokens go through <see cref="Avx512Tile"/>.</summary>
internal static unsafe class FourRowProduct
{
    /// <inheritdoc cref="TernaryKernel.Multiply"/>
    public static void Multiply<TRows, TUnpacker>(
        TernaryKernel kernel, byte* packed, int rows, int columns, sbyte* activations, int* activationSums, int tokens, int* output, int outputStride)
        where TRows : struct, IFourRows
        where TUnpacker : struct, IPanelUnpacker
    {
        long rowBytes = kernel.Format.RowBytes(columns);
        if (tokens > 1)
        {
            Avx512Tile.Multiply<TUnpacker>(
                packed, rowBytes, rows, columns, activations, kernel.ActivationBytes(columns), activationSums, tokens, output, outputStride);
        }
        else if (tokens == 1)
        {
            OneToken<TRows>(packed, rowBytes, rows, columns, activations, activationSums[0], output);
        }
    }

    private static void OneToken<TRows>(byte* packed, long rowBytes, int rows, int columns, sbyte* activations, int activationSum, int* output)
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

    /// <summary>Four times the sum of both: pairs of products with codes in place, and of those in bits 2 and 3, which count four times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Widen(Vector512<short> once, Vector512<short> four) =>
        Avx512BW.MultiplyAddAdjacent(once, Vector512.Create((short)4)) + Avx512BW.MultiplyAddAdjacent(four, Vector512<short>.One);
}
