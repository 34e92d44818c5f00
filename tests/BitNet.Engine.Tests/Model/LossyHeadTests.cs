using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Engine.Tests.Kernels;

namespace BitNet.Engine.Tests.Model;

public sealed unsafe class LossyHeadTests : IDisposable
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "fixtures", "goldens", "tiny-seed1.gguf");
    private readonly ModelWeights _weights = ModelWeights.Open(File);

    public void Dispose() => _weights.Dispose();

    public static TheoryData<string> Names() => ["q8_0", "q6_k"];

    [Theory]
    [MemberData(nameof(Names))]
    public void All_logits_are_those_of_the_scalar_form_for_any_number_of_rows_and_threads(string name)
    {
        LossyHeadFormat format = Format(name);
        foreach (int rows in new[] { 1, 3, 4, 63, 64, 65, 1001 })
        {
            using HeadCase head = Case(rows, 2 * 256);
            using LossyRows packed = new(format, head.Weights, rows, head.Columns);
            float[] expected = Scalar(packed, head.Input);
            for (int threads = 1; threads <= 3; threads++)
            {
                using WorkerPool pool = new(threads);
                using LossyHead lossy = new(packed, pool);
                Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), Multiply(lossy, rows, head.Input).Select(BitConverter.SingleToInt32Bits));
            }
        }
    }

    // Normal weights and activations: the error of a logit is a sum of 512 independent ones, far below this share of a logit's size.
    [Theory]
    [InlineData("q8_0", 0.02)]
    [InlineData("q6_k", 0.08)]
    public void Logits_are_near_the_F16_heads_but_not_equal_to_them(string name, double share)
    {
        using HeadCase head = Case(200, 512);
        using LossyRows packed = new(Format(name), head.Weights, head.Rows, head.Columns);
        using WorkerPool pool = new(1);
        using LossyHead lossy = new(packed, pool);
        float[] logits = Multiply(lossy, head.Rows, head.Input), exact = head.Logits.ToArray();
        double size = Math.Sqrt(exact.Average(logit => (double)logit * logit));
        Assert.NotEqual(exact, logits);
        Assert.All(logits.Zip(exact), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, share * size));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(65_536f)]
    public void An_activation_that_has_no_code_makes_every_logit_NaN_and_the_best_is_refused(float activation)
    {
        using HeadCase head = Case(70, 256);
        using LossyRows packed = new(Q8HeadFormat.Instance, head.Weights, head.Rows, head.Columns);
        using WorkerPool pool = new(2);
        using LossyHead lossy = new(packed, pool);
        float[] input = [.. head.Input];
        input[100] = activation;
        float[] logits = Multiply(lossy, head.Rows, input);
        Assert.All(logits, logit => Assert.True(float.IsNaN(logit)));
        Assert.Throws<EvaluationException>(() => lossy.Best(logits, 1));
        Assert.DoesNotContain(Multiply(lossy, head.Rows, head.Input), float.IsNaN);
    }

    [Fact]
    public void The_best_are_the_largest_and_of_equals_the_smaller_ids()
    {
        using HeadCase head = Case(8, 256);
        using LossyRows packed = new(Q8HeadFormat.Instance, head.Weights, head.Rows, head.Columns);
        using WorkerPool pool = new(1);
        using LossyHead lossy = new(packed, pool);
        float[] logits = [1, 3, -0f, 3, 0, -5, 3, 2];
        Assert.Equal(Sampler.LargestIndex(logits), lossy.Best(logits, 1)[0].Id);
        Assert.Equal([1, 3], Ids(lossy, logits, 2));
        Assert.Equal([1, 3, 6, 7, 0, 2], Ids(lossy, logits, 6));
        Assert.Equal([1, 3, 6, 7, 0, 2, 4, 5], Ids(lossy, logits, 100));
        Assert.Equal([1], Ids(lossy, logits, 1));
        Assert.Equal([0, 1, 2], Ids(lossy, new float[8], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => lossy.Best(logits, 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_transformers_best_logits_are_the_best_of_all_its_logits_and_not_those_of_the_F16_head(string name)
    {
        using WorkerPool pool = new(2);
        using Transformer lossy = Transformer.WithLossyHead(_weights, KernelCatalog.Choose(), pool, Format(name)), exact = new(_weights, KernelCatalog.Choose(), pool);
        Assert.Equal((name, null), (lossy.LossyHead!.Format.Name, exact.LossyHead));
        using RunState all = new(_weights.Shape, 64, 4), best = new(_weights.Shape, 64, 4), beside = new(_weights.Shape, 64, 4);
        int[] next = [510, 3, 7, 99, 12, 5];
        for (int i = 0; i < 12; i++)
        {
            float[] logits = lossy.Forward(all, next).ToArray();
            RankedLogit[] top = lossy.ForwardTop(best, next, 5).ToArray();
            RankedLogit[] expected = [.. logits.Select((logit, id) => new RankedLogit(logit, id))];
            RankedLogit.Sort(expected);
            Assert.Equal(expected[..5], top);
            Assert.NotEqual(exact.Forward(beside, next).ToArray(), logits);
            next = [top[0].Id];
        }
        Assert.Equal(all.Position, best.Position);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_position_of_a_prompt_has_the_logits_of_its_own_final_row(string name)
    {
        using WorkerPool pool = new(2);
        using Transformer lossy = Transformer.WithLossyHead(_weights, KernelCatalog.Choose(), pool, Format(name));
        using RunState several = new(_weights.Shape, 64, 16), two = new(_weights.Shape, 64, 2);
        int[] tokens = [510, 3, 7, 99, 12, 5];
        float[] whole = new float[tokens.Length * _weights.Shape.VocabularySize], split = new float[whole.Length];
        lossy.ForwardAll(several, tokens, whole);
        lossy.ForwardAll(two, tokens, split);
        Assert.Equal(whole, split);
        Assert.NotEqual(whole[.._weights.Shape.VocabularySize], whole[^_weights.Shape.VocabularySize..]);
    }

    [Fact]
    public void Decoding_with_a_lossy_head_allocates_nothing_and_its_rows_are_made_once()
    {
        using WorkerPool pool = new(2);
        using Transformer lossy = Transformer.WithLossyHead(_weights, KernelCatalog.Choose(), pool, Q8HeadFormat.Instance);
        long copied = _weights.CopiedBytes;
        using Transformer other = Transformer.WithLossyHead(_weights, KernelCatalog.Choose(), pool, Q8HeadFormat.Instance);
        Assert.Equal(copied, _weights.CopiedBytes);
        using RunState state = new(_weights.Shape, 64);
        Sampler sampler = new(new SamplerSettings(0.8f, TopK: 40), _weights.Shape.VocabularySize);
        int token = sampler.Next(lossy, state, [7]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) token = sampler.Next(lossy, state, new ReadOnlySpan<int>(in token));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_disposed_transformer_leaves_the_rows_to_the_weights_and_to_others()
    {
        using WorkerPool pool = new(1);
        using RunState state = new(_weights.Shape, 8), again = new(_weights.Shape, 8);
        using Transformer other = Transformer.WithLossyHead(_weights, KernelCatalog.Choose(), pool, Q6HeadFormat.Instance);
        float[] expected = other.Forward(state, [7, 8]).ToArray();
        Transformer first = Transformer.WithLossyHead(_weights, KernelCatalog.Choose(), pool, Q6HeadFormat.Instance);
        first.Dispose();
        first.Dispose();
        Assert.Equal(expected, other.Forward(again, [7, 8]).ToArray());
    }

    private static LossyHeadFormat Format(string name) => name == "q8_0" ? Q8HeadFormat.Instance : Q6HeadFormat.Instance;

    private static HeadCase Case(int rows, int columns) =>
        new(rows, columns, (row, column) => HeadCase.Normal(1, row, column) * 0.05, column => (float)HeadCase.Normal(2, 0, column));

    private static int[] Ids(LossyHead head, float[] logits, int count) => [.. head.Best(logits, count).ToArray().Select(ranked => ranked.Id)];

    private static float[] Multiply(LossyHead head, int rows, float[] input)
    {
        float[] logits = new float[rows];
        fixed (float* target = logits) head.Multiply(input, target);
        return logits;
    }

    private static float[] Scalar(LossyRows rows, float[] input)
    {
        using ScreeningInput codes = new(rows.Columns);
        Assert.True(codes.Set(input));
        float[] logits = new float[rows.Rows];
        fixed (float* target = logits) rows.Format.MultiplyScalar(rows.Packed, rows.Rows, rows.Columns, codes.Codes, target);
        return [.. logits.Select(dot => dot * (float)codes.Step)];
    }
}
