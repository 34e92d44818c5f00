using BitNet.Engine.Gguf;

namespace BitNet.Engine.Tests.Gguf;

/// <summary>Reads a file made by an independent generator, so reader and writer of this project cannot agree on a common mistake.</summary>
public sealed class GgufFileTests : IDisposable
{
    private readonly GgufFile _file = GgufFile.Open(Path.Combine(AppContext.BaseDirectory, "fixtures", "goldens", "tiny-seed1.gguf"));

    public void Dispose() => _file.Dispose();

    [Fact]
    public void The_container_facts_are_read()
    {
        Assert.Equal(3u, _file.Version);
        Assert.Equal(681_408, _file.Length);
        Assert.Equal(32u, _file.Alignment);
        Assert.Equal(12_288, _file.DataStart);
        Assert.Equal(21, _file.Metadata.Entries.Count);
        Assert.Equal(24, _file.Tensors.Count);
    }

    [Fact]
    public void Metadata_keeps_file_order_and_types()
    {
        Assert.Equal("general.architecture", _file.Metadata.Entries[0].Key);
        Assert.Equal("tokenizer.ggml.add_bos_token", _file.Metadata.Entries[20].Key);
        Assert.Equal("synthetic-tiny-1", _file.Metadata.GetString("general.name"));
        Assert.Equal(768u, _file.Metadata.GetUInt32("bitnet-b1.58.feed_forward_length"));
        Assert.Equal(500_000f, _file.Metadata.GetSingle("bitnet-b1.58.rope.freq_base"));
        Assert.Equal(1e-5f, _file.Metadata.GetSingle("bitnet-b1.58.attention.layer_norm_rms_epsilon"));
        Assert.True(_file.Metadata.GetBoolean("tokenizer.ggml.add_bos_token"));
    }

    [Fact]
    public void Arrays_are_built_when_asked_for()
    {
        string[] tokens = _file.Metadata.GetStrings("tokenizer.ggml.tokens");
        Assert.Equal(512, tokens.Length);
        Assert.Equal("Ā", tokens[0]);
        Assert.Equal("<|end_of_text|>", tokens[511]);
        int[] types = _file.Metadata.GetInt32s("tokenizer.ggml.token_type");
        Assert.Equal((1, 3), (types[0], types[511]));
        Assert.Equal("e e", _file.Metadata.GetStrings("tokenizer.ggml.merges")[0]);
    }

    [Fact]
    public void Tensors_have_type_dimensions_absolute_offset_and_bytes()
    {
        GgufTensor down = _file.Tensor("blk.1.ffn_down.weight");
        Assert.Equal(GgmlType.I2_S, down.Type);
        Assert.Equal([768L, 256L], down.Dimensions);
        Assert.Equal(12_288 + 619_936, down.Offset);
        Assert.Equal((768 * 256 / 4) + 32, down.Bytes);
        Assert.Equal(768 * 256, down.Elements);
        Assert.Equal(_file.Length, down.Offset + down.Bytes);
    }

    [Fact]
    public unsafe void A_pointer_leads_to_the_bytes_of_the_file()
    {
        GgufTensor down = _file.Tensor("blk.1.ffn_down.weight");
        byte[] file = File.ReadAllBytes(_file.Path);
        Assert.True(new ReadOnlySpan<byte>(_file.Pointer(down), (int)down.Bytes).SequenceEqual(file.AsSpan((int)down.Offset, (int)down.Bytes)));
    }

    [Fact]
    public void A_missing_tensor_or_key_and_a_wrong_type_name_what_was_asked_for()
    {
        Assert.Contains("tensor 'output.weight' is missing", Assert.Throws<GgufException>(() => _file.Tensor("output.weight")).Message);
        Assert.False(_file.TryTensor("output.weight", out _));
        Assert.Contains("key 'absent' is missing; expected a string", Assert.Throws<GgufException>(() => _file.Metadata.GetString("absent")).Message);
        Assert.False(_file.Metadata.TryGetString("absent", out _));
        GgufException wrong = Assert.Throws<GgufException>(() => _file.Metadata.GetSingle("general.name"));
        Assert.Contains("key 'general.name' is String", wrong.Message);
        Assert.NotNull(wrong.Offset);
    }

    [Fact]
    public unsafe void A_closed_file_gives_no_pointer()
    {
        GgufTensor tensor = _file.Tensors[0];
        _file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _file.Pointer(tensor) == null);
    }
}
