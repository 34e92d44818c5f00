using System.Diagnostics;
using BitNet.Engine.Model;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Worker;

/// <summary>Adds up the time between the begin and end of each phase, in timestamps of the stopwatch.</summary>
public readonly struct PhaseClock() : IPhaseObserver
{
    private static readonly int Count = Enum.GetValues<EnginePhase>().Length;
    private readonly long[] _begun = new long[Count];
    private readonly long[] _total = new long[Count];

    public void Begin(EnginePhase phase) => _begun[(int)phase] = Stopwatch.GetTimestamp();

    public void End(EnginePhase phase) => _total[(int)phase] += Stopwatch.GetTimestamp() - _begun[(int)phase];

    public long Timestamps(EnginePhase phase) => _total[(int)phase];
}

/// <summary>Where a generated token's time goes, over one sequence of tokens.</summary>
public static class PhaseTiming
{
    private static readonly EnginePhase[] Top = [EnginePhase.Embed, EnginePhase.Forward, EnginePhase.Logits, EnginePhase.Sample];

    private static readonly EnginePhase[] ForwardParts =
    [
        EnginePhase.AttentionProjection, EnginePhase.Rope, EnginePhase.Attention, EnginePhase.AttentionOutput,
        EnginePhase.FeedForwardGateUp, EnginePhase.FeedForwardDown,
    ];

    /// <summary>Passes that are timed; the one of median total is reported.</summary>
    private const int Passes = 3;

    /// <summary>Generates the same tokens again and again from one position: one whole pass to warm up, for a single token leaves pages and caches as the workload
    /// before left them, then some timed ones. What is reported is one of them, so it adds up: the one with the median total.</summary>
    /// <param name="position">Where in the context every pass begins.</param>
    /// <param name="screened">By the screened head.</param>
    public static (long TotalNanoseconds, IReadOnlyList<Phase> Phases) MeasureTypical(
        Transformer transformer, RunState state, int position, int firstToken, int tokens, bool screened)
    {
        var passes = new List<(long TotalNanoseconds, IReadOnlyList<Phase> Phases)>();
        for (var pass = 0; pass <= Passes; pass++)
        {
            state.Rewind(position);
            passes.Add(Measure(transformer, state, firstToken, tokens, screened));
        }
        return Typical([.. passes.Skip(1)]);
    }

    /// <summary>The pass of median total.</summary>
    internal static (long TotalNanoseconds, IReadOnlyList<Phase> Phases) Typical(IReadOnlyList<(long TotalNanoseconds, IReadOnlyList<Phase> Phases)> passes) =>
        passes.OrderBy(pass => pass.TotalNanoseconds).ElementAt(passes.Count / 2);

    /// <summary>Generates greedily from <paramref name="state"/>'s position and times the phases of all tokens together.</summary>
    /// <param name="screened">By the screened head.</param>
    public static (long TotalNanoseconds, IReadOnlyList<Phase> Phases) Measure(
        Transformer transformer, RunState state, int firstToken, int tokens, bool screened)
    {
        var sampler = new Sampler(SamplerSettings.Greedy, transformer.Weights.Shape.VocabularySize);
        var clock = new PhaseClock();
        Span<int> token = [firstToken];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < tokens; i++)
        {
            if (screened)
            {
                var best = transformer.ForwardTop(state, token, 1, ref clock);
                clock.Begin(EnginePhase.Sample);
                token[0] = sampler.Sample(best);
            }
            else
            {
                var logits = transformer.Forward(state, token, ref clock);
                clock.Begin(EnginePhase.Sample);
                token[0] = sampler.Sample(logits);
            }
            clock.End(EnginePhase.Sample);
        }
        return Breakdown(clock.Timestamps, Stopwatch.GetTimestamp() - start, Stopwatch.Frequency);
    }

    /// <summary>Phases in nanoseconds that add up to the total exactly: each is rounded down, "other" is what remains.</summary>
    internal static (long TotalNanoseconds, IReadOnlyList<Phase> Phases) Breakdown(Func<EnginePhase, long> timestamps, long total, long frequency)
    {
        var whole = Nanoseconds(total, frequency);
        var phases = Top.Select(phase => new Phase(Name(phase), Nanoseconds(timestamps(phase), frequency), [])).ToList();
        var forward = phases.FindIndex(phase => phase.Name == Name(EnginePhase.Forward));
        phases[forward] = phases[forward] with { Parts = Parts(timestamps, phases[forward], frequency) };
        phases.Add(new Phase("other", whole - phases.Sum(phase => phase.Nanoseconds), []));
        return (whole, phases);
    }

    private static List<Phase> Parts(Func<EnginePhase, long> timestamps, Phase forward, long frequency)
    {
        var parts = ForwardParts.Select(part => new Phase($"{forward.Name}/{Name(part)}", Nanoseconds(timestamps(part), frequency), [])).ToList();
        parts.Add(new Phase($"{forward.Name}/other", forward.Nanoseconds - parts.Sum(part => part.Nanoseconds), []));
        return parts;
    }

    private static long Nanoseconds(long timestamps, long frequency) => (long)((Int128)timestamps * 1_000_000_000 / frequency);

    private static string Name(EnginePhase phase) => phase switch
    {
        EnginePhase.AttentionProjection => "attention-projection",
        EnginePhase.AttentionOutput => "attention-output",
        EnginePhase.FeedForwardGateUp => "feed-forward-gate-up",
        EnginePhase.FeedForwardDown => "feed-forward-down",
        _ => phase.ToString().ToLowerInvariant(),
    };
}
