using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>What the listed machine code of a workload shows, in one line: the instructions of one trip through its hottest loop.</summary>
internal static class CodeText
{
    /// <param name="methods">Of the receipt, by name.</param>
    /// <param name="isVerified">Whether vector instructions were counted in the loop, of the width that the kernel is named by.</param>
    public static string Of(WorkloadRecord workload, MachineCode code, IReadOnlyDictionary<string, MethodCode> methods, out bool isVerified)
    {
        isVerified = false;
        if (code.HotMethod is not { } hot || !methods.TryGetValue(hot, out MethodCode? method) || method.HotLoop is not { } loop)
            return "not verified: its code has no loop";
        string trip = $"{Trip(loop)} a trip; {Remarks(loop)}";
        if (loop.Vectors() == 0)
            return $"no SIMD: {Figures.Count(loop.Instructions, "scalar instruction", "scalar instructions")} a trip; {Remarks(loop)}";
        // Only a kernel's name is a claim: other operations are named by what the processor offers.
        if (workload.Kernel is not null && WorkloadId.TryParse(workload.Id, out WorkloadId? id) && Named(id, loop) == 0)
            return $"not verified: named {id.Isa}, but {trip}";
        isVerified = true;
        return $"SIMD verified: {trip}";
    }

    /// <summary>Instructions of the width that the id names; the loop's own where it names none.</summary>
    private static int Named(WorkloadId id, InstructionCounts loop) => id.Isa switch
    {
        "avx512" => loop.Zmm,
        "avx2" => loop.Ymm,
        "vector128" => loop.Xmm,
        _ => loop.Vectors(),
    };

    private static string Trip(InstructionCounts loop)
    {
        string vectors = string.Join(" + ", new[] { (loop.Zmm, "zmm"), (loop.Ymm, "ymm"), (loop.Xmm, "xmm") }.Where(width => width.Item1 > 0)
            .Select(width => FormattableString.Invariant($"{width.Item1} {width.Item2}")));
        string all = FormattableString.Invariant($"{loop.Instructions} instructions ({vectors})");
        return loop.MultiplyAdds.Count == 0
            ? $"{all} without a multiply-add"
            : string.Create(CultureInfo.InvariantCulture,
                $"{string.Join(" + ", loop.MultiplyAdds.Select(m => $"{m.Count} {Register(m.Bits)}{m.Instruction}"))}, {loop.Products():N0} products, in {all}");
    }

    private static string Register(int bits) => bits switch { 512 => "zmm ", 256 => "ymm ", 128 => "xmm ", _ => "" };

    private static string Remarks(InstructionCounts loop) => string.Join(", ",
    [
        Few(loop.Loads, "load"), Few(loop.Stores, "store"),
        .. loop.Prefetches > 0 ? [Figures.Count(loop.Prefetches, "prefetch", "prefetches")] : Array.Empty<string>(),
        loop.Reloads == 0 ? Few(loop.Spills, "spill") : FormattableString.Invariant($"{Few(loop.Spills, "spill")} ({Figures.Count(loop.Reloads, "reload", "reloads")})"),
        $"{Few(loop.Calls, "call")} in the loop",
    ]);

    private static string Few(int count, string what) => count == 0 ? $"no {what}" : Figures.Count(count, what, what + "s");
}
