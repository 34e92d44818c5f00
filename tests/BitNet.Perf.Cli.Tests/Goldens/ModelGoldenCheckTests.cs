using BitNet.Engine.Model;
using BitNet.Perf.Cli.Goldens;
using BitNet.Perf.Cli.Models;

namespace BitNet.Perf.Cli.Tests.Goldens;

/// <summary>The check itself, on a golden taken from the tiny model: it passes, and each thing that is changed is found.</summary>
public sealed class ModelGoldenCheckTests : IDisposable
{
    private readonly LoadedModel _model = LoadedModel.Open(Fixture.TinyModel, threads: 2);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void What_the_model_computes_is_found_equal() => Assert.Empty(Compare(Own()).Differences);

    [Fact]
    public void A_value_beyond_its_tolerance_is_found()
    {
        foreach (string name in Own().Tensors.Select(t => t.Name))
        {
            ModelGolden golden = Own();
            float[] values = golden.Tensors.Single(t => t.Name == name).First8;
            values[5] += 2e-3f * values.Max(Math.Abs);
            Assert.StartsWith($"{name}: differs by 2.0e-3", Assert.Single(Compare(golden).Differences));
        }
    }

    [Fact]
    public void A_value_that_is_not_a_number_is_found()
    {
        ModelGolden golden = Own();
        golden.Tensors[3].First8[0] = float.NaN;
        Assert.Single(Compare(golden).Differences);
    }

    [Fact]
    public void A_tensor_nobody_computes_is_found()
    {
        ModelGolden golden = Own();
        Assert.Equal("Zcur-0: not computed", Assert.Single(Compare(golden with { Tensors = [.. golden.Tensors, new("Zcur-0", 1, [1f])] }).Differences));
    }

    [Fact]
    public void Another_continuation_is_found()
    {
        ModelGolden golden = Own();
        golden.GreedyRuns[0].Generated[1]++;
        Assert.StartsWith("after \"the end\": generated ", Assert.Single(Compare(golden).Differences));
    }

    [Fact]
    public void Other_token_ids_are_found()
    {
        ModelGolden golden = Own();
        golden.Texts[0].Ids[1]++;
        Assert.StartsWith("\"the end\" (llama-bpe): ids ", Assert.Single(Compare(golden).Differences));
    }

    private GoldenResult Compare(ModelGolden golden) => ModelGoldenCheck.Compare(golden, _model, TestContext.Current.CancellationToken);

    private ModelGolden Own()
    {
        int[] prompt = _model.OpenTokenizer().Encode("the end");
        using var state = new RunState(_model.Shape, prompt.Length, prompt.Length);
        ModelGolden.Tensor[] tensors =
        [
            .. FirstLayerTrace.Of(_model.Transformer, state, prompt).Select(t => new ModelGolden.Tensor(t.Key, 1e-3, t.Value[..Math.Min(8, t.Value.Length)])),
        ];
        int[] generated = GreedyEvaluation.Run(_model.Transformer, prompt, 5, (_, _) => { }, CancellationToken.None);
        return new ModelGolden("tiny", "tiny.gguf", 0, "", "", "", prompt, tensors, [new("the end", prompt, generated)], [new("the end", "llama-bpe", true, [.. prompt])]);
    }
}
