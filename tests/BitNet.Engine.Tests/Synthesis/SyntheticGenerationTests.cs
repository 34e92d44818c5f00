using BitNet.Engine.Kernels;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Synthesis;

/// <summary>A synthetic model must behave like a model: otherwise a timing of it exercises one token over and over.</summary>
public class SyntheticGenerationTests
{
    private const int Generated = 128;
    private const int LeastDistinct = 32;

    [Theory]
    [InlineData("tiny", 1)]
    [InlineData("tiny", 2)]
    [InlineData("small", 1)]
    public void Greedy_generation_does_not_collapse_and_logits_stay_finite(string name, ulong seed)
    {
        using var folder = new TemporaryFolder();
        var shape = SyntheticShape.Parse(name);
        SyntheticModel.Write(folder.File("model.gguf"), shape, seed, cancellationToken: TestContext.Current.CancellationToken);
        using var weights = ModelWeights.Open(folder.File("model.gguf"));
        using var pool = new WorkerPool(1);
        using var transformer = new Transformer(weights, KernelCatalog.Choose(), pool);
        int bos = shape.BaseTokens;
        // An ordinary prompt, one token, and one that repeats itself, which pulls hardest towards a loop.
        int[][] prompts = [[bos, 40, 41, 300, 7], [5], [bos, .. Enumerable.Range(0, 60).Select(i => i % 3)]];
        foreach (int[] prompt in prompts)
        {
            using var state = new RunState(weights.Shape, prompt.Length + Generated, 64);
            var seen = new HashSet<int>();
            var sampler = new Sampler(SamplerSettings.Greedy, shape.VocabularySize);
            ReadOnlySpan<float> logits = transformer.Forward(state, prompt);
            for (int i = 0; i < Generated; i++)
            {
                foreach (float logit in logits) Assert.True(float.IsFinite(logit));
                int next = sampler.Sample(logits);
                Assert.True(next < shape.BaseTokens, "a control token would end the generation");
                seen.Add(next);
                logits = transformer.Forward(state, (int[])[next]);
            }
            Assert.True(seen.Count >= LeastDistinct, $"{seen.Count} distinct tokens after a prompt of {prompt.Length}");
        }
    }
}
