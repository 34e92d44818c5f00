using System.Text.Json;
using BitNet.Perf.Cli.Commands;

namespace BitNet.Perf.Cli.Tests.Commands;

public class GenerateCommandTests
{
    /// <summary>2 layers of 3·256·768 + 2·256·256 + 2·128·256 weights in two bits.</summary>
    private const long LayerBytes = 2 * (3 * 256 * 768 + 2 * 256 * 256 + 2 * 128 * 256) / 4;

    [Fact]
    public async Task The_json_holds_text_ids_and_timings()
    {
        JsonElement root = await GenerateJson("--prompt", "the end", "--max-tokens", "12");
        Assert.Equal([510, 289, 101, 32, 261, 100], Ints(root, "promptTokens"));
        int[] generated = Ints(root, "generatedTokens");
        Assert.InRange(generated.Length, 1, 12);
        Assert.Equal(generated.Length - (root.GetProperty("stop").GetString() == "length" ? 1 : 0), root.GetProperty("decodeTokens").GetInt32());
        foreach (string seconds in new[] { "loadSeconds", "prefillSeconds", "prefillTokensPerSecond" })
            Assert.True(root.GetProperty(seconds).GetDouble() > 0);
        Assert.StartsWith("i2s-", root.GetProperty("kernel").GetString());
        Assert.Equal(2, root.GetProperty("threads").GetInt32());
        // And 512 rows of 256 bytes and three f32.
        Assert.Equal(LayerBytes + 512 * (256 + 12), root.GetProperty("copiedBytes").GetInt64());
    }

    [Fact]
    public async Task Text_goes_to_stdout_and_timings_to_stderr()
    {
        CommandRun text = await Generate("--prompt", "the end", "--max-tokens", "12");
        JsonElement root = await GenerateJson("--prompt", "the end", "--max-tokens", "12");
        Assert.Equal(ExitCode.Done, text.Code);
        Assert.Equal(root.GetProperty("text").GetString() + "\n", text.Output);
        Assert.Matches(@"\nload \d+\.\d+ s · prefill 6 tokens \d+\.\d+ s, [\d.]+ tok/s · decode 11 tokens \d+\.\d+ s, [\d.]+ tok/s, [\d.]+ GB/s effective · i2s-\w+, 2 threads · head screened8 · copies [\d.]+ [kM]B · ended by length\n$", text.Error);
        Assert.Contains("note: synthetic weights; the text means nothing, the timings do\n", text.Error);
        Assert.True(root.GetProperty("syntheticWeights").GetBoolean());
    }

    [Fact]
    public async Task One_token_needs_no_decoding_step_so_no_rate_is_claimed()
    {
        JsonElement root = await GenerateJson("--prompt", "a", "--max-tokens", "1");
        Assert.Equal(0, root.GetProperty("decodeTokens").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("decodeTokensPerSecond").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("decodeGigabytesPerSecond").ValueKind);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_text_and_another_seed_another()
    {
        string[] options = ["--prompt", "once", "--max-tokens", "24", "--temperature", "1.5", "--top-k", "50", "--top-p", "0.95"];
        int[] first = Ints(await GenerateJson([.. options, "--seed", "5"]), "generatedTokens");
        Assert.Equal(first, Ints(await GenerateJson([.. options, "--seed", "5"]), "generatedTokens"));
        Assert.NotEqual(first, Ints(await GenerateJson([.. options, "--seed", "6"]), "generatedTokens"));
    }

    // 512 rows of 256 columns: nothing; a byte each and three f32 a row; 34 bytes for 32 weights; 210 for 256.
    [Theory]
    [InlineData("f16", false, 0)]
    [InlineData("screened8", false, 512 * (256 + 12))]
    [InlineData("q8_0", true, 512 * 256 / 32 * 34)]
    [InlineData("q6_k", true, 512 * 210)]
    public async Task A_head_is_used_by_name_copied_alone_and_told_to_be_lossy_or_not(string head, bool lossy, long bytes)
    {
        JsonElement root = await GenerateJson("--prompt", "the end", "--max-tokens", "12", "--head", head);
        Assert.Equal((head, lossy), (root.GetProperty("head").GetString(), root.GetProperty("lossy").GetBoolean()));
        Assert.Equal(LayerBytes + bytes, root.GetProperty("copiedBytes").GetInt64());
        CommandRun text = await Generate("--prompt", "the end", "--max-tokens", "12", "--head", head);
        Assert.Contains($" threads · head {head}{(lossy ? ", lossy" : "")} · copies ", text.Error);
        Assert.Equal(root.GetProperty("text").GetString() + "\n", text.Output);
    }

    [Theory]
    [InlineData("--temperature", "0")]
    [InlineData("--temperature", "1.2", "--top-k", "40")]
    public async Task The_full_and_the_screened_head_choose_the_same_tokens(params string[] options)
    {
        string[] all = ["--prompt", "once", "--max-tokens", "24", .. options];
        int[] expected = Ints(await GenerateJson([.. all, "--head", "f16"]), "generatedTokens");
        Assert.Equal(expected, Ints(await GenerateJson([.. all, "--head", "screened8"]), "generatedTokens"));
        Assert.Equal(expected, Ints(await GenerateJson(all), "generatedTokens"));
    }

    [Theory]
    [InlineData("screened8", "--temperature", "0")]
    [InlineData("screened8", "--temperature", "1", "--top-k", "3")]
    [InlineData("f16", "--temperature", "1")]
    public async Task Without_a_name_the_head_is_screened_where_the_best_logits_are_enough(string head, params string[] options) =>
        Assert.Equal(head, (await GenerateJson(["--prompt", "x", "--max-tokens", "2", .. options])).GetProperty("head").GetString());

    [Fact]
    public async Task A_lossy_head_is_sampled_from_as_well()
    {
        JsonElement root = await GenerateJson("--prompt", "once", "--max-tokens", "8", "--head", "q6_k", "--temperature", "1.5");
        Assert.InRange(Ints(root, "generatedTokens").Length, 1, 8);
        Assert.Equal("q6_k", root.GetProperty("head").GetString());
    }

    [Fact]
    public async Task Chat_asks_in_the_models_chat_form()
    {
        int[] chat = Ints(await GenerateJson("--prompt", " hi ", "--chat", "--max-tokens", "1"), "promptTokens");
        Assert.Equal(Ints(await GenerateJson("--prompt", "User: hi<|eot_id|>Assistant: ", "--max-tokens", "1"), "promptTokens"), chat);
    }

    [Fact]
    public async Task Generation_ends_when_the_context_is_full()
    {
        // 250 letters that no merge joins, and the beginning of text.
        JsonElement root = await GenerateJson("--prompt", new string('x', 250), "--max-tokens", "100");
        Assert.Equal(251, Ints(root, "promptTokens").Length);
        Assert.Equal("context", root.GetProperty("stop").GetString());
        // The last token is chosen but needs no place in the context.
        Assert.Equal(Fixture.Context + 1 - 251, Ints(root, "generatedTokens").Length);
    }

    [Theory]
    [InlineData("--prompt is empty; expected a text to continue", "--prompt", "")]
    [InlineData("Option '--prompt' is required", "--chat")]
    [InlineData("--head is 'q4_0'; expected f16, screened8, q8_0 or q6_k.", "--prompt", "x", "--head", "q4_0")]
    [InlineData("--head screened8 gives the best logits only; a choice by --temperature without --top-k is made from all", "--prompt", "x", "--head", "screened8", "--temperature", "1")]
    [InlineData("--max-tokens is 0; expected 1 to", "--prompt", "x", "--max-tokens", "0")]
    [InlineData("temperature is -1; 0 or more is needed", "--prompt", "x", "--temperature", "-1")]
    [InlineData("top-k is -1; 0 (all) or more is needed", "--prompt", "x", "--top-k", "-1")]
    [InlineData("top-p is 0; above 0, up to 1 is needed", "--prompt", "x", "--top-p", "0")]
    [InlineData("Cannot parse argument 'x' for option '--seed'; expected a whole number, 0 or more.", "--prompt", "x", "--seed", "x")]
    [InlineData("Cannot parse argument 'hot' for option '--temperature'; expected a number.", "--prompt", "x", "--temperature", "hot")]
    public async Task Wrong_arguments_are_64(string expected, params string[] options)
    {
        CommandRun run = await Generate(options);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.ErrorLine);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task More_threads_than_processors_are_64()
    {
        CommandRun run = await CommandRun.Of("generate", Fixture.TinyModel, "--prompt", "x", "--threads", $"{Environment.ProcessorCount + 1}");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains($"--threads is {Environment.ProcessorCount + 1}; this process may use {Environment.ProcessorCount} processors", run.ErrorLine);
    }

    [Fact]
    public async Task A_prompt_longer_than_the_context_is_64()
    {
        CommandRun run = await Generate("--prompt", string.Concat(Enumerable.Repeat("1 ", 200)));
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("context overflow: the prompt has 401 tokens; the model's context holds 256", run.ErrorLine);
    }

    [Fact]
    public void Control_characters_do_not_reach_a_terminal() => Assert.Equal("a\uFFFD[2Jb\n\tc\uFFFD", GenerateCommand.Visible("a\u001b[2Jb\n\tc\r"));

    private static Task<CommandRun> Generate(params string[] options) => CommandRun.Of(["generate", Fixture.TinyModel, "--threads", $"{Math.Min(2, Environment.ProcessorCount)}", .. options]);

    private static async Task<JsonElement> GenerateJson(params string[] options)
    {
        CommandRun run = await Generate([.. options, "--json"]);
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        return json.RootElement.Clone();
    }

    private static int[] Ints(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(e => e.GetInt32())];
}
