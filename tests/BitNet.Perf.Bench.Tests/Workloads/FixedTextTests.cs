using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Bench.Workloads.EndToEnd;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Workloads;

public class FixedTextTests
{
    private static readonly ModelShape Shape = WorkerResources.ReadShape(TinyResources.ModelPath);

    [Fact]
    public void Equal_logits_give_the_size_of_the_vocabulary_and_a_sure_prediction_gives_1()
    {
        var text = new FixedText(Shape);
        var logits = new float[text.Positions * Shape.VocabularySize];
        Array.Fill(logits, 3.5f);
        Assert.Equal(Shape.VocabularySize, text.Perplexity(logits, text.Positions), 1e-9 * Shape.VocabularySize);
        for (var i = 0; i + 1 < text.Positions; i++)
            logits[i * Shape.VocabularySize + text.Evaluated(text.Positions)[i + 1]] = 1000;
        Assert.Equal(1, text.Perplexity(logits, text.Positions - 1), 1e-12);
    }

    [Fact]
    public void It_is_the_exponential_of_the_mean_negative_log_softmax()
    {
        var text = new FixedText(Shape);
        const int Positions = 3;
        var random = new Random(1);
        float[] logits = [.. Enumerable.Range(0, Positions * Shape.VocabularySize).Select(_ => (float)(random.NextDouble() * 8 - 4))];
        double sum = 0;
        for (var i = 0; i < Positions; i++)
        {
            var row = logits.AsSpan(i * Shape.VocabularySize, Shape.VocabularySize).ToArray();
            sum -= Math.Log(Math.Exp(row[text.Evaluated(Positions + 1)[i + 1]]) / row.Sum(x => Math.Exp(x)));
        }
        Assert.Equal(Math.Exp(sum / Positions), text.Perplexity(logits, Positions), 1e-9);
    }

    [Fact]
    public void Every_kernel_and_thread_count_finds_the_text_equally_likely_and_a_lossy_head_has_its_own_value()
    {
        using var one = TinyResources.Create(1);
        using var two = TinyResources.Create(2);
        var checks = new List<PerplexityCheck>();
        foreach (var kernel in KernelCatalog.Available)
        {
            foreach (var resources in new[] { one, two })
            {
                using var transformer = new Transformer(resources.Weights, kernel, resources.Pool(resources == one ? 1 : 2));
                checks.Add(resources.Check.TokenByToken(transformer, "").Perplexity!);
            }
        }
        Assert.All(checks, check => Assert.True(PerplexityCheck.Agree(checks[0], check)));
        Assert.All(checks, check => Assert.Equal((32, ForwardCheck.Positions), (check.Positions, check.ScalarPositions)));
        var lossy = HeadFormat.LossyFor(one.Weights.Shape).FirstOrDefault();
        if (lossy is null)
            return;
        using var rounded = Transformer.WithLossyHead(one.Weights, KernelCatalog.Available[0], one.Pool(1), lossy);
        Assert.NotEqual(checks[0].Value, one.Check.TokenByToken(rounded, "").Perplexity!.Value);
    }

    [Fact]
    public void Every_end_to_end_workload_tells_its_input_as_its_id_has_it_and_its_perplexity()
    {
        using var resources = TinyResources.Create(1);
        var definitions = TinyResources.Definitions(1).Where(d => d.Id is { Family: WorkloadFamily.EndToEnd, Operation: not "start" }).ToList();
        Assert.NotEmpty(definitions);
        foreach (var definition in definitions)
        {
            using var workload = WorkloadFactory.Create(definition, resources);
            var result = workload.Check()!;
            var input = workload.Input!;
            Assert.Equal(definition.Id.Operation == "decode" ? definition.Id.SettingContext + 1 : definition.Id.SettingTokens, input.PromptTokens);
            Assert.Equal(definition.Id.Operation switch { "decode" => definition.Id.SettingTokens, "prefill" => 0, _ => 1 }, input.MaxTokens);
            Assert.True(result.Perplexity!.Value > 1);
        }
    }

    [Fact]
    public void A_context_s_tokens_are_part_of_the_prompt()
    {
        var input = EndToEndInput.Decode(Shape, 100, 32);
        int[] ids = [.. WorkerResources.ContextTokens(Shape, 100), ForwardCheck.FirstToken(Shape)];
        Assert.Equal((101, 32, ResultDigest.Of<int>(ids)), (input.PromptTokens, input.MaxTokens, input.PromptDigest));
    }
}
