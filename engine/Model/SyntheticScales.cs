using BitNet.Engine.Gguf;

namespace BitNet.Engine.Model;

/// <summary>
/// How large a synthetic model's weights are, chosen so that its activations behave like a model's: they stay finite, every layer
/// changes the state, attention depends on the order of the tokens, and greedy generation does not settle on a few of them.
/// </summary>
internal static class SyntheticScales
{
    // Ternary codes are uniform, so a code has variance 2/3.
    private const float CodeVariance = 2f / 3f;

    /// <summary>
    /// The scale of an I2_S tensor: the standard deviation its outputs shall have when its inputs have mean square 1, over that of the
    /// codes' sum. Every input is normalised by an RMSNorm, which is what makes this possible without running the model.
    /// </summary>
    public static float Of(GgufTensor tensor) => OutputDeviation(tensor.Name) / MathF.Sqrt(CodeVariance * tensor.Dimensions[0]);

    /// <summary>Typical gain of a norm; the final one makes logits of the same spread whatever the width.</summary>
    public static float TypicalGain(GgufTensor norm) => IsFinal(norm) ? 4f / MathF.Sqrt(norm.Dimensions[0]) : 1f;

    /// <summary>
    /// The head is the embedding, so with positive gains the token just read would score itself highest and be repeated for ever. Gains of
    /// the final norm that are mostly negative (seven in eight) make that token unlikely instead.
    /// </summary>
    public static bool IsNegative(GgufTensor norm, ulong word) => IsFinal(norm) && word >> 61 != 0;

    private static bool IsFinal(GgufTensor norm) => norm.Name == "output_norm.weight";

    private static float OutputDeviation(string name) => name[(name.IndexOf('.', 4) + 1)..] switch
    {
        // Their product is the deviation of attention scores: sharp, as in the real model (spec 4.7), so that what follows depends on which
        // tokens stand where. With 1 each, 74 of 80 generations from repetitive prompts ended in a loop; with 3 none of 200.
        "attn_q.weight" or "attn_k.weight" => 3f,
        "attn_v.weight" => 1f,
        // Relative to the embedding's 0.58: what a layer adds is as large as what came in at the first layer.
        "attn_output.weight" or "ffn_down.weight" => 0.5f,
        // relu²(gate)·up reaches a million, as in the real model (spec 4.7), which F16 could not hold.
        "ffn_gate.weight" or "ffn_up.weight" => 64f,
        _ => throw new ArgumentException($"tensor '{name}'; expected a ternary tensor of a block"),
    };
}
