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
    public void The_quantiser_rounds_half_to_even_and_floors_the_magnitude_on_every_length()
    {
        for (int n = 1; n <= 300; n += 7)
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
    public void The_gate_squares_the_positive_part()
    {
        for (int n = 1; n <= 40; n++)
        {
            float[] gate = Draw(n, n, 2000), up = Draw(n + 1, n, 2000), result = [.. gate];
            SquaredReluGate.Apply(result, up);
            for (int i = 0; i < n; i++) Assert.Equal(gate[i] > 0 ? gate[i] * gate[i] * up[i] : 0f, result[i]);
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

    [Fact]
    public void Scores_and_mix_follow_their_sums()
    {
        const int HeadSize = 80, Rows = 7, Positions = 37;
        float[] keys = Draw(1, Positions * HeadSize), values = Draw(2, Positions * HeadSize), queries = Draw(3, Rows * HeadSize);
        short[] keyCache = new short[48 * HeadSize], valueCache = new short[48 * HeadSize];
        float[] scores = new float[Rows * 48], mixed = new float[Rows * HeadSize], widened = new float[16 * HeadSize];
        fixed (short* k = keyCache, v = valueCache)
        fixed (float* q = queries, s = scores, m = mixed, w = widened)
        {
            for (int p = 0; p < Positions; p++)
            {
                GroupedAttention.StoreKey(keys.AsSpan(p * HeadSize, HeadSize), k, p);
                GroupedAttention.StoreValue(values.AsSpan(p * HeadSize, HeadSize), v, p);
            }
            for (int p = 0; p < Positions; p += 16)
            {
                HalfPrecision.ToSingle(k + p * HeadSize, w, 16 * HeadSize);
                GroupedAttention.ScoreBlock(w, q, Rows, HeadSize, s + p, 48);
            }
            for (int p = 0; p < Positions; p += 16)
            {
                int count = Math.Min(16, Positions - p);
                HalfPrecision.ToSingle(v + p * HeadSize, w, count * HeadSize);
                GroupedAttention.MixBlock(w, count, s + p, 48, Rows, HeadSize, m, HeadSize);
            }
        }
        double Key(int p, int d) => (double)(Half)keys[p * HeadSize + d];
        double Value(int p, int d) => (double)(Half)values[p * HeadSize + d];
        for (int row = 0; row < Rows; row++)
        {
            for (int p = 0; p < Positions; p++)
            {
                Assert.Equal(Enumerable.Range(0, HeadSize).Sum(d => queries[row * HeadSize + d] * Key(p, d)), scores[row * 48 + p], 1e-4);
            }
            for (int d = 0; d < HeadSize; d++)
            {
                Assert.Equal(Enumerable.Range(0, Positions).Sum(p => scores[row * 48 + p] * Value(p, d)), mixed[row * HeadSize + d], 1e-3);
            }
        }
    }
}
