using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Cli.Models;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Cli.Commands;

/// <summary><c>model eval</c>: greedy evaluation from token ids, with every position's most likely tokens.</summary>
internal static class ModelEvalCommand
{
    public static PerfCommand Create()
    {
        Argument<string> path = ModelOptions.File();
        var tokens = new Option<int[]>("--tokens")
        {
            Description = "Token ids separated by commas; nothing is added to them.",
            HelpName = "1,2,3",
            Required = true,
            CustomParser = result => TokenList.Parse(result.Tokens.Count == 0 ? "" : result.Tokens[0].Value, result.AddError),
        };
        Option<int?> generate = ModelOptions.Range("--generate", "Tokens to continue with, the most likely each time; 0 unless given.", 0, 1 << 24);
        Option<int?> threads = ModelOptions.Threads();
        Option<string?> kernel = ModelOptions.Kernel();
        var logits = new Option<string?>("--logits") { Description = "Write every position's logits: little-endian float32, positions × vocabulary.", HelpName = "OUT.f32" };
        Option<string?> head = ModelOptions.Head("f16 unless given. Of a lossy one it is told how far it agrees with f16; screened8 has no logits but the best and is refused");
        Option<bool> json = SharedOptions.Json();
        var command = new PerfCommand(
            "eval",
            "Evaluates token ids and shows the most likely tokens at every position.",
            "bitnet-perf model eval tiny.gguf --tokens 1,2,3",
            "bitnet-perf model eval tiny.gguf --tokens 1,2,3 --generate 8 --logits out.f32 --json",
            "bitnet-perf model eval tiny.gguf --tokens 1,2,3 --head q8_0")
        {
            path, tokens, generate, threads, kernel, head, logits, json,
        };
        return command.Does(context =>
        {
            if (context.Value(head) == HeadFormat.Screened)
                throw CommandFailure.Usage($"--head {HeadFormat.Screened} gives the best logits only; model eval takes {string.Join(", ", HeadNames.All.Where(name => name != HeadFormat.Screened))}");
            using LoadedModel model = LoadedModel.Open(context.Value(path), context.Value(threads), context.Value(kernel), head: HeadFormat.LossyNamed(context.Value(head)));
            Evaluation evaluation = Evaluate(context, model, context.Value(tokens)!, context.Value(generate) ?? 0, context.Value(logits));
            if (context.Value(json)) JsonOutput.Write(context.Out, evaluation);
            else WriteText(context.Out, evaluation, context.Value(tokens)!);
            return ExitCode.Done;
        });
    }

    private sealed record Position(TokenLogit[] Top);

    private sealed record Evaluation(int[] Generated, List<Position> Positions)
    {
        /// <summary>Left out where the head is the F16 one.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public HeadAgreement? Agreement { get; init; }
    }

    private static Evaluation Evaluate(CommandContext context, LoadedModel model, int[] tokens, int generate, string? logitsPath)
    {
        Evaluation? evaluation = null;
        if (logitsPath is null) Run(null);
        else AtomicFile.Write(logitsPath, Run);
        return evaluation!;

        void Run(Stream? file)
        {
            var positions = new List<Position>();
            HeadAgreement? agreement = model.Transformer.LossyHead is { } lossy ? new(lossy.Format.Name) : null;
            int[] generated = GreedyEvaluation.Run(
                model.Transformer, agreement is null ? null : model.Exact, tokens, generate, Take, context.Cancellation);
            evaluation = new Evaluation(generated, positions) { Agreement = agreement };

            void Take(int position, ReadOnlySpan<float> logits, ReadOnlySpan<float> exact)
            {
                agreement?.Add(logits, exact);
                positions.Add(new Position(TopTokens.Of(logits)));
                // All processors that .NET 10 runs on with this engine are little-endian, as the format is.
                file?.Write(MemoryMarshal.AsBytes(logits));
            }
        }
    }

    private static void WriteText(TextWriter output, Evaluation evaluation, int[] tokens)
    {
        int[] all = [.. tokens, .. evaluation.Generated];
        output.WriteLine("position  token  most likely next (logit)");
        for (int i = 0; i < all.Length; i++)
        {
            string top = string.Join("  ", evaluation.Positions[i].Top.Select(t => $"{t.Token} ({t.Logit:0.###})"));
            output.WriteLine($"{i,8} {all[i],6}{(i >= tokens.Length ? '*' : ' ')} {top}");
        }
        if (evaluation.Generated.Length > 0) output.WriteLine($"generated (*): {string.Join(',', evaluation.Generated)}");
        if (evaluation.Agreement is { } agreement)
        {
            output.WriteLine(
                $"head {agreement.Head}, lossy: the F16 head's most likely token at {agreement.Agreeing} of {agreement.Positions} positions; "
                + $"largest deviation of a logit {agreement.LargestDeviation:0.000}, largest logit {agreement.LargestLogit:0.0}");
        }
    }
}
