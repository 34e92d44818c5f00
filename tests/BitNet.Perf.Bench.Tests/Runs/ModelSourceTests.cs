using BitNet.Engine.Gguf;
using BitNet.Engine.Model;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Tests.Workloads;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Bench.Tests.Runs;

public sealed class ModelSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ModelSource Resolve(string model) => ModelSource.Resolve(model, Plans.Host, _folder.Path, NoRunProgress.Instance, TestContext.Current.CancellationToken);

    [Fact]
    public void A_synthetic_model_is_made_once_and_then_found()
    {
        var first = Resolve("synthetic:tiny");
        var made = File.GetLastWriteTimeUtc(first.Path);
        Assert.Equal(first, Resolve("synthetic:tiny"));
        Assert.Equal(made, File.GetLastWriteTimeUtc(first.Path));
        Assert.Null(first.Warning);
    }

    [Fact]
    public void A_truncated_model_in_the_cache_is_made_again()
    {
        var first = Resolve("synthetic:tiny");
        var whole = new FileInfo(first.Path).Length;
        using (var stream = File.OpenWrite(first.Path))
            stream.SetLength(whole / 2);
        Assert.Equal(whole, new FileInfo(Resolve("synthetic:tiny").Path).Length);
    }

    [Theory]
    [InlineData("synthetic:tiny")]
    [InlineData("synthetic:small")]
    public void The_shape_told_in_advance_is_the_shape_of_the_file(string model) =>
        Assert.Equal(WorkerResources.ReadShape(Resolve(model).Path), ModelSource.ShapeOf(model));

    [Fact]
    public void An_unknown_shape_is_refused_with_those_there_are()
    {
        var e = Assert.Throws<RunRefusedException>(() => Resolve("synthetic:huge"));
        Assert.Equal("synthetic shape 'huge'; expected tiny, small, 2b", e.Message);
    }

    [Fact]
    public void A_missing_file_is_refused_by_name()
    {
        var e = Assert.Throws<RunRefusedException>(() => Resolve("no-such.gguf"));
        Assert.Equal("no-such.gguf: no such file; expected a GGUF file or synthetic:2b, synthetic:small, synthetic:tiny", e.Message);
    }

    [Fact]
    public void Where_memory_is_short_the_small_model_is_taken_and_the_receipt_says_so()
    {
        var poor = Plans.Host with { MemoryBytes = 1L << 30 };
        var source = ModelSource.Resolve("synthetic:2b", poor, _folder.Path, NoRunProgress.Instance, TestContext.Current.CancellationToken);
        Assert.Equal("small-model-substituted", source.Warning!.Code);
        Assert.StartsWith("1024 MiB of memory are too few", source.Warning.Message, StringComparison.Ordinal);
        Assert.Equal(ModelSource.ShapeOf("synthetic:small"), WorkerResources.ReadShape(source.Path));
    }

    [Fact]
    public void Enough_of_everything_is_no_shortage() => Assert.Null(ModelSource.Shortage(SyntheticShape.Tiny, Plans.Host with { MemoryBytes = 8L << 30 }, _folder.Path));

    [Fact]
    public void A_model_is_described_by_its_tensors_and_digest()
    {
        var (description, shape) = ModelProbe.Describe(TinyResources.ModelPath, _folder.Path);
        Assert.Equal(("tiny-seed1.gguf", "I2_S", "F16"), (description.File, description.Format, description.HeadFormat));
        Assert.Equal(shape.EmbeddingLength, description.Shape.Embedding);
        Assert.Equal(new FileInfo(TinyResources.ModelPath).Length, description.Bytes);
        Assert.Matches("^[0-9a-f]{64}$", description.Sha256);
        // Embedding 512×256; per layer 2·256² + 2·128·256 + 3·768·256 weights and 256·3 + 768 gains; 256 gains at the end.
        Assert.Equal(512L * 256 + 2 * (2 * 256 * 256 + 2 * 128 * 256 + 3 * 768 * 256 + 3 * 256 + 768) + 256, description.Parameters);
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused()
    {
        File.WriteAllText(_folder["not.gguf"], "not a model at all");
        Assert.Throws<GgufException>(() => ModelProbe.Describe(_folder["not.gguf"], _folder.Path));
    }
}
