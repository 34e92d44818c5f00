using BitNet.Engine.Kernels;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Model;

public sealed class EvaluationTests : IDisposable
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "fixtures", "goldens", "tiny-seed1.gguf");
    private readonly ModelWeights _weights = ModelWeights.Open(File);
    private readonly WorkerPool _pool = new(2);
    private readonly Transformer _transformer;
    private readonly RunState _state;

    public EvaluationTests()
    {
        _transformer = new Transformer(_weights, KernelCatalog.Choose(), _pool);
        _state = new RunState(_weights.Shape, 64, 16);
    }

    public void Dispose()
    {
        _state.Dispose();
        _transformer.Dispose();
        _pool.Dispose();
        _weights.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Decoding_a_token_allocates_nothing(int threads)
    {
        // With one thread all work is done on this one, so its counter sees every allocation; with more, it sees the caller's.
        using WorkerPool pool = new(threads);
        using Transformer transformer = new(_weights, KernelCatalog.Choose(), pool);
        Sampler greedy = new(SamplerSettings.Greedy, _weights.Shape.VocabularySize);
        Sampler sampled = new(new SamplerSettings(0.8f, 40, 0.95f, 7), _weights.Shape.VocabularySize);
        Decode(transformer, greedy, 3);
        Decode(transformer, sampled, 3);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Decode(transformer, greedy, 20);
        Decode(transformer, sampled, 20);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Decode(Transformer transformer, Sampler sampler, int tokens)
    {
        _state.Reset();
        int token = 510;
        for (int i = 0; i < tokens; i++) token = sampler.Sample(transformer.Forward(_state, new ReadOnlySpan<int>(in token)));
    }

    // A single token left over would be rounded as a generated one is (spec 4.4, 4.5); all else is the same arithmetic.
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    public void A_prompt_gives_the_same_bits_however_it_is_split(int batch)
    {
        int[] tokens = [.. Enumerable.Range(0, 33).Select(i => (7 * i + 3) % 500)];
        float[] whole = new float[tokens.Length * _weights.Shape.VocabularySize], split = new float[whole.Length];
        using RunState one = new(_weights.Shape, 64, 64), several = new(_weights.Shape, 64, batch);
        _transformer.ForwardAll(one, tokens, whole);
        _transformer.ForwardAll(several, tokens, split);
        Assert.Equal(whole, split);
    }

    [Fact]
    public void A_reused_state_gives_the_same_logits_as_a_new_one()
    {
        float[] first = _transformer.Forward(_state, [510, 3, 7, 99]).ToArray();
        _transformer.Forward(_state, [1, 2, 3]);
        _state.Reset();
        Assert.Equal(first, _transformer.Forward(_state, [510, 3, 7, 99]).ToArray());
        _transformer.Forward(_state, [8]);
        _state.Rewind(3);
        float[] again = _transformer.Forward(_state, [99]).ToArray();
        using RunState other = new(_weights.Shape, 64, 16);
        _transformer.Forward(other, [510, 3, 7]);
        Assert.Equal(_transformer.Forward(other, [99]).ToArray(), again);
    }

    [Fact]
    public void Every_kernel_and_thread_count_gives_the_same_bits()
    {
        int[] prompt = [.. Enumerable.Range(0, 40).Select(i => i * 11 % 510)];
        float[] expected = _transformer.Forward(_state, prompt).ToArray();
        foreach (TernaryKernel kernel in KernelCatalog.Available)
        {
            foreach (int threads in new[] { 1, 2, 4 })
            {
                using WorkerPool pool = new(threads);
                using RunState state = new(_weights.Shape, 64, 16);
                using Transformer transformer = new(_weights, kernel, pool);
                Assert.Equal(expected, transformer.Forward(state, prompt).ToArray());
            }
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_token_id_out_of_range_is_refused_by_name(int token)
    {
        EvaluationException refused = Assert.Throws<EvaluationException>(() => _transformer.Forward(_state, [1, token]));
        Assert.Contains($"{token}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, _state.Position);
    }

    [Fact]
    public void An_empty_prompt_is_refused() => Assert.Throws<EvaluationException>(() => _transformer.Forward(_state, []));

    [Fact]
    public void A_context_overflow_is_refused_before_anything_is_changed()
    {
        _transformer.Forward(_state, new int[60]);
        EvaluationException refused = Assert.Throws<EvaluationException>(() => _transformer.Forward(_state, new int[5]));
        Assert.Contains("64", refused.Message, StringComparison.Ordinal);
        Assert.Equal(60, _state.Position);
        _transformer.Forward(_state, new int[4]);
        Assert.Equal(64, _state.Position);
    }

    [Fact]
    public void A_state_larger_than_the_model_allows_is_refused()
    {
        Assert.Throws<EvaluationException>(() => new RunState(_weights.Shape, _weights.Shape.ContextLength + 1));
        Assert.Throws<EvaluationException>(() => new RunState(_weights.Shape, 0));
        Assert.Throws<EvaluationException>(() => _state.Rewind(1));
    }

    [Fact]
    public void Phases_begin_and_end_in_order_and_nest_only_within_forward()
    {
        Recorder recorder = new([]);
        _transformer.Forward(_state, [1, 2, 3], ref recorder);
        Assert.Equal((EnginePhase.Embed, true), recorder.Events[0]);
        Stack<EnginePhase> open = new();
        foreach ((EnginePhase phase, bool begin) in recorder.Events)
        {
            if (begin)
            {
                Assert.True(open.Count == 0 || open.Peek() == EnginePhase.Forward);
                open.Push(phase);
            }
            else
            {
                Assert.Equal(phase, open.Pop());
            }
        }
        Assert.Empty(open);
        foreach (EnginePhase phase in Enum.GetValues<EnginePhase>().Where(phase => phase != EnginePhase.Sample))
        {
            Assert.Contains((phase, true), recorder.Events);
        }
    }

    [Theory]
    [InlineData("i2s-sse9", "does not exist")]
    [InlineData("I2S-SCALAR", null)]
    public void A_forced_kernel_is_found_by_name_or_refused_with_the_choice(string name, string? refusal)
    {
        if (refusal is null)
        {
            Assert.Equal("i2s-scalar", KernelCatalog.Choose(name).Name);
            return;
        }
        string message = Assert.Throws<KernelNotAvailableException>(() => KernelCatalog.Choose(name)).Message;
        Assert.Contains(refusal, message, StringComparison.Ordinal);
        Assert.Contains("i2s-scalar", message, StringComparison.Ordinal);
    }

    private readonly struct Recorder(List<(EnginePhase Phase, bool Begin)> events) : IPhaseObserver
    {
        public List<(EnginePhase Phase, bool Begin)> Events { get; } = events;
        public readonly void Begin(EnginePhase phase) => Events.Add((phase, true));
        public readonly void End(EnginePhase phase) => Events.Add((phase, false));
    }
}
