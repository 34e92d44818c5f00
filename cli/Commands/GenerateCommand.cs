using System.CommandLine;
using BitNet.Engine.Model;
using BitNet.Engine.Tokens;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Cli.Models;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>generate</c>: text in, text out, with timings.</summary>
internal static class GenerateCommand
{
    private const int DefaultMaxTokens = 128;

    public static PerfCommand Create()
    {
        Argument<string> path = ModelOptions.File();
        var prompt = new Option<string>("--prompt") { Description = "The text to continue; control tokens in it (<|eot_id|>) are parsed.", HelpName = "TEXT", Required = true };
        Option<int?> maxTokens = ModelOptions.Range("--max-tokens", $"Tokens to generate at most; {DefaultMaxTokens} unless given.", 1, 1 << 24);
        var temperature = new Option<float>("--temperature") { Description = "0, the default, takes the most likely token each time.", HelpName = "T" };
        var topK = new Option<int>("--top-k") { Description = "Choose among the K most likely tokens; 0 for all.", HelpName = "K" };
        var topP = new Option<float>("--top-p") { Description = "Choose among the fewest tokens whose probability reaches P.", HelpName = "P", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong>("--seed") { Description = "Same seed and settings, same text.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var chat = new Option<bool>("--chat") { Description = "Ask as a user turn of the model's chat form." };
        Option<int?> threads = ModelOptions.Threads();
        Option<string?> kernel = ModelOptions.Kernel();
        Option<string?> head = ModelOptions.Head("screened8 unless given, or f16 where --temperature without --top-k needs all logits");
        Option<bool> json = SharedOptions.Json();
        var command = new PerfCommand(
            "generate",
            "Continues a text; load, prefill and decode timings go to stderr.",
            "bitnet-perf generate ggml-model-i2_s.gguf --prompt \"The capital of France is\" --max-tokens 16",
            "bitnet-perf generate ggml-model-i2_s.gguf --prompt \"Why is the sky blue?\" --chat --temperature 0.7 --top-p 0.9 --json")
        {
            path, prompt, maxTokens, temperature, topK, topP, seed, chat, threads, kernel, head, json,
        };
        return command.Does(context =>
        {
            if (context.Value(prompt) is not { Length: > 0 } text) throw CommandFailure.Usage("--prompt is empty; expected a text to continue");
            if (context.Value(threads) is { } asked && asked > Environment.ProcessorCount)
                throw CommandFailure.Usage($"--threads is {asked}; this process may use {Environment.ProcessorCount} processors");
            SamplerSettings sampling = new(context.Value(temperature), context.Value(topK), context.Value(topP), context.Value(seed));
            using LoadedModel model = LoadedModel.Open(context.Value(path), context.Value(threads), context.Value(kernel), text: true, HeadFormat.LossyNamed(context.Value(head)));
            if (context.Value(chat)) text = ChatForm.Format([new ChatMessage("user", text)]);
            bool asJson = context.Value(json);
            Generation generation = Generation.Run(
                model, text, context.Value(maxTokens) ?? DefaultMaxTokens, sampling, context.Value(head), asJson ? null : piece => Show(context, piece), context.Cancellation);
            if (asJson) JsonOutput.Write(context.Out, generation);
            else WriteTimings(context, generation);
            return ExitCode.Done;
        });
    }

    /// <summary>What a model writes may hold control characters, which must not steer the reader's terminal; a file gets them unchanged.</summary>
    private static void Show(CommandContext context, string piece)
    {
        context.Out.Write(context.Terminal.OutputIsTerminal ? Visible(piece) : piece);
        context.Out.Flush();
    }

    internal static string Visible(string piece) =>
        string.Concat(piece.Select(c => char.IsControl(c) && c is not '\n' and not '\t' ? '\uFFFD' : c));

    private static void WriteTimings(CommandContext context, Generation generation)
    {
        context.Out.WriteLine();
        string decode = generation.DecodeTokensPerSecond is { } rate ? $" · decode {generation.DecodeTokens} tokens {generation.DecodeSeconds:0.000} s, {rate:0.0} tok/s, {generation.DecodeGigabytesPerSecond:0.00} GB/s effective" : "";
        if (generation.SyntheticWeights) context.Error.WriteLine("note: synthetic weights; the text means nothing, the timings do");
        context.Error.WriteLine(
            $"load {generation.LoadSeconds:0.000} s · prefill {generation.PromptTokens.Length} tokens {generation.PrefillSeconds:0.000} s, {generation.PrefillTokensPerSecond:0.0} tok/s"
            + $"{decode} · {generation.Kernel}, {generation.Threads} threads · head {generation.Head}{(generation.Lossy ? ", lossy" : "")} · copies {Sizes.Text(generation.CopiedBytes)} · ended by {generation.Stop}");
    }
}
