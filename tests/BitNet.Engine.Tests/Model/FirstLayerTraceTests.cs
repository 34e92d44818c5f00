using BitNet.Engine.Kernels;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Model;

public sealed unsafe class FirstLayerTraceTests : IDisposable
{
    private static readonly int[] Prompt = [510, 289, 101, 32, 99, 309];

    private readonly ModelWeights _weights = ModelWeights.Open(Path.Combine(AppContext.BaseDirectory, "fixtures", "goldens", "tiny-seed1.gguf"));
    private readonly WorkerPool _pool = new(2);
    private readonly RunState _state;
    private readonly Transformer _transformer;

    public FirstLayerTraceTests()
    {
        _state = new RunState(_weights.Shape, 64, 16);
        _transformer = new Transformer(_weights, KernelCatalog.Choose(), _pool);
    }

    public void Dispose()
    {
        _state.Dispose();
        _transformer.Dispose();
        _pool.Dispose();
        _weights.Dispose();
    }

    [Fact]
    public void Tracing_changes_no_logit()
    {
        float[] traced = Trace()["result_output"];
        _state.Reset();
        Assert.Equal(_transformer.Forward(_state, Prompt).ToArray(), traced);
    }

    [Fact]
    public void The_embedding_is_the_last_tokens_row()
    {
        float[] row = [.. Enumerable.Range(0, 256).Select(i => (float)((Half*)_weights.Embedding)[(309 * 256) + i])];
        Assert.Equal(row, Trace()["inp_embd"]);
    }

    // Spec 3.1 and 4.1 with plain loops over the weights' codes.
    [Fact]
    public void The_query_is_the_quantised_product_of_the_norm()
    {
        IReadOnlyDictionary<string, float[]> trace = Trace();
        sbyte[] q = new sbyte[256];
        float s = ActivationQuantizer.Quantize(trace["attn_norm-0"], q, out _);
        TernaryMatrix matrix = _weights.Layers[0].Query;
        for (int row = 0; row < 256; row++)
        {
            int dot = 0;
            for (int c = 0; c < 256; c++)
            {
                int code = matrix.Packed[(row * 64) + (c / 128 * 32) + (c % 32)] >> (6 - (c % 128 / 32 * 2)) & 3;
                dot += (code - 1) * q[c];
            }
            Assert.Equal(dot / s * matrix.Scale, trace["Qcur-0"][row]);
        }
    }

    [Fact]
    public void Rotation_keeps_the_length_of_every_pair()
    {
        IReadOnlyDictionary<string, float[]> trace = Trace();
        (float[] before, float[] after) = (trace["Qcur-0"], trace["Qcur-0 (rope)"]);
        for (int head = 0; head < 4; head++)
        {
            for (int i = head * 64; i < (head * 64) + 32; i++)
                Assert.Equal(MathF.Sqrt((before[i] * before[i]) + (before[i + 32] * before[i + 32])), MathF.Sqrt((after[i] * after[i]) + (after[i + 32] * after[i + 32])), 1e-4f);
        }
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void Probabilities_mix_to_one_and_residuals_add_up()
    {
        IReadOnlyDictionary<string, float[]> trace = Trace();
        Assert.Equal(Prompt.Length, trace["kq-0"].Length);
        Assert.Equal(1, trace["kq_soft_max-0"].Sum(), 1e-6f);
        for (int i = 0; i < 256; i++)
            Assert.Equal(trace["inp_embd"][i] + trace["attn_o_out-0"][i] + trace["ffn_down-0"][i], trace["l_out-0"][i], 1e-4f);
        Assert.All(trace["ffn_out-0"].Zip(trace["ffn_sub_norm-0"]), pair => Assert.Equal(pair.First == 0, pair.Second == 0));
        Assert.Contains(0, trace["ffn_out-0"]);
    }

    [Fact]
    public void A_prompt_that_does_not_fit_one_batch_is_refused()
    {
        EvaluationException exception = Assert.Throws<EvaluationException>(() => FirstLayerTrace.Of(_transformer, _state, new int[17]));
        Assert.Equal("a trace of 17 tokens was asked for; the run state evaluates 16 at once", exception.Message);
    }

    private IReadOnlyDictionary<string, float[]> Trace() => FirstLayerTrace.Of(_transformer, _state, Prompt);
}
