using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BitNet.Engine.Gguf;
using BitNet.Engine.Model;

namespace BitNet.Engine.Tests.Synthesis;

public class SyntheticModelTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        using var folder = new TemporaryFolder();
        byte[] first = Write(folder, "first.gguf", 1);
        byte[] second = Write(folder, "second.gguf", 1);
        byte[] other = Write(folder, "other.gguf", 2);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    // Fails when anything about the generator changes; then every stored figure and golden of the tiny model is void too.
    [Fact]
    public void Seed_1_of_the_tiny_shape_has_this_digest_on_every_machine()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("646d4534ef7c0b98c5a88c12957e658528db23db504ddad5dd1883a1067c7a4e", Convert.ToHexStringLower(SHA256.HashData(Write(folder, "model.gguf", 1))));
    }

    // So neither the number of cores nor the size of the pieces can show in the file.
    [Fact]
    public void A_tensor_made_in_pieces_is_the_tensor_made_at_once()
    {
        foreach (GgufTensor tensor in SyntheticModel.Header(SyntheticShape.Tiny, 1).Tensors)
        {
            var whole = new byte[tensor.Bytes];
            SyntheticTensors.Fill(SyntheticShape.Tiny, 1, tensor, 0, whole);
            var pieces = new byte[tensor.Bytes];
            for (int at = 0; at < pieces.Length; at += 480)
                SyntheticTensors.Fill(SyntheticShape.Tiny, 1, tensor, at, pieces.AsSpan(at, Math.Min(480, pieces.Length - at)));
            Assert.Equal(whole, pieces);
        }
    }

    [Theory]
    [InlineData("tiny", 1_000_000)]
    [InlineData("small", 12_000_000)]
    public void A_written_model_opens_and_loads(string name, long mostBytes)
    {
        using var folder = new TemporaryFolder();
        var shape = SyntheticShape.Parse(name);
        string path = folder.File("model.gguf");
        SyntheticModel.Write(path, shape, 7, cancellationToken: TestContext.Current.CancellationToken);
        using var file = GgufFile.Open(path);
        Assert.InRange(file.Length, 1, mostBytes);
        Assert.Equal(24, file.Metadata.Entries.Count);
        Assert.Equal(2 + 11 * shape.BlockCount, file.Tensors.Count);
        Assert.True(SyntheticModel.IsSynthetic(file.Metadata));
        Assert.Equal($"synthetic-{name}-seed7", file.Metadata.GetString("general.name"));
        using var weights = ModelWeights.Open(path);
        Assert.Equal(shape.BlockCount, weights.Layers.Count);
        Assert.Equal(file.Length, file.Tensors[^1].Offset + file.Tensors[^1].Bytes);
    }

    [Fact]
    public unsafe void Codes_are_a_third_zeros_and_balanced()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "model.gguf", 1);
        using var file = GgufFile.Open(folder.File("model.gguf"));
        GgufTensor tensor = file.Tensor("blk.0.ffn_up.weight");
        var codes = new byte[tensor.Elements];
        I2SCodes.Unpack(new ReadOnlySpan<byte>(file.Pointer(tensor), codes.Length / 4), codes);
        // 196,608 draws: the standard deviation of a count is 209.
        for (byte code = 0; code <= 2; code++) Assert.InRange(codes.Count(c => c == code), 65_536 - 1_050, 65_536 + 1_050);
    }

    [Fact]
    public unsafe void Embeddings_are_centred_and_norm_gains_vary()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "model.gguf", 1);
        using var file = GgufFile.Open(folder.File("model.gguf"));
        GgufTensor embedding = file.Tensor("token_embd.weight");
        Half[] values = MemoryMarshal.Cast<byte, Half>(new ReadOnlySpan<byte>(file.Pointer(embedding), (int)embedding.Bytes)).ToArray();
        Assert.InRange(values.Average(value => (float)value), -0.01, 0.01);
        Assert.InRange(Math.Sqrt(values.Average(value => (double)value * (double)value)), 0.55, 0.6);
        GgufTensor norm = file.Tensor("blk.1.attn_norm.weight");
        float[] gains = MemoryMarshal.Cast<byte, float>(new ReadOnlySpan<byte>(file.Pointer(norm), (int)norm.Bytes)).ToArray();
        Assert.All(gains, gain => Assert.InRange(gain, 0.5f, 1.5f));
        Assert.True(gains.Distinct().Count() > 100);
    }

    [Fact]
    public void Progress_reaches_the_size_of_the_file()
    {
        using var folder = new TemporaryFolder();
        var reports = new List<SyntheticProgress>();
        SyntheticModel.Write(folder.File("model.gguf"), SyntheticShape.Tiny, 1, new Collector(reports), TestContext.Current.CancellationToken);
        long length = new FileInfo(folder.File("model.gguf")).Length;
        Assert.Equal(new SyntheticProgress(length, length), reports[^1]);
        Assert.True(reports.Zip(reports.Skip(1)).All(pair => pair.First.BytesWritten <= pair.Second.BytesWritten));
    }

    [Fact]
    public void Cancelled_it_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        var cancel = new Collector([], source.Cancel);
        Assert.Throws<OperationCanceledException>(() => SyntheticModel.Write(folder.File("model.gguf"), SyntheticShape.Small, 1, cancel, source.Token));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void An_unknown_shape_is_named_with_the_known_ones() =>
        Assert.Equal("synthetic shape 'huge'; expected tiny, small, 2b", Assert.Throws<ArgumentException>(() => SyntheticShape.Parse("huge")).Message);

    private static byte[] Write(TemporaryFolder folder, string name, ulong seed)
    {
        SyntheticModel.Write(folder.File(name), SyntheticShape.Tiny, seed);
        return File.ReadAllBytes(folder.File(name));
    }

    private sealed class Collector(List<SyntheticProgress> reports, Action? then = null) : IProgress<SyntheticProgress>
    {
        public void Report(SyntheticProgress value)
        {
            reports.Add(value);
            then?.Invoke();
        }
    }
}
