using BitNet.Engine.Gguf;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Synthesis;

/// <summary>The 2b shape against the table of the real file (spec 1.3 to 1.5), from the header alone.</summary>
public class SyntheticLayoutTests
{
    private static readonly IReadOnlyList<GgufTensor> Tensors = SyntheticModel.Header(SyntheticShape.Full2B, 1).Tensors;

    [Fact]
    public void The_2b_shape_has_the_real_tensors_types_and_bytes()
    {
        Assert.Equal(332, Tensors.Count);
        Assert.Equal(210, Tensors.Count(tensor => tensor.Type == GgmlType.I2_S));
        Assert.Equal(121, Tensors.Count(tensor => tensor.Type == GgmlType.F32));
        Assert.Equal(1, Tensors.Count(tensor => tensor.Type == GgmlType.F16));
        Assert.Equal(1_179_449_920, Tensors.Sum(tensor => tensor.Bytes));
        Assert.Equal(2_412_820_480, Tensors.Sum(tensor => tensor.Elements));
    }

    [Theory]
    [InlineData("token_embd.weight", 0)]
    [InlineData("blk.0.attn_norm.weight", 656_670_720)]
    [InlineData("blk.0.ffn_down.weight", 656_670_720 + 10_240)]
    [InlineData("blk.0.ffn_sub_norm.weight", 656_670_720 + 4_433_952)]
    [InlineData("blk.0.ffn_gate.weight", 656_670_720 + 4_461_600)]
    [InlineData("blk.0.ffn_up.weight", 656_670_720 + 8_885_312)]
    [InlineData("blk.0.ffn_norm.weight", 656_670_720 + 13_309_024)]
    [InlineData("blk.0.attn_sub_norm.weight", 656_670_720 + 13_319_264)]
    [InlineData("blk.0.attn_k.weight", 656_670_720 + 13_329_504)]
    [InlineData("blk.0.attn_output.weight", 656_670_720 + 13_739_136)]
    [InlineData("blk.0.attn_q.weight", 656_670_720 + 15_377_568)]
    [InlineData("blk.0.attn_v.weight", 656_670_720 + 17_016_000)]
    [InlineData("blk.1.attn_norm.weight", 656_670_720 + 17_425_632)]
    [InlineData("blk.10.attn_norm.weight", 656_670_720 + 2 * 17_425_632)]
    [InlineData("blk.2.attn_norm.weight", 656_670_720 + 12 * 17_425_632)]
    [InlineData("blk.9.attn_norm.weight", 656_670_720 + 29 * 17_425_632)]
    [InlineData("output_norm.weight", 1_179_439_680)]
    public void The_2b_shape_has_the_real_offsets(string name, long offset) =>
        Assert.Equal(offset, Tensors.Single(tensor => tensor.Name == name).Offset);

    [Fact]
    public void The_2b_shape_has_the_real_24_keys_in_order_and_array_lengths()
    {
        using var folder = new TemporaryFolder();
        var header = new GgufHeader();
        SyntheticMetadata.AddTo(header, SyntheticShape.Full2B, "synthetic-2b-seed1");
        File.WriteAllBytes(folder.File("keys.gguf"), header.ToBytes());
        using var file = GgufFile.Open(folder.File("keys.gguf"));
        Assert.Equal(
            [
                "general.architecture", "general.name", "bitnet-b1.58.vocab_size", "bitnet-b1.58.context_length", "bitnet-b1.58.embedding_length",
                "bitnet-b1.58.block_count", "bitnet-b1.58.feed_forward_length", "bitnet-b1.58.rope.dimension_count",
                "bitnet-b1.58.attention.head_count", "bitnet-b1.58.attention.head_count_kv", "tokenizer.ggml.add_bos_token",
                "bitnet-b1.58.attention.layer_norm_rms_epsilon", "bitnet-b1.58.rope.freq_base", "general.file_type", "tokenizer.ggml.model",
                "tokenizer.ggml.tokens", "tokenizer.ggml.scores", "tokenizer.ggml.token_type", "tokenizer.ggml.merges",
                "tokenizer.ggml.bos_token_id", "tokenizer.ggml.eos_token_id", "tokenizer.ggml.padding_token_id", "tokenizer.chat_template",
                "general.quantization_version",
            ],
            file.Metadata.Entries.Select(entry => entry.Key));
        Assert.Equal(
            [128_256L, 128_256, 128_256, 280_147],
            file.Metadata.Entries.Where(entry => entry.Type == GgufValueType.Array).Select(entry => entry.Count));
        string[] tokens = file.Metadata.GetStrings("tokenizer.ggml.tokens");
        Assert.Equal("<|begin_of_text|>", tokens[128_000]);
        Assert.Equal("<|end_of_text|>", tokens[128_001]);
        Assert.Equal("<|start_header_id|>", tokens[128_006]);
        Assert.Equal("<|eot_id|>", tokens[128_009]);
        Assert.Equal("<|reserved_special_token_5|>", tokens[128_010]);
        Assert.Equal("<|reserved_special_token_250|>", tokens[128_255]);
        Assert.Equal(128_000u, file.Metadata.GetUInt32("tokenizer.ggml.bos_token_id"));
        Assert.Equal([0f, -1000f], file.Metadata.GetSingles("tokenizer.ggml.scores")[127_999..128_001]);
        Assert.Equal([1, 3], file.Metadata.GetInt32s("tokenizer.ggml.token_type")[127_999..128_001]);
    }
}
