using System.Text;
using BitNet.Engine.Gguf;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Model;

/// <summary>A sound file with one thing changed: loading must name it, never compute with it.</summary>
public sealed class ModelLoadTests : IDisposable
{
    private static readonly string Sound = Path.Combine(AppContext.BaseDirectory, "fixtures", "goldens", "tiny-seed1.gguf");
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"bitnet-load-{Guid.NewGuid():n}.gguf");
    private readonly byte[] _bytes = File.ReadAllBytes(Sound);

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Dimensions_come_from_the_metadata()
    {
        using ModelWeights weights = ModelWeights.Open(Sound);
        Assert.Equal(
            new ModelShape("bitnet-b1.58", "synthetic-tiny-1", 512, 256, 256, 2, 768, 4, 2, 64, 64, 500_000f, 1e-5f), weights.Shape);
        Assert.Equal(2L * (2 * 256 * 256 + 2 * 128 * 256 + 3 * 768 * 256), weights.Shape.LinearMultiplyAdds);
        Assert.Equal(weights.Shape.LinearMultiplyAdds / 4, weights.LinearBytes);
    }

    [Fact]
    public void Code_3_is_refused_with_its_offset()
    {
        GgufTensor tensor = Tensor("blk.1.ffn_up.weight");
        _bytes[tensor.Offset + 1234] |= 0b0000_1100;
        GgufException refused = Refused();
        Assert.Contains("code 3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("blk.1.ffn_up.weight", refused.Message, StringComparison.Ordinal);
        Assert.Equal(tensor.Offset + 1234, refused.Offset);
    }

    [Fact]
    public void The_unused_trailer_of_I2_S_is_not_looked_at()
    {
        GgufTensor tensor = Tensor("blk.1.ffn_up.weight");
        for (int i = 4; i < 32; i++) _bytes[tensor.Offset + tensor.Elements / 4 + i] = 0xff;
        Write();
        using ModelWeights weights = ModelWeights.Open(_path);
        Assert.Equal(2, weights.Layers.Count);
    }

    [Theory]
    [InlineData("token_embd.weight", 2 * 777, new byte[] { 0x00, 0x7c }, 2 * 777)]
    [InlineData("token_embd.weight", 2 * 100, new byte[] { 0x01, 0xfe }, 2 * 100)]
    [InlineData("output_norm.weight", 4 * 255, new byte[] { 0, 0, 0xc0, 0x7f }, 4 * 255)]
    public void A_weight_that_is_not_finite_is_refused_with_its_offset(string name, int at, byte[] value, int offset)
    {
        GgufTensor tensor = Tensor(name);
        value.CopyTo(_bytes, tensor.Offset + at);
        GgufException refused = Refused();
        Assert.Contains("not finite", refused.Message, StringComparison.Ordinal);
        Assert.Equal(tensor.Offset + offset, refused.Offset);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_scale_that_cannot_be_one_is_refused(float scale)
    {
        GgufTensor tensor = Tensor("blk.0.attn_k.weight");
        BitConverter.GetBytes(scale).CopyTo(_bytes, tensor.Offset + tensor.Elements / 4);
        Assert.Contains("scale of blk.0.attn_k.weight", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_architecture_is_refused_by_name()
    {
        Replace("bitnet-b1.58", "bitnet-b9.99");
        string message = Refused().Message;
        Assert.Contains("'bitnet-b9.99'", message, StringComparison.Ordinal);
        Assert.Contains("bitnet-25", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bitnet-b1.58.block_count", "bitnet-b1.58.block_coXnt")]
    [InlineData("bitnet-b1.58.embedding_length", "bitnet-b1.58.embedding_lengtX")]
    [InlineData("bitnet-b1.58.attention.layer_norm_rms_epsilon", "bitnet-b1.58.attention.layer_norm_rms_epsiloX")]
    public void A_missing_key_is_named(string key, string other)
    {
        Replace(key, other);
        Assert.Contains(key, Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blk.1.ffn_sub_norm.weight", "blk.1.ffn_sub_norX.weight")]
    [InlineData("blk.0.attn_q.weight", "blk.0.attn_X.weight")]
    public void A_missing_tensor_is_named(string name, string other)
    {
        Replace(name, other);
        Assert.Contains(name, Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("embedding_length", 128u)]
    [InlineData("embedding_length", 0u)]
    [InlineData("block_count", 3u)]
    [InlineData("block_count", uint.MaxValue)]
    [InlineData("feed_forward_length", 512u)]
    [InlineData("attention.head_count", 3u)]
    [InlineData("attention.head_count_kv", 4u)]
    [InlineData("rope.dimension_count", 63u)]
    [InlineData("rope.dimension_count", 66u)]
    public void A_dimension_that_does_not_fit_the_tensors_is_refused(string suffix, uint value)
    {
        byte[] key = Encoding.UTF8.GetBytes($"bitnet-b1.58.{suffix}");
        int at = _bytes.AsSpan().IndexOf(key) + key.Length + sizeof(uint);
        BitConverter.GetBytes(value).CopyTo(_bytes, at);
        Refused();
    }

    [Fact]
    public void A_tensor_of_another_type_is_refused_with_both_types()
    {
        // A norm of type F32 (0) becomes I32 (26), which has the same size.
        byte[] name = Encoding.UTF8.GetBytes("blk.0.attn_norm.weight");
        int type = _bytes.AsSpan().IndexOf(name) + name.Length + sizeof(uint) + sizeof(ulong);
        BitConverter.GetBytes(26u).CopyTo(_bytes, type);
        string message = Refused().Message;
        Assert.Contains("I32", message, StringComparison.Ordinal);
        Assert.Contains("F32", message, StringComparison.Ordinal);
    }

    private static GgufTensor Tensor(string name)
    {
        using GgufFile file = GgufFile.Open(Sound);
        return file.Tensor(name);
    }

    private void Replace(string text, string other)
    {
        int at = _bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        Assert.True(at > 0);
        Encoding.UTF8.GetBytes(other).CopyTo(_bytes, at);
    }

    private void Write() => File.WriteAllBytes(_path, _bytes);

    private GgufException Refused()
    {
        Write();
        GgufException refused = Assert.Throws<GgufException>(() => ModelWeights.Open(_path).Dispose());
        Assert.DoesNotContain('\n', refused.Message);
        return refused;
    }
}
