using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Evidence;

/// <summary>Counts the instructions of a method and of its hottest loop.</summary>
internal static class MethodAnalysis
{
    public static MethodCode Of(ListedMethod method)
    {
        InstructionCounts? hottest = null;
        foreach (var loop in CodeLoops.Innermost(method))
        {
            var counts = Count(method, loop.Select(i => method.Instructions[i]));
            if (hottest is null || counts.IsHotterThan(hottest))
                hottest = counts;
        }
        return new MethodCode
        {
            Name = method.Name,
            Bytes = method.Bytes,
            Counts = Count(method, method.Instructions),
            HotLoop = hottest,
            Digest = CodeDigest.Of(method),
        };
    }

    private static InstructionCounts Count(ListedMethod method, IEnumerable<ListedInstruction> instructions)
    {
        var all = instructions.Select(i => (Listed: i, Does: X64Instruction.Of(i, method.Frame))).ToList();
        int Of(Func<X64Instruction, bool> does) => all.Count(i => does(i.Does));
        return new InstructionCounts
        {
            Instructions = all.Count,
            Zmm = Of(i => i.Bits == 512),
            Ymm = Of(i => i.Bits == 256),
            Xmm = Of(i => i.Bits == 128),
            Loads = Of(i => i.Loads),
            Stores = Of(i => i.Stores),
            Prefetches = Of(i => i.Prefetches),
            Branches = all.Count(i => i.Listed.IsBranch),
            Calls = all.Count(i => i.Listed.IsCall),
            Spills = Of(i => i.Spills),
            Reloads = Of(i => i.Reloads),
            MultiplyAdds = [.. all.Where(i => i.Does.MultiplyAddBits > 0)
                .GroupBy(i => (i.Listed.Mnemonic, i.Does.MultiplyAddBits))
                .OrderBy(group => group.Key.Mnemonic, StringComparer.Ordinal).ThenBy(group => group.Key.MultiplyAddBits)
                .Select(group => new MultiplyAddCount(group.Key.Mnemonic, group.Key.MultiplyAddBits, group.Count()))],
        };
    }
}
