using BitNet.Engine.Gguf;

namespace BitNet.Engine.Model;

/// <summary>The 24 keys of the real file, in its order (spec 1.3), with a synthetic model's values.</summary>
internal static class SyntheticMetadata
{
    private const string Architecture = "bitnet-b1.58";
    private const int NormalToken = 1;
    private const int ControlToken = 3;

    // The converter's score for tokens it adds to the base vocabulary.
    private const float AddedTokenScore = -1000f;

    // The real file's template has this form too: the end-of-text it puts after the assistant's name is a known defect of it (spec 7.6).
    private const string ChatTemplate =
        "{% for message in messages %}{% if loop.first %}{{ bos_token }}{% endif %}{% if message['role'] == 'user' %}"
        + "{{ 'Human: ' + message['content'] + '\n\nBITNETAssistant: ' + eos_token }}{% elif message['role'] == 'assistant' %}"
        + "{{ message['content'] + eos_token }}{% endif %}{% endfor %}";

    public static void AddTo(GgufHeader header, SyntheticShape shape, string name)
    {
        var vocabulary = SyntheticVocabulary.For(shape);
        IEnumerable<int> ids = Enumerable.Range(0, shape.VocabularySize);
        header.Add("general.architecture", Architecture);
        header.Add("general.name", name);
        header.Add($"{Architecture}.vocab_size", (uint)shape.VocabularySize);
        header.Add($"{Architecture}.context_length", (uint)shape.ContextLength);
        header.Add($"{Architecture}.embedding_length", (uint)shape.EmbeddingLength);
        header.Add($"{Architecture}.block_count", (uint)shape.BlockCount);
        header.Add($"{Architecture}.feed_forward_length", (uint)shape.FeedForwardLength);
        header.Add($"{Architecture}.rope.dimension_count", (uint)shape.HeadSize);
        header.Add($"{Architecture}.attention.head_count", (uint)shape.HeadCount);
        header.Add($"{Architecture}.attention.head_count_kv", (uint)shape.KeyValueHeadCount);
        header.Add("tokenizer.ggml.add_bos_token", true);
        header.Add($"{Architecture}.attention.layer_norm_rms_epsilon", 1e-5f);
        header.Add($"{Architecture}.rope.freq_base", 500_000f);
        header.Add("general.file_type", 40u);
        header.Add("tokenizer.ggml.model", "gpt2");
        header.Add("tokenizer.ggml.tokens", vocabulary.Tokens);
        header.Add("tokenizer.ggml.scores", [.. ids.Select(id => id < shape.BaseTokens ? 0f : AddedTokenScore)]);
        header.Add("tokenizer.ggml.token_type", [.. ids.Select(id => id < shape.BaseTokens ? NormalToken : ControlToken)]);
        header.Add("tokenizer.ggml.merges", vocabulary.Merges);
        header.Add("tokenizer.ggml.bos_token_id", (uint)shape.BaseTokens);
        header.Add("tokenizer.ggml.eos_token_id", (uint)shape.BaseTokens + 1);
        header.Add("tokenizer.ggml.padding_token_id", (uint)shape.BaseTokens + 1);
        header.Add("tokenizer.chat_template", ChatTemplate);
        header.Add("general.quantization_version", 2u);
    }
}
