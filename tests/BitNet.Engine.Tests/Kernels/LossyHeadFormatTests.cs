using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

public unsafe class LossyHeadFormatTests
{
    private static readonly LossyHeadFormat[] Formats = [Q8HeadFormat.Instance, Q6HeadFormat.Instance];

    public static TheoryData<int> All() => [.. Enumerable.Range(0, Formats.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_form_gives_the_scalar_one_s_bits_at_every_length_and_number_of_rows(int index)
    {
        LossyHeadFormat format = Formats[index];
        Random random = new(1);
        for (int blocks = 1; blocks <= 12; blocks++)
        {
            int columns = blocks * format.BlockColumns;
            for (int rows = 1; rows <= 9; rows++) AssertSame(format, rows, columns, RandomRows(format, rows, columns, random), RandomCodes(columns, random));
        }
    }

    // Any bytes are valid codes; with all codes at an end and the largest activations a lane that could overflow would.
    [Theory]
    [MemberData(nameof(All))]
    public void At_the_ends_of_codes_scales_and_activations_no_lane_overflows(int index)
    {
        LossyHeadFormat format = Formats[index];
        int columns = 2 * format.BlockColumns;
        foreach (byte filling in new byte[] { 0, 0x7f, 0x80, 0x81, 0xff })
        {
            foreach (short code in new short[] { short.MaxValue, -short.MaxValue })
            {
                byte[] packed = new byte[5 * format.RowBytes(columns)];
                Array.Fill(packed, filling);
                for (int block = 0; block < packed.Length; block += format.BlockBytes) SetScale(format, packed.AsSpan(block, format.BlockBytes), (Half)1);
                short[] x = new short[columns];
                Array.Fill(x, code);
                float[] dots = AssertSame(format, 5, columns, packed, x);
                float[] weights = Unpack(format, packed, columns);
                double expected = weights.Sum(weight => (double)weight * code);
                Assert.Equal(expected, dots[0], Math.Abs(expected) * 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_dot_is_that_of_the_weights_the_row_stands_for(int index)
    {
        LossyHeadFormat format = Formats[index];
        Random random = new(2);
        int columns = 3 * format.BlockColumns;
        byte[] packed = Pack(format, RandomWeights(columns, random));
        short[] x = RandomCodes(columns, random);
        float[] weights = Unpack(format, packed, columns);
        double expected = 0, size = 0;
        for (int i = 0; i < columns; i++)
        {
            expected += (double)weights[i] * x[i];
            size += Math.Abs((double)weights[i] * x[i]);
        }
        Assert.Equal(expected, AssertSame(format, 1, columns, packed, x)[0], size * 1e-6);
    }

    // The scale in F16 is off by up to 2⁻¹¹ of itself, so the outermost code by 127 · 2⁻¹¹ of a step besides its own half.
    [Fact]
    public void Q8_0_is_off_by_little_more_than_half_a_step()
    {
        Half[] row = RandomWeights(32 * 40, new Random(3));
        float[] weights = Unpack(Q8HeadFormat.Instance, Pack(Q8HeadFormat.Instance, row), row.Length);
        for (int block = 0; block < row.Length; block += 32)
        {
            float step = Enumerable.Range(block, 32).Max(i => MathF.Abs((float)row[i])) / 127;
            for (int i = block; i < block + 32; i++) Assert.InRange(MathF.Abs(weights[i] - (float)row[i]), 0, step * 0.57f);
        }
    }

    // Half a step, a step at the end that has 31 codes only, and what the rounded scale adds at 32 codes: half of 1/127 of the block's largest step each.
    [Fact]
    public void Q6_K_is_off_by_little_more_than_a_step()
    {
        Half[] row = RandomWeights(256 * 20, new Random(4));
        float[] weights = Unpack(Q6HeadFormat.Instance, Pack(Q6HeadFormat.Instance, row), row.Length);
        for (int block = 0; block < row.Length; block += 256)
        {
            float step = Enumerable.Range(block, 256).Max(i => MathF.Abs((float)row[i])) / 32;
            for (int i = block; i < block + 256; i++) Assert.InRange(MathF.Abs(weights[i] - (float)row[i]), 0, step * 1.2f);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_row_of_zeros_stays_zero_and_the_smallest_weights_stay_finite(int index)
    {
        LossyHeadFormat format = Formats[index];
        Half[] row = new Half[format.BlockColumns];
        Assert.All(Unpack(format, Pack(format, row), row.Length), weight => Assert.Equal(0, weight));
        Array.Fill(row, Half.Epsilon);
        Assert.All(Unpack(format, Pack(format, row), row.Length), weight => Assert.True(float.IsFinite(weight)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Columns_that_are_no_whole_blocks_are_refused(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Formats[index].Check(Formats[index].BlockColumns + 16));

    [Fact]
    public void Blocks_have_the_bytes_that_GGML_gives_them()
    {
        Assert.Equal((32, 34), (Q8HeadFormat.Instance.BlockColumns, Q8HeadFormat.Instance.BlockBytes));
        Assert.Equal((256, 210), (Q6HeadFormat.Instance.BlockColumns, Q6HeadFormat.Instance.BlockBytes));
    }

    private static float[] AssertSame(LossyHeadFormat format, int rows, int columns, byte[] packed, short[] x)
    {
        float[] found = new float[rows], expected = new float[rows];
        fixed (byte* first = packed)
        fixed (short* codes = x)
        fixed (float* dots = found, scalar = expected)
        {
            format.Multiply(first, rows, columns, codes, dots);
            format.MultiplyScalar(first, rows, columns, codes, scalar);
        }
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), found.Select(BitConverter.SingleToInt32Bits));
        return found;
    }

    private static byte[] RandomRows(LossyHeadFormat format, int rows, int columns, Random random)
    {
        byte[] packed = new byte[rows * format.RowBytes(columns)];
        random.NextBytes(packed);
        for (int block = 0; block < packed.Length; block += format.BlockBytes)
            SetScale(format, packed.AsSpan(block, format.BlockBytes), (Half)(random.NextDouble() - 0.5));
        return packed;
    }

    private static void SetScale(LossyHeadFormat format, Span<byte> block, Half scale) =>
        BitConverter.TryWriteBytes(format == Q8HeadFormat.Instance ? block : block[208..], scale);

    private static short[] RandomCodes(int columns, Random random) =>
        [.. Enumerable.Range(0, columns).Select(_ => (short)random.Next(-short.MaxValue, short.MaxValue + 1))];

    private static Half[] RandomWeights(int columns, Random random) => [.. Enumerable.Range(0, columns).Select(_ => (Half)(random.NextDouble() * 0.2 - 0.1))];

    private static byte[] Pack(LossyHeadFormat format, Half[] row)
    {
        byte[] packed = new byte[format.RowBytes(row.Length)];
        fixed (Half* weights = row)
        fixed (byte* target = packed) format.Pack((short*)weights, row.Length, target);
        return packed;
    }

    private static float[] Unpack(LossyHeadFormat format, byte[] packed, int columns)
    {
        float[] weights = new float[columns];
        fixed (byte* first = packed) format.Unpack(first, columns, weights);
        return weights;
    }
}
