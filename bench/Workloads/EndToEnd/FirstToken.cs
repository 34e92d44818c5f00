using System.Globalization;
using System.Text;
using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Workloads.Memory;

namespace BitNet.Perf.Bench.Workloads.EndToEnd;

/// <summary>The fresh process of a start workload: opens a model, evaluates a prompt and gives its first token, as generation does.</summary>
public static class FirstToken
{
    /// <summary>Name of the hidden command.</summary>
    public const string Command = "first-token";

    internal const ulong Seed = 0x9407;

    /// <summary>Random ids, the same as the time to first token is measured with.</summary>
    public static int[] Prompt(ModelShape shape, int tokens) => RandomData.Tokens(tokens, shape.VocabularySize, Seed);

    /// <summary>Writes one line: the token's id and its text in hexadecimal UTF-8.</summary>
    /// <param name="tokens">Length of the prompt.</param>
    public static void Run(string path, string kernel, int threads, int tokens, TextWriter output)
    {
        var chosen = KernelCatalog.Choose(kernel);
        using var weights = ModelWeights.Open(path, text: true);
        using var pool = new WorkerPool(threads);
        using var transformer = new Transformer(weights, chosen, pool);
        _ = weights.Screening;
        // A text would have to be encoded before its tokens can be evaluated.
        var tokenizer = weights.Tokenizer;
        using var state = new RunState(weights.Shape, tokens);
        var first = new Sampler(SamplerSettings.Greedy, weights.Shape.VocabularySize).Next(transformer, state, Prompt(weights.Shape, tokens));
        var text = Convert.ToHexString(Encoding.UTF8.GetBytes(tokenizer.Decode([first], showSpecial: true)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first} {text}"));
        output.Flush();
    }
}
