using System.Runtime.InteropServices;
using System.Text.Json;
using BitNet.Engine.Kernels;
using BitNet.Engine.Model;
using BitNet.Perf.Cli.Goldens;

namespace BitNet.Perf.Cli.Tests.Commands;

public sealed class ModelEvalCommandTests : IDisposable
{
    /// <summary>The prompt and the greedy continuation of golden a.</summary>
    private const string Prompt = "510,289,101,32,99,309";
    private static readonly int[] Continuation = [149, 505, 127, 237, 505, 505, 127, 237];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_json_has_the_golden_continuation_and_an_entry_for_each_prompt_and_generated_token()
    {
        JsonElement root = await EvaluateJson("--tokens", Prompt, "--generate", "8");
        Assert.Equal(Continuation, root.GetProperty("generated").EnumerateArray().Select(e => e.GetInt32()));
        JsonElement[] positions = [.. root.GetProperty("positions").EnumerateArray()];
        Assert.Equal(14, positions.Length);
        foreach (JsonElement position in positions)
        {
            float[] logits = [.. position.GetProperty("top").EnumerateArray().Select(t => t.GetProperty("logit").GetSingle())];
            Assert.Equal(8, logits.Length);
            Assert.Equal(logits.OrderDescending(), logits);
        }

        // Greedy: what is generated is what was most likely one position before.
        int[] best = [.. positions.Select(p => p.GetProperty("top")[0].GetProperty("token").GetInt32())];
        Assert.Equal(Continuation, best[5..13]);
    }

    [Fact]
    public async Task Without_generate_only_the_prompt_is_evaluated()
    {
        JsonElement root = await EvaluateJson("--tokens", "1,2,3");
        Assert.Empty(root.GetProperty("generated").EnumerateArray());
        Assert.Equal(3, root.GetProperty("positions").GetArrayLength());
    }

    [Fact]
    public async Task The_logits_file_holds_every_position_and_agrees_with_the_reference()
    {
        string path = _folder["out.f32"];
        JsonElement root = await EvaluateJson("--tokens", Prompt, "--generate", "8", "--logits", path);
        float[] logits = Floats(path);
        Assert.Equal(14 * Fixture.Vocabulary, logits.Length);
        float[] reference = Floats(Path.ChangeExtension(Fixture.Golden("a"), ".f32"));
        for (int position = 0; position < 14; position++)
        {
            Range row = (position * Fixture.Vocabulary)..((position + 1) * Fixture.Vocabulary);
            Assert.True(ReferenceGolden.Cosine(reference[row], logits[row]) >= ReferenceGolden.LeastCosine);
            JsonElement top = root.GetProperty("positions")[position].GetProperty("top")[0];
            Assert.Equal(logits[row].Max(), top.GetProperty("logit").GetSingle());
            Assert.Equal(logits[row][top.GetProperty("token").GetInt32()], top.GetProperty("logit").GetSingle());
        }
        Assert.Equal(["out.f32"], _folder.Files);
    }

    // Ternary products are exact, so neither the kernel nor the threads may change a bit.
    [Fact]
    public async Task Every_kernel_and_any_number_of_threads_give_the_same_document()
    {
        string expected = (await Evaluate("--tokens", Prompt, "--generate", "8", "--json", "--threads", "1")).Output;
        foreach (TernaryKernel kernel in KernelCatalog.Available)
        {
            foreach (string threads in new[] { "1", "2", "3" })
                Assert.Equal(expected, (await Evaluate("--tokens", Prompt, "--generate", "8", "--json", "--kernel", kernel.Name, "--threads", threads)).Output);
        }
    }

    // The agreement is what the two heads' logits files say.
    [Theory]
    [InlineData("q8_0")]
    [InlineData("q6_k")]
    public async Task Of_a_lossy_head_it_is_told_how_far_it_agrees_with_the_F16_head(string head)
    {
        string tokens = string.Join(',', Enumerable.Range(0, 100).Select(i => 5 * i));
        JsonElement agreement = (await EvaluateJson("--tokens", tokens, "--head", head, "--logits", _folder["lossy.f32"])).GetProperty("agreement");
        await EvaluateJson("--tokens", tokens, "--head", "f16", "--logits", _folder["exact.f32"]);
        float[] lossy = Floats(_folder["lossy.f32"]), exact = Floats(_folder["exact.f32"]);
        int agreeing = lossy.Chunk(Fixture.Vocabulary).Zip(exact.Chunk(Fixture.Vocabulary)).Count(pair => Sampler.LargestIndex(pair.First) == Sampler.LargestIndex(pair.Second));
        Assert.InRange(agreeing, 50, 100);
        Assert.Equal((head, 100, agreeing), (agreement.GetProperty("head").GetString(), agreement.GetProperty("positions").GetInt32(), agreement.GetProperty("agreeing").GetInt32()));
        float deviation = lossy.Zip(exact, (a, b) => MathF.Abs(a - b)).Max(), largest = exact.Max(MathF.Abs);
        Assert.True(deviation > 0);
        Assert.Equal((deviation, largest), (agreement.GetProperty("largestDeviation").GetSingle(), agreement.GetProperty("largestLogit").GetSingle()));
        CommandRun text = await Evaluate("--tokens", tokens, "--head", head);
        Assert.Contains($"head {head}, lossy: the F16 head's most likely token at {agreeing} of 100 positions; largest deviation of a logit ", text.Output);
    }

    [Fact]
    public async Task The_reference_evaluates_the_tokens_that_the_lossy_head_generates()
    {
        JsonElement agreement = (await EvaluateJson("--tokens", "1,2", "--generate", "20", "--head", "q6_k")).GetProperty("agreement");
        Assert.Equal(22, agreement.GetProperty("positions").GetInt32());
        // On other tokens the logits would be others altogether.
        Assert.InRange(agreement.GetProperty("largestDeviation").GetSingle() / agreement.GetProperty("largestLogit").GetSingle(), 0, 0.1f);
    }

    [Fact]
    public async Task The_F16_head_by_name_is_the_one_without_and_has_nothing_to_agree_with()
    {
        string expected = (await Evaluate("--tokens", Prompt, "--json")).Output;
        Assert.Equal(expected, (await Evaluate("--tokens", Prompt, "--json", "--head", "f16")).Output);
        Assert.DoesNotContain("agreement", expected);
    }

    // Longer than one batch of positions.
    [Fact]
    public async Task A_long_prompt_is_evaluated_whole()
    {
        JsonElement root = await EvaluateJson("--tokens", string.Join(',', Enumerable.Range(0, 100)));
        Assert.Equal(100, root.GetProperty("positions").GetArrayLength());
    }

    [Fact]
    public async Task The_text_shows_each_position_and_the_generated_ids()
    {
        CommandRun run = await Evaluate("--tokens", Prompt, "--generate", "8");
        Assert.Contains("generated (*): 149,505,127,237,505,505,127,237\n", run.Output);
        Assert.Equal(1 + 14 + 1, run.Output.TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData("--tokens is empty", "--tokens", "")]
    [InlineData("Option '--tokens' is required", "--json")]
    [InlineData("--tokens has 'x' in place 2; expected ids separated by commas", "--tokens", "1,x,3")]
    [InlineData("--tokens has '' in place 3", "--tokens", "1,2,")]
    [InlineData("--tokens has '-1' in place 1", "--tokens", "-1")]
    [InlineData("--tokens has '99999999999' in place 1", "--tokens", "99999999999")]
    [InlineData("token id 512 is out of range; the vocabulary has ids 0 to 511", "--tokens", "1,512")]
    [InlineData("context overflow: 2 prompt + 255 generated tokens; the model's context holds 256", "--tokens", "1,2", "--generate", "255")]
    [InlineData("--head is 'q4_0'; expected f16, screened8, q8_0 or q6_k.", "--tokens", "1", "--head", "q4_0")]
    [InlineData("--head screened8 gives the best logits only; model eval takes f16, q8_0, q6_k", "--tokens", "1", "--head", "screened8")]
    [InlineData("--generate is -1; expected 0 to", "--tokens", "1", "--generate", "-1")]
    [InlineData("--threads is 0; expected 1 to", "--tokens", "1", "--threads", "0")]
    [InlineData("kernel 'fast' does not exist; available here: ", "--tokens", "1", "--kernel", "fast")]
    public async Task Wrong_arguments_are_64(string expected, params string[] options)
    {
        CommandRun run = await Evaluate(options);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.ErrorLine);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_context_that_is_just_full_is_fine()
    {
        JsonElement root = await EvaluateJson("--tokens", "1,2", "--generate", "254");
        Assert.Equal(Fixture.Context, root.GetProperty("positions").GetArrayLength());
    }

    [Fact]
    public async Task A_full_disk_while_writing_logits_is_74()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("needs /dev/full");
        CommandRun run = await Evaluate("--tokens", "1", "--logits", "/dev/full");
        Assert.Equal(ExitCode.StoreFailed, run.Code);
        Assert.StartsWith("bitnet-perf model eval: /dev/full: cannot be written: ", run.ErrorLine);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_logits_file_that_cannot_be_made_is_74_and_one_that_is_not_finished_does_not_appear()
    {
        Assert.Equal(ExitCode.StoreFailed, (await Evaluate("--tokens", "1", "--logits", Path.Combine(Fixture.TinyModel, "out.f32"))).Code);
        Assert.Equal(ExitCode.StoreFailed, (await Evaluate("--tokens", "1", "--logits", _folder.Path)).Code);
        Assert.Equal(ExitCode.Usage, (await Evaluate("--tokens", "512", "--logits", _folder["out.f32"])).Code);
        Assert.Empty(_folder.Files);
    }

    private static Task<CommandRun> Evaluate(params string[] options) => CommandRun.Of(["model", "eval", Fixture.TinyModel, .. options]);

    private static async Task<JsonElement> EvaluateJson(params string[] options)
    {
        CommandRun run = await Evaluate([.. options, "--json"]);
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        return json.RootElement.Clone();
    }

    private static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
}
