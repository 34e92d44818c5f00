using System.Runtime.Intrinsics.X86;
using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

public unsafe class ScreeningKernelTests
{
    [Fact]
    public void Every_width_gives_the_exact_integers_on_every_length_and_row_count()
    {
        for (int columns = 32; columns <= 320; columns += 32)
        {
            for (int rows = 0; rows <= 9; rows++) AssertExact(rows, columns, (r, c) => HeadCase.Uniform(columns, r, c));
        }
    }

    // All products of the largest magnitude and one sign: the narrowest lanes are as full as they can get.
    [Theory]
    [InlineData(32)]
    [InlineData(2560)]
    [InlineData(2592)]
    [InlineData(65_536)]
    [InlineData(1 << 20)]
    public void Extreme_codes_do_not_overflow(int columns)
    {
        AssertExact(5, columns, (_, _) => 1);
        AssertExact(5, columns, (r, _) => r & 1);
    }

    /// <param name="place">0 to 1: where in their range a row's and, as row −1, the activations' codes are.</param>
    private static void AssertExact(int rows, int columns, Func<int, int, double> place)
    {
        int largest = ScreeningKernel.LargestCode(columns);
        using AlignedBuffer<sbyte> codes = new((long)rows * columns);
        using AlignedBuffer<short> x = new(columns);
        using AlignedBuffer<long> dots = new(rows);
        long[] expected = new long[rows];
        for (int c = 0; c < columns; c++) x.Pointer[c] = (short)Math.Round(largest * (2 * place(-1, c) - 1));
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                codes.Pointer[(long)r * columns + c] = (sbyte)Math.Round(127 * (2 * place(r, c) - 1));
                expected[r] += codes.Pointer[(long)r * columns + c] * (long)x.Pointer[c];
            }
        }
        ScreeningKernel.Multiply<ScreeningKernel.Portable>(codes.Pointer, rows, columns, x.Pointer, dots.Pointer);
        Assert.Equal(expected, dots.Span(0, rows).ToArray());
        if (Avx2.IsSupported)
        {
            dots.Span(0, rows).Clear();
            ScreeningKernel.Multiply<ScreeningKernel.Middle>(codes.Pointer, rows, columns, x.Pointer, dots.Pointer);
            Assert.Equal(expected, dots.Span(0, rows).ToArray());
        }
        if (Avx512BW.IsSupported)
        {
            dots.Span(0, rows).Clear();
            ScreeningKernel.Multiply<ScreeningKernel.Wide>(codes.Pointer, rows, columns, x.Pointer, dots.Pointer);
            Assert.Equal(expected, dots.Span(0, rows).ToArray());
        }
    }

    [Fact]
    public void Other_columns_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScreeningKernel.Multiply(null, 0, 33, null, null));
}
