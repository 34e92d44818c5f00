using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Tests.Runs;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Bench.Workloads.EndToEnd;

namespace BitNet.Perf.Bench.Tests.Workloads;

public class FirstTokenProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_fresh_process_gives_the_token_that_this_process_computes()
    {
        using var weights = ModelWeights.Open(TinyResources.ModelPath);
        using var pool = new WorkerPool(1);
        using var transformer = new Transformer(weights, new I2SScalarKernel(), pool);
        var prompt = FirstToken.Prompt(weights.Shape, 16);
        using var state = new RunState(weights.Shape, prompt.Length);
        var expected = new Sampler(SamplerSettings.Greedy, weights.Shape.VocabularySize).Sample(transformer.Forward(state, prompt));

        using var process = new FirstTokenProcess(FirstTokenProcess.Arguments(TinyResources.ModelPath, KernelCatalog.Available[0].Name, 2, 16), Limit);
        Assert.Equal(expected, process.Read());
        process.Finish();
    }

    [Fact]
    public void A_process_that_fails_is_an_error_with_its_exit_code_and_its_last_words()
    {
        using var process = new FirstTokenProcess(FirstTokenProcess.Arguments("gone.gguf", KernelCatalog.Available[0].Name, 1, 16), Limit);
        var failure = Assert.Throws<FirstTokenException>(() => process.Read());
        Assert.StartsWith("the started process ended with exit code 65: gone.gguf: no such file", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_gives_no_token_in_time_is_killed()
    {
        // It waits for a line on its standard input, which does not come.
        using var process = new FirstTokenProcess([StrangeWorker.Command, "hangs"], TimeSpan.FromMilliseconds(300));
        var failure = Assert.Throws<FirstTokenException>(() => process.Read());
        Assert.Equal("the started process gave no token within 0.3 s", failure.Message);
    }

    [Fact]
    public void A_start_whose_token_is_not_the_prompts_is_a_wrong_result()
    {
        using var resources = TinyResources.Create(1);
        var kernel = KernelCatalog.Available[0];
        using var workload = new StartWorkload(
            FirstTokenProcess.Arguments(TinyResources.ModelPath, kernel.Name, 1, 16), Limit,
            () => new Transformer(resources.Weights, kernel, resources.Pool(1)),
            transformer => FirstToken.Prompt(transformer.Weights.Shape, 3),
            () => resources.Check);
        Assert.Contains("from all logits", Assert.Throws<WrongResultException>(() => workload.Check()).Message, StringComparison.Ordinal);
    }
}
