using BitNet.Engine.Gguf;
using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

public unsafe class TernaryFormatTests
{
    public static TheoryData<string, int> Shapes
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string name in KernelCatalog.All.Where(kernel => kernel.Isa == "scalar").Select(kernel => kernel.Name))
            {
                foreach (int columns in new[] { 128, 384, 640, 2560, 6912 }) data.Add(name, columns);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_product_with_one_activation_at_a_time_gives_every_weight_back(string name, int columns)
    {
        TernaryKernel kernel = KernelCatalog.Choose(name);
        int rows = kernel.Format.RowGroup + 1;
        byte[] codes = Codes(rows * columns);
        using AlignedBuffer<byte> packed = new(kernel.Format.Bytes(rows, columns));
        Pack(kernel.Format, codes, rows, columns, packed.Pointer);
        using AlignedBuffer<sbyte> q = new(columns);
        int[] weights = new int[rows];
        int one = 1;
        for (int c = 0; c < columns; c += c < 400 ? 1 : 37)
        {
            q.Pointer[c] = 1;
            fixed (int* w = weights) kernel.Multiply(packed.Pointer, rows, columns, q.Pointer, &one, 1, w, rows);
            q.Pointer[c] = 0;
            for (int r = 0; r < rows; r++) Assert.Equal(codes[r * columns + c] - 1, weights[r]);
        }
    }

    [Fact]
    public void TQ_rows_are_the_blocks_of_the_file_format_with_scale_1()
    {
        byte[] codes = Codes(768);
        byte[] expected = new byte[3 * TernaryBlocks.Tq2Bytes];
        TernaryBlocks.PackTq2(codes, (Half)1, expected);
        Assert.Equal(expected, Pack(Tq2Format.Instance, codes, 1, 768));
        expected = new byte[3 * TernaryBlocks.Tq1Bytes];
        TernaryBlocks.PackTq1(codes, (Half)1, expected);
        Assert.Equal(expected, Pack(Tq1Format.Instance, codes, 1, 768));
    }

    [Fact]
    public void TQ_rows_of_an_odd_number_of_I2_S_blocks_end_in_weights_0()
    {
        byte[] codes = Codes(384), unpacked = new byte[512];
        TernaryBlocks.UnpackTq2(Pack(Tq2Format.Instance, codes, 1, 384), unpacked);
        Assert.Equal([.. codes, .. Enumerable.Repeat((byte)1, 128)], unpacked);
        TernaryBlocks.UnpackTq1(Pack(Tq1Format.Instance, codes, 1, 384), unpacked);
        Assert.Equal([.. codes, .. Enumerable.Repeat((byte)1, 128)], unpacked);
    }

    [Fact]
    public void TL1_has_two_bits_a_weight_and_the_first_pair_in_the_high_nibble()
    {
        Assert.Equal(2560 / 4, Tl1Format.Instance.RowBytes(2560));
        byte[] codes = new byte[128];
        Array.Fill(codes, (byte)1);
        // 3·1 + (−1) + 4 = 6, then 3·(−1) + 1 + 4 = 2.
        (codes[0], codes[1], codes[2], codes[3]) = (2, 0, 0, 2);
        byte[] group = Pack(Tl1Format.Instance, codes, 1, 128);
        Assert.Equal(0x62, group[0]);
        Assert.All(group[1..], two => Assert.Equal(0x44, two));
    }

    [Fact]
    public void TL2_has_five_bits_for_three_weights_and_signs_apart()
    {
        Assert.Equal(6912 / 3 * 5 / 8, Tl2Format.Instance.RowBytes(6912));
        byte[] codes = new byte[128];
        Array.Fill(codes, (byte)1);
        // −9 + 3 + 0 = −6: first of the block, the high nibble of the first index vector and bit 0 of the signs.
        (codes[0], codes[1], codes[2]) = (0, 2, 1);
        byte[] group = Pack(Tl2Format.Instance, codes, 1, 128);
        Assert.Equal(1, group[0]);
        Assert.Equal(0x60, group[Tl2Format.VectorBytes]);
        Assert.Equal(2, group.Count(b => b != 0));
    }

    private static byte[] Codes(int count)
    {
        Random random = new(5);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(3))];
    }

    private static byte[] Pack(TernaryFormat format, byte[] codes, int rows, int columns)
    {
        byte[] packed = new byte[format.Bytes(rows, columns)];
        fixed (byte* target = packed) Pack(format, codes, rows, columns, target);
        return packed;
    }

    private static void Pack(TernaryFormat format, byte[] codes, int rows, int columns, byte* target)
    {
        byte[] i2s = new byte[codes.Length / 4];
        I2SCodes.Pack(codes, i2s);
        fixed (byte* source = i2s) format.Pack(source, rows, columns, target);
    }
}
