using System.Diagnostics;
using System.Text;
using BitNet.Engine.Model;
using BitNet.Engine.Tokens;
using BitNet.Perf.Bench.Workloads;

namespace BitNet.Perf.Cli.Models;

/// <summary>A generated text and how long its parts took. The first token comes from the prefill's logits, so decoding n + 1 tokens takes n steps.</summary>
internal sealed record Generation
{
    public required string Text { get; init; }

    /// <summary>Why it ended: "end of text" (an end-of-generation token), "length" (--max-tokens) or "context" (no room left).</summary>
    public required string Stop { get; init; }

    public required int[] PromptTokens { get; init; }

    /// <summary>Without the token that ended it.</summary>
    public required int[] GeneratedTokens { get; init; }

    /// <summary>The text means nothing then.</summary>
    public required bool SyntheticWeights { get; init; }

    public required string Kernel { get; init; }

    public required int Threads { get; init; }

    /// <summary>How logits were had: "f16", "screened8" or the name of a lossy head.</summary>
    public required string Head { get; init; }

    /// <summary>Whether other logits than the F16 head's were chosen from.</summary>
    public required bool Lossy { get; init; }

    /// <summary>Opening and checking the file, building its tokenizer and the head's copy, where it is not used as it is.</summary>
    public required double LoadSeconds { get; init; }

    /// <summary>Memory of the copies of the weights that were made beside the mapped file: the packed layers and the head's copy.</summary>
    public required long CopiedBytes { get; init; }

    public required double PrefillSeconds { get; init; }

    public double PrefillTokensPerSecond => PromptTokens.Length / PrefillSeconds;

    /// <summary>Steps after the prefill, each one token forward and the choice of the next.</summary>
    public required int DecodeTokens { get; init; }

    public required double DecodeSeconds { get; init; }

    /// <summary>Null when there was no step.</summary>
    public double? DecodeTokensPerSecond => DecodeTokens == 0 ? null : DecodeTokens / DecodeSeconds;

    /// <summary>Of weights, head and cache that the steps had to read at least once.</summary>
    public required long DecodeBytes { get; init; }

    /// <summary>Effective bandwidth, 10⁹ bytes a second; null when there was no step.</summary>
    public double? DecodeGigabytesPerSecond => DecodeTokens == 0 ? null : DecodeBytes / DecodeSeconds / 1e9;

    /// <param name="model">Open; where its head is lossy, that is the head.</param>
    /// <param name="prompt">Control tokens in it are parsed; the beginning-of-text token is added as the vocabulary says.</param>
    /// <param name="maxTokens">Generated at most.</param>
    /// <param name="sampling">How the next token is chosen.</param>
    /// <param name="head">"f16" or "screened8"; null for the latter where the choice is made from the best logits.</param>
    /// <param name="show">Called with text as soon as its characters are whole; null to keep it until the end.</param>
    /// <param name="cancellation">Looked at before every token.</param>
    /// <exception cref="EvaluationException">The prompt does not fit the context, or a sampling setting is out of range.</exception>
    /// <exception cref="CommandFailure">The screened head was asked for where a choice needs all logits (64).</exception>
    public static Generation Run(
        LoadedModel model, string prompt, int maxTokens, SamplerSettings sampling, string? head, Action<string>? show, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        ModelShape shape = model.Shape;
        var sampler = new Sampler(sampling, shape.VocabularySize);
        head = HeadOf(model, sampler, head);
        bool screened = head == HeadFormat.Screened;
        // Made when loading, not with the first token; the tokenizer meanwhile.
        if (screened) _ = model.Weights.Screening;
        Tokenizer tokenizer = model.OpenTokenizer();
        double load = (model.LoadTime + watch.Elapsed).TotalSeconds;
        int[] ids = tokenizer.Encode(prompt, parseSpecial: true);
        if (ids.Length > shape.ContextLength)
            throw new EvaluationException($"context overflow: the prompt has {ids.Length} tokens; the model's context holds {shape.ContextLength}");
        using var state = new RunState(shape, (int)Math.Min(shape.ContextLength, (long)ids.Length + maxTokens));

        cancellation.ThrowIfCancellationRequested();
        watch.Restart();
        int next = Next(ids);
        double prefill = watch.Elapsed.TotalSeconds;

        var text = new StringBuilder();
        var decoder = new StreamingDecoder(tokenizer);
        var generated = new List<int>();
        int steps = 0;
        watch.Reset();
        while (!tokenizer.IsEndOfGeneration(next))
        {
            generated.Add(next);
            Emit(decoder.Append(next));
            if (generated.Count == maxTokens || state.Position == state.ContextCapacity) break;
            cancellation.ThrowIfCancellationRequested();
            // Showing the text is not decoding.
            watch.Start();
            next = Next([next]);
            watch.Stop();
            steps++;
        }
        double decode = watch.Elapsed.TotalSeconds;
        Emit(decoder.Flush());
        string stop = tokenizer.IsEndOfGeneration(next) ? "end of text" : generated.Count == maxTokens ? "length" : "context";
        return new Generation
        {
            Text = text.ToString(),
            Stop = stop,
            PromptTokens = ids,
            GeneratedTokens = [.. generated],
            SyntheticWeights = SyntheticModel.IsSynthetic(model.Weights.File.Metadata),
            Kernel = model.Transformer.Kernel.Name,
            Threads = model.Transformer.Threads,
            Head = head,
            Lossy = model.Transformer.LossyHead is not null,
            LoadSeconds = load,
            CopiedBytes = model.Weights.CopiedBytes,
            PrefillSeconds = prefill,
            DecodeTokens = steps,
            DecodeSeconds = decode,
            DecodeBytes = steps == 0 ? 0 : WorkArithmetic.Decode(shape, model.Transformer.Kernel.Format, steps, ids.Length, head).Bytes ?? 0,
        };

        int Next(ReadOnlySpan<int> tokens) =>
            screened ? sampler.Next(model.Transformer, state, tokens) : sampler.Sample(model.Transformer.Forward(state, tokens));

        void Emit(string piece)
        {
            if (piece.Length == 0) return;
            text.Append(piece);
            show?.Invoke(piece);
        }
    }

    private static string HeadOf(LoadedModel model, Sampler sampler, string? asked)
    {
        if (model.Transformer.LossyHead is { } lossy) return lossy.Format.Name;
        if (asked == HeadFormat.Screened && sampler.Candidates == 0)
            throw CommandFailure.Usage($"--head {asked} gives the best logits only; a choice by --temperature without --top-k is made from all");
        return asked ?? (sampler.Candidates > 0 ? HeadFormat.Screened : HeadFormat.Half);
    }
}
