using BitNet.Engine.Gguf;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Tests.Workloads;

namespace BitNet.Perf.Bench.Tests.Runs;

public class ModelFactsTests
{
    [Fact]
    public void The_tokenizer_is_told_from_the_file_s_metadata()
    {
        using var file = GgufFile.Open(TinyResources.ModelPath);
        var tokenizer = ModelFacts.Tokenizer(file.Metadata)!;
        Assert.Equal((file.Metadata.GetString("tokenizer.ggml.model"), file.Metadata.GetStrings("tokenizer.ggml.tokens").Length), (tokenizer.Kind, tokenizer.Vocabulary));
        Assert.Equal(
            file.Metadata.GetStrings("tokenizer.ggml.tokens").Concat(file.Metadata.GetStrings("tokenizer.ggml.merges")).Sum(text => (long)System.Text.Encoding.UTF8.GetByteCount(text)), tokenizer.Bytes);
    }

    [Theory]
    [InlineData("/w/models/a.gguf", "models/a.gguf")]
    [InlineData("/w/cache/models/a.gguf", "cache:models/a.gguf")]
    [InlineData("/x/a.gguf", null)]
    [InlineData("/w/root/a/home/b/a.gguf", null)]
    public void A_path_is_told_from_the_working_folder_or_that_for_caches_only(string file, string? expected) =>
        Assert.Equal(expected, ModelFacts.PathOf(file, "/w/cache", "/w"));
}
