using BitNet.Engine.Kernels;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Model;

public sealed class ForwardTopTests : IDisposable
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "fixtures", "goldens", "tiny-seed1.gguf");
    private readonly ModelWeights _weights = ModelWeights.Open(File);

    public void Dispose() => _weights.Dispose();

    public static TheoryData<SamplerSettings> Settings =>
        new(
        SamplerSettings.Greedy, new SamplerSettings(0.8f, TopK: 1), new SamplerSettings(0.8f, TopK: 40, Seed: 3),
        new SamplerSettings(1.5f, TopK: 20, TopP: 0.9f, Seed: 4), new SamplerSettings(1, TopK: 100_000));

    [Theory]
    [MemberData(nameof(Settings))]
    public void The_best_logits_alone_give_the_same_ids_as_all(SamplerSettings settings)
    {
        for (int threads = 1; threads <= 3; threads++)
        {
            using WorkerPool pool = new(threads);
            using Transformer transformer = new(_weights, KernelCatalog.Choose(), pool);
            using RunState all = new(_weights.Shape, 64, 4), best = new(_weights.Shape, 64, 4);
            Sampler fromAll = new(settings, _weights.Shape.VocabularySize), fromBest = new(settings, _weights.Shape.VocabularySize);
            int[] next = [510, 3, 7, 99, 12, 5];
            for (int i = 0; i < 20; i++)
            {
                float[] logits = transformer.Forward(all, next).ToArray();
                ReadOnlySpan<RankedLogit> top = transformer.ForwardTop(best, next, fromBest.Candidates);
                foreach (RankedLogit ranked in top) Assert.Equal(logits[ranked.Id] + 0f, ranked.Logit);
                int chosen = fromBest.Sample(top);
                Assert.Equal(fromAll.Sample(logits), chosen);
                next = [chosen];
            }
            Assert.Equal(all.Position, best.Position);
        }
    }

    [Fact]
    public void The_next_id_is_the_same_for_all_settings_and_decoding_it_allocates_nothing()
    {
        using WorkerPool pool = new(2);
        using Transformer transformer = new(_weights, KernelCatalog.Choose(), pool);
        using RunState state = new(_weights.Shape, 64);
        foreach (SamplerSettings settings in new[] { SamplerSettings.Greedy, new(0.8f, TopK: 40), new(0.8f) })
        {
            Sampler sampler = new(settings, _weights.Shape.VocabularySize), full = new(settings, _weights.Shape.VocabularySize);
            state.Reset();
            int expected = full.Sample(transformer.Forward(state, [7]));
            state.Reset();
            Assert.Equal(expected, sampler.Next(transformer, state, [7]));
            int token = expected;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++) token = sampler.Next(transformer, state, new ReadOnlySpan<int>(in token));
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Too_few_candidates_are_refused()
    {
        Sampler sampler = new(new SamplerSettings(1, TopK: 3), 100);
        Assert.Throws<EvaluationException>(() => sampler.Sample([new RankedLogit(2, 5), new RankedLogit(1, 4)]));
        Assert.Throws<EvaluationException>(() => new Sampler(SamplerSettings.Greedy, 100).Sample(ReadOnlySpan<RankedLogit>.Empty));
    }

    [Fact]
    public void Ranked_logits_give_their_parts_back_and_order_by_falling_logit_then_rising_id()
    {
        float[] falling = [float.PositiveInfinity, float.MaxValue, 1, float.Epsilon, 0, -float.Epsilon, -1, float.MinValue, float.NegativeInfinity];
        RankedLogit[] ranked = [.. falling.SelectMany(logit => new[] { new RankedLogit(logit, 128_255), new RankedLogit(logit, 0) })];
        RankedLogit.Sort(ranked);
        Assert.Equal(falling.SelectMany(logit => new[] { (logit, 0), (logit, 128_255) }), ranked.Select(r => (r.Logit, r.Id)));
        Assert.Equal(new RankedLogit(0f, 1), new RankedLogit(-0f, 1));
        Assert.Throws<EvaluationException>(() => new RankedLogit(float.NaN, 1));
    }
}
