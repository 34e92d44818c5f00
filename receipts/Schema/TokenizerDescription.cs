namespace BitNet.Perf.Receipts.Schema;

/// <summary>The tokenizer that the model file holds.</summary>
/// <param name="Kind">tokenizer.ggml.model, e.g. gpt2: byte-pair encoding.</param>
/// <param name="PreTokenizer">tokenizer.ggml.pre, e.g. llama-bpe; null where the file names none.</param>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Merges">Null where there are none.</param>
/// <param name="Bytes">UTF-8 bytes of all tokens and merges.</param>
public sealed record TokenizerDescription(string Kind, string? PreTokenizer, int Vocabulary, int? Merges, long Bytes);
