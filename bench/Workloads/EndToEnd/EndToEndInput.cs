using BitNet.Engine.Model;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Workloads.EndToEnd;

/// <summary>What end-to-end workloads were given, as receipts state it: ids over the whole vocabulary, since a synthetic model has no text to say.</summary>
internal static class EndToEndInput
{
    private const string Greedy = "greedy";

    /// <summary>Of a decode workload: the context's tokens, then the id from which generation goes on.</summary>
    public static GenerationInput Decode(ModelShape shape, int context, int tokens)
    {
        var first = ForwardCheck.FirstToken(shape);
        int[] ids = [.. WorkerResources.ContextTokens(shape, context), first];
        return new GenerationInput(
            context == 0 ? $"the id {first}, with which a text begins" : $"{context} random ids (SplitMix64, seed 0x{WorkerResources.ContextSeed:x}) and the id {first}",
            IsText: false, ids.Length, ResultDigest.Of<int>(ids), tokens, Greedy);
    }

    /// <summary>Of a prompt of random ids.</summary>
    public static GenerationInput Prompt(int[] ids, int generated) => new(
        $"{ids.Length} random ids (SplitMix64, seed 0x{FirstToken.Seed:x})", IsText: false, ids.Length, ResultDigest.Of<int>(ids), generated, Greedy);
}
