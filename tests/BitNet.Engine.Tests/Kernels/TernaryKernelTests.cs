using BitNet.Engine.Gguf;
using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

public unsafe class TernaryKernelTests
{
    public static TheoryData<string> Kernels => [.. KernelCatalog.Available.Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_equals_the_scalar_one_on_every_length(string name)
    {
        // Every number of blocks up to the widest layer of 2B-4T, with row and token counts that leave every remainder of a tile.
        for (int blocks = 1; blocks <= 54; blocks++)
        {
            AssertEqualsScalar(name, 1 + blocks % 7, blocks * 128, 1 + blocks % 9, Codes.Random, Activations.Random);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_equals_the_scalar_one_on_every_tile_remainder(string name)
    {
        for (int rows = 0; rows <= 9; rows++)
        {
            for (int tokens = 0; tokens <= 9; tokens++) AssertEqualsScalar(name, rows, 384, tokens, Codes.Random, Activations.Random);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_equals_the_scalar_one_on_extremes(string name)
    {
        foreach (Codes codes in Enum.GetValues<Codes>())
        {
            foreach (Activations activations in Enum.GetValues<Activations>())
            {
                foreach (int columns in new[] { 128, 2560, 3968, 4096, 4224, 6912, 7936, 16384, 16512 })
                {
                    foreach (int tokens in new[] { 1, 5 }) AssertEqualsScalar(name, 5, columns, tokens, codes, activations);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void An_all_ones_row_of_6912_gives_6912(string name)
    {
        // An int16 accumulator that is never widened gives another figure here.
        int[] dots = Multiply(name, 1, 6912, 1, Codes.AllPlus, Activations.AllOne);
        Assert.Equal([6912], dots);
        Assert.Equal([6912 * 127], Multiply(name, 1, 6912, 1, Codes.AllPlus, Activations.AllLargest));
        Assert.Equal([6912 * 128], Multiply(name, 1, 6912, 1, Codes.AllMinus, Activations.AllSmallest));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_writes_nothing_outside_its_rows(string name)
    {
        const int Rows = 3, Columns = 256, Tokens = 6, Stride = 7;
        TernaryKernel kernel = KernelCatalog.Choose(name);
        using AlignedBuffer<byte> packed = Pack(kernel, Rows, Columns, Codes.Random);
        using AlignedBuffer<sbyte> q = Quantities(kernel, Tokens, Columns, Activations.Random, out int[] sums);
        int[] output = Enumerable.Repeat(int.MinValue, Tokens * Stride).ToArray();
        fixed (int* s = sums, o = output) kernel.Multiply(packed.Pointer, Rows, Columns, q.Pointer, s, Tokens, o, Stride);
        for (int i = 0; i < output.Length; i++) Assert.Equal(i % Stride >= Rows, output[i] == int.MinValue);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Ranges_read_as_streams_give_what_the_rows_give(string name)
    {
        TernaryKernel kernel = KernelCatalog.Choose(name);
        foreach (int columns in new[] { 128, 640, 2560, 6912 })
        {
            foreach (int groups in new[] { 1, 3 })
            {
                int range = groups * kernel.Format.RowGroup, rows = TernaryKernel.Streams * range, stride = range + 2;
                int[] expected = Multiply(name, rows, columns, 1, Codes.Random, Activations.Random);
                using AlignedBuffer<byte> packed = Pack(kernel, rows, columns, Codes.Random);
                using AlignedBuffer<sbyte> q = Quantities(kernel, 1, columns, Activations.Random, out int[] sums);
                int[] output = Enumerable.Repeat(int.MinValue, TernaryKernel.Streams * stride).ToArray();
                fixed (int* o = output)
                {
                    kernel.MultiplyStreams(
                        packed.Pointer, range * kernel.Format.RowBytes(columns), range, columns, q.Pointer, sums[0], o, stride);
                }
                for (int i = 0; i < output.Length; i++)
                    Assert.Equal(i % stride < range ? expected[i / stride * range + i % stride] : int.MinValue, output[i]);
            }
        }
    }

    private enum Codes { Random, AllPlus, AllMinus, AllZero, Alternating }

    private enum Activations { Random, AllOne, AllLargest, AllSmallest, Alternating }

    private static void AssertEqualsScalar(string name, int rows, int columns, int tokens, Codes codes, Activations activations)
    {
        int[] expected = Multiply("i2s-scalar", rows, columns, tokens, codes, activations);
        int[] actual = Multiply(name, rows, columns, tokens, codes, activations);
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{name} {rows}×{columns}, {tokens} tokens, {codes} codes, {activations} activations");
    }

    private static int[] Multiply(string name, int rows, int columns, int tokens, Codes codes, Activations activations)
    {
        TernaryKernel kernel = KernelCatalog.Choose(name);
        using AlignedBuffer<byte> packed = Pack(kernel, rows, columns, codes);
        using AlignedBuffer<sbyte> q = Quantities(kernel, tokens, columns, activations, out int[] sums);
        int[] output = new int[rows * tokens];
        fixed (int* s = sums, o = output) kernel.Multiply(packed.Pointer, rows, columns, q.Pointer, s, tokens, o, rows);
        return output;
    }

    private static AlignedBuffer<byte> Pack(TernaryKernel kernel, int rows, int columns, Codes codes)
    {
        AlignedBuffer<byte> packed = new(kernel.Format.Bytes(rows, columns));
        fixed (byte* w = Pack(rows, columns, codes)) kernel.Format.Pack(w, rows, columns, packed.Pointer);
        return packed;
    }

    /// <summary>Activations as the kernel reads them.</summary>
    private static AlignedBuffer<sbyte> Quantities(TernaryKernel kernel, int tokens, int columns, Activations activations, out int[] sums)
    {
        sbyte[] q = Quantities(tokens, columns, activations, out sums);
        AlignedBuffer<sbyte> prepared = new((long)tokens * kernel.ActivationBytes(columns));
        // Whatever a kernel fills up must be filled by its preparation.
        prepared.Span(0, (int)prepared.Length).Fill(99);
        fixed (sbyte* natural = q)
        {
            for (int token = 0; token < tokens; token++)
                kernel.Prepare(natural + token * columns, columns, prepared.Pointer + (long)token * kernel.ActivationBytes(columns));
        }
        return prepared;
    }

    private static byte[] Pack(int rows, int columns, Codes codes)
    {
        Random random = new(17);
        byte[] plain = new byte[rows * columns];
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = codes switch
            {
                Codes.AllPlus => 2,
                Codes.AllMinus => 0,
                Codes.AllZero => 1,
                Codes.Alternating => (byte)(i % 2 * 2),
                _ => (byte)random.Next(3),
            };
        }
        byte[] packed = new byte[plain.Length / 4];
        I2SCodes.Pack(plain, packed);
        return packed;
    }

    private static sbyte[] Quantities(int tokens, int columns, Activations activations, out int[] sums)
    {
        Random random = new(29);
        sbyte[] q = new sbyte[tokens * columns];
        sums = new int[tokens];
        for (int i = 0; i < q.Length; i++)
        {
            q[i] = activations switch
            {
                Activations.AllOne => 1,
                Activations.AllLargest => 127,
                Activations.AllSmallest => -128,
                Activations.Alternating => i % 2 == 0 ? (sbyte)-128 : (sbyte)127,
                _ => (sbyte)random.Next(-128, 128),
            };
            sums[i / columns] += q[i];
        }
        return q;
    }
}
