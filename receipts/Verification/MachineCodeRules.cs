using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Listed machine code: counts that can be, a loop within its method, and what workloads say of it.</summary>
internal static class MachineCodeRules
{
    /// <summary>The longest instruction of x64.</summary>
    private const int LongestInstruction = 15;

    /// <summary>Room for loops that the JIT aligns, which is no instruction.</summary>
    private const int Padding = 256;

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        IReadOnlyList<MethodCode> methods = receipt.Methods ?? [];
        if (receipt.Methods is { Count: 0 })
            yield return new("machine-code", "$.methods", "none; expected to be left out");
        for (int i = 0; i < methods.Count; i++)
        {
            if (i > 0 && string.CompareOrdinal(methods[i - 1].Name, methods[i].Name) >= 0)
                yield return new("machine-code", $"$.methods[{i}].name", $"\"{methods[i].Name}\" does not come after the one before; expected each once, sorted");
            foreach (Finding finding in Method(methods[i], $"$.methods[{i}]")) yield return finding;
        }
        HashSet<string> used = [.. receipt.Workloads.SelectMany(workload => workload.MachineCode?.Methods ?? [])];
        for (int i = 0; i < methods.Count; i++)
            if (!used.Contains(methods[i].Name)) yield return new("machine-code", $"$.methods[{i}].name", $"no workload runs through \"{methods[i].Name}\"");
        Dictionary<string, MethodCode> byName = methods.DistinctBy(method => method.Name).ToDictionary(method => method.Name, StringComparer.Ordinal);
        for (int i = 0; i < receipt.Workloads.Count; i++)
        {
            if (receipt.Workloads[i].MachineCode is { } code)
            {
                foreach (Finding finding in Workload(receipt, receipt.Workloads[i], code, byName, $"$.workloads[{i}].machineCode")) yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> Workload(Receipt receipt, WorkloadRecord workload, MachineCode code, Dictionary<string, MethodCode> byName, string path)
    {
        if (receipt.Origin != ReceiptOrigin.Measured || (WorkloadId.TryParse(workload.Id, out WorkloadId? id) && id.Family == WorkloadFamily.EndToEnd))
            yield return new("machine-code", path, "expected none: only of measured kernels and probes is it listed");
        if (code.Methods.Count == 0 || code.Methods.Distinct(StringComparer.Ordinal).Count() < code.Methods.Count)
            yield return new("machine-code", $"{path}.methods", "expected at least one, each once");
        string? unknown = code.Methods.FirstOrDefault(name => !byName.ContainsKey(name));
        if (unknown is not null)
        {
            yield return new("machine-code", $"{path}.methods", $"\"{unknown}\" is not among $.methods");
            yield break;
        }
        MachineCode expected = MachineCode.Of([.. code.Methods.Select(name => byName[name])]);
        if (code.Digest != expected.Digest)
            yield return new("machine-code", $"{path}.digest", $"\"{code.Digest}\"; the methods' digests give {expected.Digest}");
        if (code.HotMethod != expected.HotMethod)
            yield return new("machine-code", $"{path}.hotMethod", $"\"{code.HotMethod}\"; the hottest loop is that of \"{expected.HotMethod}\"");
    }

    private static IEnumerable<Finding> Method(MethodCode method, string path)
    {
        if (!Forms.IsText(method.Name) || !method.Name.Contains(':'))
            yield return new("machine-code", $"{path}.name", $"\"{method.Name}\"; expected class:method");
        if (!Forms.IsDigest(method.Digest))
            yield return new("sha256", $"{path}.digest", $"\"{method.Digest}\"; expected sha256: and 64 lower-case hex digits");
        if (method.Bytes < method.Counts.Instructions || method.Bytes > (long)LongestInstruction * method.Counts.Instructions + Padding)
            yield return new("machine-code", $"{path}.bytes", $"{method.Bytes} bytes cannot be {method.Counts.Instructions} instructions");
        foreach (Finding finding in Counts(method.Counts, $"{path}.counts")) yield return finding;
        if (method.HotLoop is not { } loop) yield break;
        foreach (Finding finding in Counts(loop, $"{path}.hotLoop")) yield return finding;
        if (loop.Branches == 0)
            yield return new("machine-code", $"{path}.hotLoop.branches", "none; a loop jumps back");
        foreach (((string name, int inLoop), (_, int inMethod)) in Named(loop).Zip(Named(method.Counts)))
            if (inLoop > inMethod) yield return new("machine-code", $"{path}.hotLoop.{name}", $"{inLoop}; the whole method has {inMethod}");
        foreach (MultiplyAddCount count in loop.MultiplyAdds)
        {
            int inMethod = method.Counts.MultiplyAdds.Where(m => m.Instruction == count.Instruction && m.Bits == count.Bits).Sum(m => m.Count);
            if (count.Count > inMethod) yield return new("machine-code", $"{path}.hotLoop.multiplyAdds", $"{count.Count} {count.Instruction}; the whole method has {inMethod}");
        }
    }

    private static IEnumerable<Finding> Counts(InstructionCounts counts, string path)
    {
        if (counts.Instructions < 1)
            yield return new("machine-code", $"{path}.instructions", $"{counts.Instructions}; expected at least 1");
        foreach ((string name, int count) in Named(counts))
            if (count < 0 || count > counts.Instructions) yield return new("machine-code", $"{path}.{name}", $"{count} of {counts.Instructions} instructions");
        if (counts.Vectors() > counts.Instructions || (long)counts.Branches + counts.Calls + counts.Prefetches > counts.Instructions)
            yield return new("machine-code", path, $"kinds that exclude each other add up to more than {counts.Instructions} instructions");
        if (counts.Spills > counts.Stores)
            yield return new("machine-code", $"{path}.spills", $"{counts.Spills}; only {counts.Stores} instructions store");
        if (counts.Reloads > counts.Loads)
            yield return new("machine-code", $"{path}.reloads", $"{counts.Reloads}; only {counts.Loads} instructions load");
        for (int i = 0; i < counts.MultiplyAdds.Count; i++)
        {
            MultiplyAddCount count = counts.MultiplyAdds[i];
            if (MultiplyAddInstructions.Products(count.Instruction, count.Bits) is null || count.Count < 1)
                yield return new("machine-code", $"{path}.multiplyAdds[{i}]", $"{count.Count} {count.Instruction} of {count.Bits} bits; no multiply-add");
            if (i > 0 && Compare(counts.MultiplyAdds[i - 1], count) >= 0)
                yield return new("machine-code", $"{path}.multiplyAdds[{i}]", "expected each once, sorted by instruction and width");
        }
        foreach ((int bits, int all) in new[] { (512, counts.Zmm), (256, counts.Ymm), (128, counts.Xmm) })
        {
            long ofWidth = counts.MultiplyAdds.Where(m => m.Bits == bits).Sum(m => (long)m.Count);
            if (ofWidth > all) yield return new("machine-code", $"{path}.multiplyAdds", $"{ofWidth} of {bits} bits; there are {all} instructions of that width");
        }
    }

    private static int Compare(MultiplyAddCount a, MultiplyAddCount b) =>
        string.CompareOrdinal(a.Instruction, b.Instruction) is not 0 and int order ? order : a.Bits.CompareTo(b.Bits);

    private static IEnumerable<(string Name, int Count)> Named(InstructionCounts counts) =>
    [
        ("instructions", counts.Instructions), ("zmm", counts.Zmm), ("ymm", counts.Ymm), ("xmm", counts.Xmm), ("loads", counts.Loads), ("stores", counts.Stores),
        ("prefetches", counts.Prefetches), ("branches", counts.Branches), ("calls", counts.Calls), ("spills", counts.Spills), ("reloads", counts.Reloads),
    ];
}
