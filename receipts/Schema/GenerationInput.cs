namespace BitNet.Perf.Receipts.Schema;

/// <summary>What an end-to-end workload was given.</summary>
/// <param name="Prompt">Where its ids come from: a text, or how they are made.</param>
/// <param name="IsText">Whether <paramref name="Prompt"/> is the text itself.</param>
/// <param name="PromptTokens">Ids evaluated before the first generated one.</param>
/// <param name="PromptDigest">"sha256:…" over the ids as little-endian 32-bit integers.</param>
/// <param name="MaxTokens">Tokens that one operation generates; 0 where it only evaluates the prompt.</param>
/// <param name="Sampling">greedy.</param>
public sealed record GenerationInput(string Prompt, bool IsText, int PromptTokens, string PromptDigest, int MaxTokens, string Sampling);
