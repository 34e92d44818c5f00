using BitNet.Engine.Kernels;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Model;

/// <summary>The attention step of one token and of a prompt, whole, against the formula of spec 4.4 in double.</summary>
public sealed unsafe class AttentionTests
{
    // Group sizes that fill a tile, part of one, and more than one; a head size that fills its last chunk, and one that does not.
    public static TheoryData<int, int, int> Shapes => new() { { 4, 1, 128 }, { 8, 4, 64 }, { 10, 2, 80 }, { 20, 5, 128 } };

    private static ModelShape Shape(int heads, int keyValueHeads, int headSize) =>
        new("bitnet-b1.58", null, 512, 4096, heads * headSize, 2, 768, heads, keyValueHeads, headSize, headSize, 500_000f, 1e-5f);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void One_token_follows_the_formula_after_every_context_length(int heads, int keyValueHeads, int headSize)
    {
        ModelShape shape = Shape(heads, keyValueHeads, headSize);
        using RunState state = Filled(shape, 70, 1);
        for (int context = 1; context <= 70; context++) AssertOneToken(state, context, threads: 2);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(257)]
    [InlineData(1024)]
    [InlineData(2047)]
    public void One_token_gives_the_same_bits_with_every_thread_count_after_a_long_context(int context)
    {
        using RunState state = Filled(Shape(20, 5, 128), 2048, 1);
        float[] expected = AssertOneToken(state, context, threads: 1);
        foreach (int threads in new[] { 2, 3, 4, 7 })
        {
            using RunState other = Filled(state.Shape, 2048, 1);
            Assert.Equal(expected, AssertOneToken(other, context, threads));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_prompts_tokens_follow_the_formula_in_every_number(int heads, int keyValueHeads, int headSize)
    {
        ModelShape shape = Shape(heads, keyValueHeads, headSize);
        using RunState state = Filled(shape, 128, 40);
        foreach (int before in new[] { 0, 5, 31, 80 })
        {
            for (int tokens = 2; tokens <= 40; tokens += tokens < 20 ? 1 : 5)
            {
                state.Position = before;
                float[] expected = Prompt(state, tokens, threads: 1);
                Assert.Equal(expected, Prompt(state, tokens, threads: 3));
                for (int token = 0; token < tokens; token++) AssertToken(state, token, before + token + 1, expected, 1e-5);
            }
        }
    }

    private static float[] Prompt(RunState state, int tokens, int threads)
    {
        using WorkerPool pool = new(threads);
        PromptAttentionWork work = new();
        state.Mixed.Span(0, (int)state.Mixed.Length).Fill(float.NaN);
        pool.Run(work, work.Set(state, state.ScratchFor(threads), 1, tokens), 1);
        return state.Mixed.Span(0, tokens * state.Shape.QueryWidth).ToArray();
    }

    private static float[] AssertOneToken(RunState state, int context, int threads)
    {
        using WorkerPool pool = new(threads);
        AttentionWork work = new();
        state.Position = context - 1;
        state.Mixed.Span(0, (int)state.Mixed.Length).Fill(float.NaN);
        work.Run(pool, state, state.ScratchFor(threads), 1);
        float[] found = state.Mixed.Span(0, state.Shape.QueryWidth).ToArray();
        // Probabilities rounded to F16: 2⁻¹¹ of each at most, of values below 1.
        AssertToken(state, 0, context, found, 5e-4);
        return found;
    }

    private static void AssertToken(RunState state, int token, int context, float[] found, double tolerance)
    {
        ModelShape shape = state.Shape;
        int size = shape.HeadSize;
        for (int head = 0; head < shape.HeadCount; head++)
        {
            long offset = state.CacheOffset(1, head / shape.GroupSize);
            short* keys = state.KeyCache.Pointer + offset, values = state.ValueCache.Pointer + offset;
            double[] query = [.. state.Query.Span((long)token * shape.QueryWidth + head * size, size).ToArray().Select(q => (double)(Half)q)];
            double[] weights = new double[context], expected = new double[size];
            for (int p = 0; p < context; p++)
            {
                for (int d = 0; d < size; d++) weights[p] += query[d] * (double)BitConverter.Int16BitsToHalf(keys[GroupedAttention.KeyIndex(p, d, size)]);
            }
            double largest = weights.Max();
            for (int p = 0; p < context; p++) weights[p] = Math.Exp((weights[p] - largest) / Math.Sqrt(size));
            double sum = weights.Sum();
            for (int p = 0; p < context; p++)
            {
                for (int d = 0; d < size; d++)
                {
                    expected[d] += weights[p] / sum * (double)BitConverter.Int16BitsToHalf(values[GroupedAttention.ValueIndex(p, d, state.PaddedContext)]);
                }
            }
            for (int d = 0; d < size; d++) Assert.Equal(expected[d], found[token * shape.QueryWidth + head * size + d], tolerance);
        }
    }

    /// <summary>Two layers of a full cache and as many queries as a batch has, all drawn from [−1, 1].</summary>
    private static RunState Filled(ModelShape shape, int context, int batch)
    {
        RunState state = new(shape, context, batch);
        Random random = new(11);
        for (long i = 0; i < state.KeyCache.Length; i++)
        {
            state.KeyCache.Pointer[i] = BitConverter.HalfToInt16Bits((Half)(random.NextSingle() * 2 - 1));
            state.ValueCache.Pointer[i] = BitConverter.HalfToInt16Bits((Half)(random.NextSingle() * 2 - 1));
        }
        foreach (ref float q in state.Query.Span(0, (int)state.Query.Length)) q = random.NextSingle() * 2 - 1;
        return state;
    }
}
