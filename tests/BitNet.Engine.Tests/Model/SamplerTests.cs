using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Model;

public class SamplerTests
{
    private static readonly float[] Logits = [0.5f, 3f, -1f, 3f, 2f, 0f, 1f, -2f];

    [Fact]
    public void Greedy_takes_the_largest_and_of_equals_the_first() =>
        Assert.Equal(1, new Sampler(SamplerSettings.Greedy, Logits.Length).Sample(Logits));

    [Fact]
    public void Greedy_finds_the_largest_at_every_place_and_length()
    {
        for (int length = 1; length <= 40; length++)
        {
            for (int place = 0; place < length; place++)
            {
                float[] logits = Enumerable.Repeat(-5f, length).ToArray();
                logits[place] = -4f;
                Assert.Equal(place, Sampler.LargestIndex(logits));
            }
        }
    }

    [Fact]
    public void Equal_seeds_choose_equally_and_other_seeds_otherwise()
    {
        int[] Draw(ulong seed)
        {
            Sampler sampler = new(new SamplerSettings(1, Seed: seed), Logits.Length);
            return [.. Enumerable.Range(0, 200).Select(_ => sampler.Sample(Logits))];
        }
        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Fact]
    public void Frequencies_follow_the_softmax_at_the_temperature()
    {
        const int Draws = 100_000;
        const float Temperature = 1.5f;
        Sampler sampler = new(new SamplerSettings(Temperature), Logits.Length);
        int[] counts = new int[Logits.Length];
        for (int i = 0; i < Draws; i++) counts[sampler.Sample(Logits)]++;
        double total = Logits.Sum(l => Math.Exp(l / Temperature));
        for (int id = 0; id < Logits.Length; id++)
        {
            double p = Math.Exp(Logits[id] / Temperature) / total;
            // Five standard deviations of a binomial count; the seed is fixed, so this cannot flicker.
            Assert.Equal(p * Draws, counts[id], 5 * Math.Sqrt(Draws * p * (1 - p)));
        }
    }

    [Fact]
    public void Top_k_leaves_the_k_best()
    {
        Sampler sampler = new(new SamplerSettings(5, TopK: 3), Logits.Length);
        HashSet<int> seen = [.. Enumerable.Range(0, 2000).Select(_ => sampler.Sample(Logits))];
        Assert.Equal([1, 3, 4], seen.Order());
    }

    [Fact]
    public void Top_k_equals_a_full_sort_on_a_large_vocabulary()
    {
        Random random = new(3);
        float[] logits = [.. Enumerable.Range(0, 5000).Select(_ => (float)random.NextDouble())];
        Sampler sampler = new(new SamplerSettings(100, TopK: 20), logits.Length);
        HashSet<int> seen = [.. Enumerable.Range(0, 5000).Select(_ => sampler.Sample(logits))];
        Assert.Equal(Enumerable.Range(0, 5000).OrderByDescending(i => logits[i]).Take(20).Order(), seen.Order());
    }

    [Fact]
    public void Top_p_leaves_the_fewest_that_reach_p()
    {
        // The two largest have 0.64 of the probability together, one alone 0.32.
        Sampler sampler = new(new SamplerSettings(5, TopP: 0.5f), Logits.Length);
        HashSet<int> seen = [.. Enumerable.Range(0, 2000).Select(_ => sampler.Sample(Logits))];
        Assert.Equal([1, 3], seen.Order());
    }

    [Theory]
    [InlineData(-1, 0, 1)]
    [InlineData(float.NaN, 0, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 0, 1.5)]
    public void Settings_out_of_range_are_refused(float temperature, int topK, float topP) =>
        Assert.Throws<EvaluationException>(() => new Sampler(new SamplerSettings(temperature, topK, topP), 8));

    [Fact]
    public void A_logit_that_is_not_a_number_is_refused()
    {
        float[] logits = [1, float.NaN, 2];
        Assert.Throws<EvaluationException>(() => new Sampler(SamplerSettings.Greedy, 3).Sample(logits));
        Assert.Throws<EvaluationException>(() => new Sampler(new SamplerSettings(1), 3).Sample(logits));
    }
}
