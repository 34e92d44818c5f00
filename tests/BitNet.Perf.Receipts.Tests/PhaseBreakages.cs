using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

internal static class PhaseBreakages
{
    public static IReadOnlyList<Breakage> All { get; } =
    [
        Of("of another workload", "workload", p => p with { Workload = "e2e/decode/i2s+f16/tg32@ctx512/t2" }),
        Of("of another launch", "launch", p => p with { Launch = 9 }),
        Of("over no tokens", "tokens", p => p with { Tokens = 0 }),
        Of("that do not add up", "totalNanoseconds", p => p with { TotalNanoseconds = p.TotalNanoseconds + 1 }),
        Of("whose parts do not add up", "phases[1].nanoseconds", p => With(p, 1, phase => phase with { Parts = [.. phase.Parts.Skip(1)] })),
        Of("below zero", "phases[0].nanoseconds", p => Shift(p, 2_000_000)),
        Of("twice", "phases", p => With(p, 0, phase => phase with { Name = "sample" })),
        Of("of unknown name", "phases", p => With(p, 0, phase => phase with { Name = "think" })),
        Of("with parts of another", "phases[1].parts", p => With(p, 1, phase => phase with { Parts = [.. phase.Parts.Select(part => part with { Name = "logits/x" + part.Nanoseconds })] })),
        Of("longer than the launch", "totalNanoseconds", p => With(p with { TotalNanoseconds = p.TotalNanoseconds + 30_000_000_000 }, 4, phase => phase with { Nanoseconds = phase.Nanoseconds + 30_000_000_000 })),
    ];

    private static Breakage Of(string name, string path, Func<PhaseBreakdown, PhaseBreakdown> change) =>
        new("phases " + name, "phases", "$.phases." + path, receipt => receipt with { Phases = change(receipt.Phases!) });

    private static PhaseBreakdown With(PhaseBreakdown phases, int index, Func<Phase, Phase> change) =>
        phases with { Phases = [.. phases.Phases.Select((phase, i) => i == index ? change(phase) : phase)] };

    // The sum stays, so that only the sign is wrong.
    private static PhaseBreakdown Shift(PhaseBreakdown phases, long nanoseconds) =>
        With(With(phases, 0, phase => phase with { Nanoseconds = phase.Nanoseconds - nanoseconds }), 4, phase => phase with { Nanoseconds = phase.Nanoseconds + nanoseconds });
}
