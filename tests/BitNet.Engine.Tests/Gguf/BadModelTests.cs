using System.Text;
using BitNet.Engine.Gguf;
using BitNet.Engine.Kernels;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Gguf;

/// <summary>Sound containers that are no usable model: the loader names what is wrong. Each case changes one thing in a sound model.</summary>
public sealed class BadModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;
    private readonly byte[] _sound;

    public BadModelTests()
    {
        _path = _folder.File("tiny.gguf");
        SyntheticModel.Write(_path, SyntheticShape.Tiny, 1);
        _sound = File.ReadAllBytes(_path);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("general.architecture")]
    [InlineData("bitnet-b1.58.context_length")]
    [InlineData("bitnet-b1.58.embedding_length")]
    [InlineData("bitnet-b1.58.block_count")]
    [InlineData("bitnet-b1.58.feed_forward_length")]
    [InlineData("bitnet-b1.58.attention.head_count")]
    [InlineData("bitnet-b1.58.attention.layer_norm_rms_epsilon")]
    public void A_missing_key_is_named(string key)
    {
        Replace(key, "x" + key[1..]);
        Assert.Contains($"key '{key}' is missing", Refusal().Message);
    }

    [Theory]
    [InlineData("token_embd.weight")]
    [InlineData("output_norm.weight")]
    [InlineData("blk.0.attn_q.weight")]
    [InlineData("blk.1.ffn_sub_norm.weight")]
    public void A_missing_tensor_is_named(string name)
    {
        Replace(name, "x" + name[1..]);
        Assert.Contains($"tensor '{name}' is missing", Refusal().Message);
    }

    // "bitnet" is another graph under the same family's name (spec 1.4).
    [Theory]
    [InlineData("bitnet")]
    [InlineData("llama")]
    public void Another_architecture_is_refused_by_name(string architecture)
    {
        string path = RawGguf.Start(entries: 1).Key("general.architecture", 8).Text(architecture).Write(_folder);
        GgufException refusal = Assert.Throws<GgufException>(() => ModelWeights.Open(path));
        Assert.Contains($"architecture '{architecture}' is not supported; expected bitnet-b1.58 or bitnet-25", refusal.Message);
    }

    [Fact]
    public void A_tensor_of_another_type_is_named_with_both()
    {
        // TL1 has the same size as I2_S, so the container stays sound.
        int entry = IndexOf("blk.1.attn_k.weight") + "blk.1.attn_k.weight".Length;
        _sound[entry + 4 + 16] = (byte)GgmlType.TL1;
        GgufException refusal = Refusal();
        Assert.Contains("blk.1.attn_k.weight is TL1", refusal.Message);
        Assert.Contains("expected I2_S", refusal.Message);
    }

    [Theory]
    [InlineData("blk.0.ffn_down.weight", 0)]
    [InlineData("blk.0.ffn_down.weight", 49_151)]
    [InlineData("blk.1.attn_v.weight", 5_000)]
    public void A_code_3_is_found_wherever_it_is(string name, int at)
    {
        long offset = Offset(name) + at;
        _sound[offset] |= 0x30;
        GgufException refusal = Refusal();
        Assert.Contains(name, refusal.Message);
        Assert.Contains("code 3", refusal.Message);
        Assert.Equal(offset, refusal.Offset);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1f)]
    public void A_scale_no_weight_can_have_is_refused(float scale)
    {
        const string Name = "blk.1.ffn_up.weight";
        BitConverter.TryWriteBytes(_sound.AsSpan((int)Offset(Name) + 256 * 768 / 4), scale);
        Assert.Contains(Name, Refusal().Message);
    }

    // The 28 bytes after the scale are unspecified (spec 2.3): a reader must not look at them.
    [Fact]
    public void Anything_may_stand_after_the_scale()
    {
        long trailer = Offset("blk.1.ffn_up.weight") + 256 * 768 / 4 + 4;
        _sound.AsSpan((int)trailer, 28).Fill(0xFF);
        File.WriteAllBytes(_path, _sound);
        using var weights = ModelWeights.Open(_path);
        Assert.Equal(2, weights.Layers.Count);
    }

    // The file is sound as far as anybody can tell; what a context takes is allocated when a state of that size is made, not before.
    [Fact]
    public void A_context_length_that_nobody_uses_costs_nothing()
    {
        BitConverter.TryWriteBytes(_sound.AsSpan(IndexOf("bitnet-b1.58.context_length") + "bitnet-b1.58.context_length".Length + 4), 1 << 24);
        File.WriteAllBytes(_path, _sound);
        using var weights = ModelWeights.Open(_path);
        Assert.Equal(1 << 24, weights.Shape.ContextLength);
        using var pool = new WorkerPool(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using var transformer = new Transformer(weights, KernelCatalog.Choose(), pool);
        using var state = new RunState(weights.Shape, 4, 4);
        transformer.Forward(state, [1, 2]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private GgufException Refusal()
    {
        File.WriteAllBytes(_path, _sound);
        GgufException refusal = Assert.Throws<GgufException>(() => ModelWeights.Open(_path).Dispose());
        Assert.DoesNotContain('\n', refusal.Message);
        return refusal;
    }

    private long Offset(string name)
    {
        using var file = GgufFile.Open(_path);
        return file.Tensor(name).Offset;
    }

    private int IndexOf(string text) => _sound.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));

    private void Replace(string text, string by) => Encoding.UTF8.GetBytes(by).CopyTo(_sound, IndexOf(text));
}
