using System.Text.Json;

namespace BitNet.Perf.Cli.Tests.Commands;

public class ModelInspectCommandTests
{
    [Fact]
    public async Task The_text_lists_every_key_and_every_tensor()
    {
        CommandRun run = await CommandRun.Of("model", "inspect", Fixture.TinyModel);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("metadata (21)", run.Output);
        Assert.Contains("tensors (24, ", run.Output);
        Assert.Matches(@"  bitnet-b1\.58\.embedding_length +UInt32 +256\n", run.Output);
        Assert.Matches(@"  blk\.1\.ffn_down\.weight +I2_S +768×256 +49184 bytes at \d+\n", run.Output);
    }

    [Fact]
    public async Task The_json_holds_the_same()
    {
        CommandRun run = await CommandRun.Of("model", "inspect", Fixture.TinyModel, "--json");
        Assert.Equal(ExitCode.Done, run.Code);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement root = json.RootElement;
        Assert.Equal("tiny-seed1.gguf", root.GetProperty("file").GetString());
        Assert.Equal(681_408, root.GetProperty("bytes").GetInt64());
        Assert.Equal(21, root.GetProperty("metadata").GetArrayLength());
        JsonElement tokens = root.GetProperty("metadata").EnumerateArray().Single(e => e.GetProperty("key").GetString() == "tokenizer.ggml.tokens");
        Assert.Equal(512, tokens.GetProperty("count").GetInt64());
        JsonElement embedding = root.GetProperty("tensors").EnumerateArray().Single(e => e.GetProperty("name").GetString() == "token_embd.weight");
        Assert.Equal("F16", embedding.GetProperty("type").GetString());
        Assert.Equal([256, 512], embedding.GetProperty("dimensions").EnumerateArray().Select(d => d.GetInt32()));
        // 2 layers of 3·256·768 + 2·256·256 + 2·128·256 ternary weights and 4 norms, the embedding and the last norm.
        Assert.Equal(2 * (3 * 256 * 768 + 2 * 256 * 256 + 2 * 128 * 256 + 3 * 256 + 768) + 512 * 256 + 256, root.GetProperty("parameters").GetInt64());
    }
}
