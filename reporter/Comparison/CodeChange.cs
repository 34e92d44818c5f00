using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Whether the machine code that a workload runs through is the same on both sides (docs/evidence.md).</summary>
internal static class CodeChange
{
    /// <summary>Null where a run of either side has no listing, or where runs do not agree.</summary>
    public static bool? Of(string workload, SideOfRuns baseline, SideOfRuns candidate)
    {
        bool?[] changes = [.. Comparability.Records(workload, baseline).SelectMany(before => Comparability.Records(workload, candidate).Select(after => Between(before, after))).Distinct()];
        return changes is [var one] ? one : null;
    }

    // A method that only one side has beside code that is the same otherwise ran for another workload of that run, or stands behind a call that names its base
    // class only: which of the two, the listing does not tell.
    private static bool? Between((Receipt Receipt, WorkloadRecord Record) before, (Receipt Receipt, WorkloadRecord Record) after)
    {
        if (before.Record.MachineCode is not { } one || after.Record.MachineCode is not { } other) return null;
        if (before.Record.Kernel != after.Record.Kernel) return true;
        if (one.Digest == other.Digest) return false;
        Dictionary<string, string> first = Digests(before.Receipt, one), second = Digests(after.Receipt, other);
        if (first.Any(method => second.TryGetValue(method.Key, out string? digest) && digest != method.Value)) return true;
        return first.Count == second.Count && first.Keys.All(second.ContainsKey) ? false : null;
    }

    private static Dictionary<string, string> Digests(Receipt receipt, MachineCode code)
    {
        HashSet<string> names = [.. code.Methods];
        return (receipt.Methods ?? []).Where(method => names.Contains(method.Name)).ToDictionary(method => method.Name, method => method.Digest, StringComparer.Ordinal);
    }

    /// <summary>What a verdict's reason goes on with.</summary>
    public static string Clause(Verdict verdict, bool? changed) => (verdict, changed) switch
    {
        (Verdict.Regressed or Verdict.Improved, false) => " Suspicious: noise or host change, the machine code is the same.",
        (Verdict.Regressed or Verdict.Improved, true) => " The machine code changed.",
        _ => "",
    };

    /// <summary>A change of time without one of code.</summary>
    public static IEnumerable<ReceiptWarning> Warnings(IEnumerable<WorkloadComparison> judged)
    {
        foreach (WorkloadComparison row in judged.Where(row => row is { Verdict: Verdict.Regressed or Verdict.Improved, CodeChanged: false }))
        {
            yield return new ReceiptWarning("same-code", row.Id,
                $"{(row.Verdict == Verdict.Regressed ? "regressed" : "improved")} with the same machine code: noise, a change of the host, of where the data lies, or of the runtime's own code");
        }
    }

    /// <summary>Probes that were compiled differently on the two sides.</summary>
    public static IEnumerable<string> ChangedProbes(SideOfRuns baseline, SideOfRuns candidate) =>
        baseline.WorkloadIds.Intersect(candidate.WorkloadIds).Where(id => WorkloadId.IsProbe(id) && Of(id, baseline, candidate) == true);
}
