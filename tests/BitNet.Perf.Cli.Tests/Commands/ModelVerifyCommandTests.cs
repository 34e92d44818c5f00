using System.Text.Json.Nodes;

namespace BitNet.Perf.Cli.Tests.Commands;

public sealed class ModelVerifyCommandTests : IDisposable
{
    private static readonly string Published = Path.Combine(AppContext.BaseDirectory, "Goldens", "bitnet-b1.58-2b-4t.json");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a", 14)]
    [InlineData("b", 25)]
    public async Task The_tiny_model_computes_its_goldens(string prompt, int positions)
    {
        CommandRun run = await Verify(Fixture.TinyModel, Fixture.Golden(prompt));
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        Assert.Contains($"golden     {positions} positions, all logits: cosine at least 0.999", run.Output);
    }

    [Fact]
    public async Task A_sound_file_is_described_and_without_a_golden_nothing_is_claimed_about_what_it_computes()
    {
        CommandRun run = await CommandRun.Of("model", "verify", Fixture.TinyModel);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("tiny-seed1.gguf: sound\n", run.Output);
        Assert.Contains("shape      bitnet-b1.58: 2 layers, width 256, feed-forward 768, 4/2 heads of 64, vocabulary 512, context 256\n", run.Output);
        Assert.Contains("sha256     4518795865258c62b3d29294dcc9a43a296838a4aa2b409fe01cf11de810197b\n", run.Output);
        Assert.Contains("golden     none for this file: what it computes was not compared", run.Output);
    }

    [Fact]
    public async Task Another_models_golden_is_5()
    {
        await CommandRun.Of("model", "synth", _folder["other.gguf"], "--shape", "tiny", "--seed", "2");
        CommandRun run = await Verify(_folder["other.gguf"], Fixture.Golden("a"));
        Assert.Equal(ExitCode.WrongResult, run.Code);
        Assert.Contains("  differs: position 0: cosine ", run.Output);
        Assert.Contains("note       the golden is for 'synthetic-tiny-1', the file calls itself 'synthetic-tiny-seed2'\n", run.Output);
        Assert.StartsWith("bitnet-perf model verify: the golden differs in ", run.ErrorLine);
    }

    // One weight matrix with all its codes mirrored is still a sound file.
    [Fact]
    public async Task A_sound_file_with_other_weights_is_5()
    {
        long offset;
        using (var file = Engine.Gguf.GgufFile.Open(Fixture.TinyModel)) offset = file.Tensor("blk.0.attn_v.weight").Offset;
        string path = _folder.Altered(Fixture.TinyModel, b =>
        {
            for (long i = offset; i < offset + 128 * 256 / 4; i++) b[i] = (byte)(0xAA - b[i]);
        });
        CommandRun run = await Verify(path, Fixture.Golden("a"));
        Assert.Equal(ExitCode.WrongResult, run.Code);
        Assert.Contains("the golden differs in ", run.ErrorLine);
    }

    [Fact]
    public async Task Without_the_logits_file_the_known_logits_are_compared()
    {
        string golden = _folder["golden.json"];
        File.Copy(Fixture.Golden("a"), golden);
        CommandRun run = await Verify(Fixture.TinyModel, golden);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("14 positions, 8 logits a position (no .f32 beside the golden)", run.Output);
        AlterGolden(golden, root => root["positions"]![3]!["top8"]![0] = 7);
        run = await Verify(Fixture.TinyModel, golden);
        Assert.Equal(ExitCode.WrongResult, run.Code);
        Assert.Contains("position 3: most likely id 390, the golden has 7 ahead by 0.", run.ErrorLine + run.Output);
    }

    [Fact]
    public async Task A_golden_that_is_missing_or_a_folder_is_65()
    {
        Assert.Contains("none.json: no such file", await BadGolden(_folder["none.json"]));
        Assert.Contains("is a folder", await BadGolden(_folder.Path));
    }

    [Fact]
    public async Task A_golden_that_is_no_json_is_65_with_the_line()
    {
        await File.WriteAllTextAsync(_folder["g.json"], "{\n\"model\": oops}", TestContext.Current.CancellationToken);
        Assert.Contains("g.json: not a golden file at line 2", await BadGolden(_folder["g.json"]));
    }

    [Theory]
    [InlineData("prompt", "not a golden file")]
    [InlineData("positions", "not a golden file")]
    public async Task A_golden_without_a_part_is_65(string part, string expected)
    {
        string golden = CopyOfGolden(root => root.Remove(part));
        Assert.Contains(expected, await BadGolden(golden));
    }

    [Fact]
    public async Task A_golden_with_more_positions_than_tokens_is_65() =>
        Assert.Contains("14 positions for 6 prompt and 0 generated tokens; expected 1 to 6", await BadGolden(CopyOfGolden(root => root["generated"] = new JsonArray())));

    [Fact]
    public async Task A_golden_of_a_larger_vocabulary_is_65() =>
        Assert.Contains("names token 512; expected ids 0 to 511", await BadGolden(CopyOfGolden(root => root["prompt"]![2] = 512)));

    [Fact]
    public async Task A_logits_file_of_another_length_is_65()
    {
        string golden = CopyOfGolden(_ => { });
        await File.WriteAllBytesAsync(_folder["golden.f32"], new byte[4 * 511], TestContext.Current.CancellationToken);
        Assert.Contains("golden.f32: holds 511 logits; expected 14 positions × 512", await BadGolden(golden));
    }

    [Fact]
    public async Task A_logits_file_that_is_cut_is_65()
    {
        string golden = CopyOfGolden(_ => { });
        await File.WriteAllBytesAsync(_folder["golden.f32"], new byte[4 * 14 * 512 - 1], TestContext.Current.CancellationToken);
        Assert.Contains("golden.f32: has 28671 bytes; expected a whole number of float32", await BadGolden(golden));
    }

    [Fact]
    public async Task A_golden_position_without_its_ids_is_65()
    {
        Assert.Contains("position 2 lacks its most likely ids", await BadGolden(CopyOfGolden(root => root["positions"]![2] = null)));
        File.Delete(_folder["golden.json"]);
        Assert.Contains("position 2 lacks its most likely ids", await BadGolden(CopyOfGolden(root => root["positions"]![2]!["top8"] = new JsonArray(1))));
    }

    [Fact]
    public async Task A_published_golden_with_an_empty_prompt_is_65()
    {
        JsonObject root = JsonNode.Parse(await File.ReadAllTextAsync(Published, TestContext.Current.CancellationToken))!.AsObject();
        root["prompt"] = new JsonArray();
        await File.WriteAllTextAsync(_folder["p.json"], root.ToJsonString(), TestContext.Current.CancellationToken);
        Assert.Contains("p.json: has an empty prompt, tensor or text", await BadGolden(_folder["p.json"]));
    }

    [Fact]
    public async Task The_published_golden_of_the_real_file_does_not_fit_a_smaller_vocabulary()
    {
        CommandRun run = await CommandRun.Of("model", "verify", Fixture.TinyModel, "--golden", Published);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("names token 128000; the model has ids 0 to 511", run.ErrorLine);
    }

    private static Task<CommandRun> Verify(string model, string golden) => CommandRun.Of("model", "verify", model, "--golden", golden);

    private static async Task<string> BadGolden(string golden)
    {
        CommandRun run = await Verify(Fixture.TinyModel, golden);
        Assert.Equal(ExitCode.BadInput, run.Code);
        return run.ErrorLine;
    }

    /// <summary>A copy of golden a's JSON alone, changed.</summary>
    private string CopyOfGolden(Action<JsonObject> change)
    {
        string golden = _folder["golden.json"];
        File.Copy(Fixture.Golden("a"), golden);
        AlterGolden(golden, change);
        return golden;
    }

    private static void AlterGolden(string golden, Action<JsonObject> change)
    {
        JsonObject root = JsonNode.Parse(File.ReadAllText(golden))!.AsObject();
        change(root);
        File.WriteAllText(golden, root.ToJsonString());
    }
}
