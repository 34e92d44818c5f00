using System.Text.Json;
using BitNet.Engine.Kernels;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Model;

/// <summary>A tiny model against an independent float64 reference: cosine of all logits at every position, and the same most
/// likely id wherever the reference's first two are 0.1 or more apart.</summary>
public class GoldenTests
{
    private const double LeastCosine = 0.998;
    private const double ClearMargin = 0.1;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fixtures", "goldens");

    public static TheoryData<string, string, int> Cases()
    {
        TheoryData<string, string, int> cases = [];
        foreach (string prompt in new[] { "prompt-a", "prompt-b" })
        {
            foreach (TernaryKernel kernel in KernelCatalog.Available)
            {
                foreach (int threads in new[] { 1, 3 }) cases.Add(prompt, kernel.Name, threads);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_batched_forward_pass_computes_the_golden(string prompt, string kernel, int threads)
    {
        using Evaluation run = new(kernel, threads);
        (int[] tokens, float[] expected) = Load(prompt);
        float[] logits = new float[expected.Length];
        run.Transformer.ForwardAll(run.State, tokens, logits);
        AssertClose(expected, logits, tokens.Length);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Token_by_token_the_forward_pass_computes_the_golden(string prompt, string kernel, int threads)
    {
        using Evaluation run = new(kernel, threads);
        (int[] tokens, float[] expected) = Load(prompt);
        List<float> logits = [];
        foreach (int token in tokens) logits.AddRange(run.Transformer.Forward(run.State, [token]));
        AssertClose(expected, [.. logits], tokens.Length);
    }

    [Fact]
    public void A_prompt_split_into_batches_gives_what_one_batch_gives()
    {
        (int[] tokens, float[] expected) = Load("prompt-b");
        foreach (int batch in new[] { 1, 2, 3, 7, 16, 64 })
        {
            using Evaluation run = new("i2s-scalar", 2, batch);
            float[] last = run.Transformer.Forward(run.State, tokens).ToArray();
            Assert.True(Cosine(expected.AsSpan()[^last.Length..], last) > LeastCosine, $"batch {batch}");
        }
    }

    private static (int[] Tokens, float[] Logits) Load(string prompt)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"tiny-seed1.{prompt}.json")));
        int[] Ids(string name) => [.. json.RootElement.GetProperty(name).EnumerateArray().Select(e => e.GetInt32())];
        byte[] bytes = File.ReadAllBytes(Path.Combine(Folder, $"tiny-seed1.{prompt}.f32"));
        float[] logits = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, logits, 0, bytes.Length);
        int[] tokens = [.. Ids("prompt"), .. Ids("generated")];
        return (tokens[..(logits.Length / 512)], logits);
    }

    private static void AssertClose(float[] expected, float[] actual, int positions)
    {
        int vocabulary = expected.Length / positions;
        for (int position = 0; position < positions; position++)
        {
            ReadOnlySpan<float> reference = expected.AsSpan(position * vocabulary, vocabulary);
            ReadOnlySpan<float> logits = actual.AsSpan(position * vocabulary, vocabulary);
            double cosine = Cosine(reference, logits);
            Assert.True(cosine >= LeastCosine, $"position {position}: cosine {cosine}");
            float[] sorted = reference.ToArray();
            Array.Sort(sorted);
            if (sorted[^1] - sorted[^2] >= ClearMargin) Assert.Equal(Sampler.LargestIndex(reference), Sampler.LargestIndex(logits));
        }
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }
        return ab / Math.Sqrt(aa * bb);
    }

    private sealed class Evaluation : IDisposable
    {
        private readonly ModelWeights _weights = ModelWeights.Open(Path.Combine(Folder, "tiny-seed1.gguf"));
        private readonly WorkerPool _pool;

        public Evaluation(string kernel, int threads, int batch = 32)
        {
            _pool = new WorkerPool(threads);
            Transformer = new Transformer(_weights, KernelCatalog.Choose(kernel), _pool);
            State = new RunState(_weights.Shape, 64, batch);
        }

        public Transformer Transformer { get; }

        public RunState State { get; }

        public void Dispose()
        {
            State.Dispose();
            Transformer.Dispose();
            _pool.Dispose();
            _weights.Dispose();
        }
    }
}
