using BitNet.Engine.Model;
using BitNet.Perf.Cli.Goldens;
using BitNet.Perf.Cli.Models;

namespace BitNet.Perf.Cli.Tests.Goldens;

/// <summary>What the published values of spec 4.7 say without the weights they came from.</summary>
public class ModelGoldenTests
{
    private static readonly Dictionary<string, float[]> Published = ModelGolden.Real.Tensors.ToDictionary(t => t.Name, t => t.First8);

    [Fact]
    public void Every_tensor_of_the_golden_is_one_the_engine_traces()
    {
        using LoadedModel model = LoadedModel.Open(Fixture.TinyModel, threads: 1);
        using var state = new RunState(model.Shape, 4, 4);
        Assert.Equal(Published.Keys.Order(), FirstLayerTrace.Of(model.Transformer, state, [1, 2, 3, 4]).Keys.Order());
        Assert.All(Published.Values, values => Assert.Equal(8, values.Length));
    }

    // F16 rows are read exactly, so the printed digits must be those of F16 numbers.
    [Fact]
    public void The_embedding_is_of_f16_numbers() =>
        Assert.All(Published["inp_embd"], value => Assert.InRange(Math.Abs((float)(Half)value - value), 0, 6e-8f));

    [Fact]
    public void The_probabilities_are_the_softmax_of_the_scores()
    {
        float[] scores = [.. Published["kq-0"]];
        Softmax(scores, 1f / MathF.Sqrt(128));
        Assert.True(ModelGoldenCheck.RelativeDifference(Published["kq_soft_max-0"], scores) < 1e-5);
        Assert.Equal(1, Published["kq_soft_max-0"].Sum(), 1e-6);
    }

    [Fact]
    public void The_residuals_add_up()
    {
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(Published["inp_embd"][i] + Published["attn_o_out-0"][i], Published["ffn_inp-0"][i], 1e-6f);
            Assert.Equal(Published["ffn_inp-0"][i] + Published["ffn_down-0"][i], Published["l_out-0"][i], 4e-6f);
        }
    }

    [Fact]
    public void The_squared_relu_leaves_zeros_and_no_others_after_its_norm() =>
        Assert.Equal(Published["ffn_out-0"].Select(v => v == 0), Published["ffn_sub_norm-0"].Select(v => v == 0));

    [Fact]
    public void The_prompt_is_the_one_whose_text_is_among_the_texts() =>
        Assert.Contains(ModelGolden.Real.Texts, t => t.Value == "User: hi<|eot_id|>Assistant: " && t.Ids.SequenceEqual(ModelGolden.Real.Prompt));

    [Fact]
    public void Every_greedy_prompt_is_among_the_texts() =>
        Assert.All(ModelGolden.Real.GreedyRuns, g => Assert.Contains(ModelGolden.Real.Texts, t => t.Value == g.Text && t.Bos && t.Ids.SequenceEqual(g.Prompt)));

    private static unsafe void Softmax(float[] scores, float scale)
    {
        fixed (float* first = scores) Engine.Kernels.Softmax.Apply(first, scores.Length, scale);
    }
}
