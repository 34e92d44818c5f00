using System.Runtime.Intrinsics;
using BitNet.Engine.Kernels;

namespace BitNet.Engine.Tests.Kernels;

/// <summary>Each vectorised float operation against its formula in double, one value after the other.</summary>
public unsafe class FloatOperationTests
{
    private static float[] Draw(int seed, int count, double scale = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2 - 1) * scale))];
    }

    [Fact]
    public void The_norm_follows_its_formula_on_every_length()
    {
        for (int n = 1; n <= 70; n++)
        {
            float[] x = Draw(n, n, 3), gain = Draw(n + 100, n), y = new float[n];
            RmsNorm.Apply(x, gain, 1e-5f, y);
            double mean = x.Sum(v => (double)(v * v)) / n;
            float scale = 1f / MathF.Sqrt((float)mean + 1e-5f);
            for (int i = 0; i < n; i++) Assert.Equal(x[i] * scale * gain[i], y[i]);
        }
    }

    [Fact]
    public void The_norm_gives_the_largest_magnitude_of_its_result_and_may_work_in_place()
    {
        for (int n = 1; n <= 150; n++)
        {
            float[] x = Draw(n, n, 3), gain = Draw(n + 100, n), y = new float[n];
            float largest = RmsNorm.Apply(x, gain, 1e-5f, y);
            Assert.Equal(y.Max(MathF.Abs), largest);
            Assert.Equal(largest, RmsNorm.Apply(x, gain, 1e-5f, x));
            Assert.Equal(y, x);
            sbyte[] expected = new sbyte[n], found = new sbyte[n];
            Assert.Equal(ActivationQuantizer.Quantize(y, expected, out int sum), ActivationQuantizer.Quantize(y, largest, found, out int other));
            Assert.Equal(expected, found);
            Assert.Equal(sum, other);
        }
    }

    [Fact]
    public void The_quantiser_rounds_half_to_even_and_floors_the_magnitude_on_every_length()
    {
        for (int n = 1; n <= 300; n++)
        {
            float[] x = Draw(n, n, 5);
            sbyte[] q = new sbyte[n];
            float scale = ActivationQuantizer.Quantize(x, q, out int sum);
            Assert.Equal((float)(127.0 / Math.Max(1e-5, x.Max(v => Math.Abs((double)v)))), scale);
            Assert.Equal(x.Select(v => (sbyte)Math.Clamp(MathF.Round(v * scale, MidpointRounding.ToEven), -128, 127)), q);
            Assert.Equal(q.Sum(v => v), sum);
        }
        sbyte[] zeros = new sbyte[64];
        Assert.Equal((float)(127.0 / 1e-5), ActivationQuantizer.Quantize(new float[64], zeros, out int zero));
        Assert.Equal(0, zero);
        // 127 and ties: s = 1 exactly, so 0.5 → 0, 1.5 → 2, 2.5 → 2, −2.5 → −2.
        sbyte[] ties = new sbyte[5];
        Assert.Equal(1f, ActivationQuantizer.Quantize([127f, 0.5f, 1.5f, 2.5f, -2.5f], ties, out _));
        Assert.Equal([127, 0, 2, 2, -2], ties);
    }

    [Fact]
    public void The_softmax_follows_its_formula_and_pads_with_zero()
    {
        float[] buffer = new float[64];
        for (int n = 1; n <= 48; n++)
        {
            float[] scores = Draw(n, n, 40);
            Array.Fill(buffer, float.NaN);
            scores.CopyTo(buffer, 0);
            fixed (float* p = buffer) Softmax.Apply(p, n, 0.125f);
            double maximum = scores.Max(s => s * 0.125), sum = scores.Sum(s => Math.Exp(s * 0.125 - maximum));
            for (int i = 0; i < n; i++) Assert.Equal(Math.Exp(scores[i] * 0.125 - maximum) / sum, buffer[i], 1e-6);
            for (int i = n; i < (n + 15) / 16 * 16; i++) Assert.Equal(0f, buffer[i]);
        }
    }

    [Fact]
    public void Rounded_and_scaled_probabilities_are_those_of_half_precision_times_the_factor()
    {
        float[] plain = new float[64], rounded = new float[64];
        for (int n = 1; n <= 64; n++)
        {
            float[] scores = Draw(n, n, 90);
            scores.CopyTo(plain, 0);
            scores.CopyTo(rounded, 0);
            fixed (float* p = plain, r = rounded)
            {
                Softmax.Apply(p, n, 0.125f);
                Softmax.Apply(r, n, 0.125f, 1024f, roundToHalf: true);
            }
            for (int i = 0; i < n; i++) Assert.Equal((float)(Half)plain[i] * 1024f, rounded[i]);
        }
    }

    // 1.01 ulp: the polynomial's own error and the rounding of its last addition. Every 997th float from −1e-10 to −90.
    [Fact]
    public void The_exponential_is_within_an_ulp_down_to_the_smallest_normal_number_and_zero_below()
    {
        for (int bits = BitConverter.SingleToInt32Bits(1e-10f); bits < BitConverter.SingleToInt32Bits(90f); bits += 997)
        {
            float z = -BitConverter.Int32BitsToSingle(bits);
            float found = Softmax.Exponential(Vector512.Create(z))[0];
            double expected = Math.Exp(z);
            double ulp = (double)MathF.BitIncrement((float)expected) - (float)expected;
            if (z < -87.33654f) Assert.Equal(0f, found);
            else Assert.True(Math.Abs(found - expected) < 1.01 * ulp, $"e^{z:R} is {expected:R}, found {found:R}");
        }
        Assert.Equal(1f, Softmax.Exponential(Vector512<float>.Zero)[0]);
        Assert.Equal(0f, Softmax.Exponential(Vector512.Create(float.NegativeInfinity))[0]);
    }

    [Theory]
    [InlineData(128, 128)]
    [InlineData(96, 72)]
    [InlineData(64, 6)]
    public void The_rotary_embedding_rounds_each_product_on_every_width(int headSize, int dimensions)
    {
        RotaryEmbedding rotary = new(dimensions, 500_000f, 40);
        float[] heads = Draw(1, 2 * headSize), turned = [.. heads];
        rotary.Apply(turned, headSize, 37);
        float angle = 37, step = MathF.Pow(500_000f, -2f / dimensions);
        for (int i = 0; i < dimensions / 2; i++, angle *= step)
        {
            (float s, float c) = MathF.SinCos(angle);
            for (int start = 0; start < heads.Length; start += headSize)
            {
                float x = heads[start + i], y = heads[start + dimensions / 2 + i];
                float xc = x * c, ys = y * s, xs = x * s, yc = y * c;
                Assert.Equal(xc - ys, turned[start + i]);
                Assert.Equal(xs + yc, turned[start + dimensions / 2 + i]);
            }
        }
    }

    [Fact]
    public void The_rotary_embedding_turns_pairs_half_a_head_apart()
    {
        const int HeadSize = 64, Dimensions = 32;
        RotaryEmbedding rotary = new(Dimensions, 500_000f, 40);
        float[] heads = Draw(1, 3 * HeadSize), turned = [.. heads];
        rotary.Apply(turned, HeadSize, 37);
        for (int head = 0; head < 3; head++)
        {
            float angle = 37, step = MathF.Pow(500_000f, -2f / Dimensions);
            for (int i = 0; i < Dimensions / 2; i++)
            {
                float x = heads[head * HeadSize + i], y = heads[head * HeadSize + Dimensions / 2 + i];
                Assert.Equal(x * Math.Cos(angle) - y * Math.Sin(angle), turned[head * HeadSize + i], 1e-5);
                Assert.Equal(x * Math.Sin(angle) + y * Math.Cos(angle), turned[head * HeadSize + Dimensions / 2 + i], 1e-5);
                angle *= step;
            }
            Assert.Equal(heads[(head * HeadSize + Dimensions)..((head + 1) * HeadSize)], turned[(head * HeadSize + Dimensions)..((head + 1) * HeadSize)]);
        }
    }

    [Fact]
    public void The_gate_squares_the_scaled_positive_part_for_every_length()
    {
        for (int n = 1; n <= 40; n++)
        {
            int[] gate = [.. Draw(n, n, 90_000).Select(value => (int)value)], up = [.. Draw(n + 1, n, 90_000).Select(value => (int)value)];
            float[] result = new float[n];
            fixed (int* g = gate, u = up)
            fixed (float* r = result) LinearEpilogue.Gate(g, u, n, 3.7f, 0.9f, 1.3f, r);
            for (int i = 0; i < n; i++)
            {
                float positive = MathF.Max(gate[i] / 3.7f * 0.9f, 0);
                Assert.Equal(positive * positive * (up[i] / 3.7f * 1.3f), result[i]);
            }
        }
    }

    [Fact]
    public void The_head_follows_its_sum_for_every_row_count_subnormals_included()
    {
        const int Columns = 96;
        for (int rows = 1; rows <= 9; rows++)
        {
            Half[] weights = [.. Draw(rows, rows * Columns, 0.05).Select((w, i) => (Half)(i % 11 == 0 ? w * 1e-4f : w))];
            float[] x = Draw(7, Columns, 30), prepared = new float[Columns], logits = new float[rows];
            HalfHead.Prepare(x, prepared);
            fixed (Half* w = weights)
            fixed (float* p = prepared, l = logits) HalfHead.Multiply((short*)w, rows, Columns, p, l);
            for (int row = 0; row < rows; row++)
            {
                double expected = Enumerable.Range(0, Columns).Sum(i => (double)weights[row * Columns + i] * x[i]);
                Assert.Equal(expected, logits[row], 1e-4);
            }
        }
    }
}
