using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Names of groups of workloads and of the workloads within them.</summary>
public static class WorkloadNames
{
    /// <summary>Workloads that stand in one table: kernels by operation, end to end, probes.</summary>
    public static string Group(string id)
    {
        if (WorkloadId.TryParse(id, out WorkloadId? parsed))
            return parsed.Family switch { WorkloadFamily.Kernel => $"kernel/{parsed.Operation}", WorkloadFamily.EndToEnd => "e2e", _ => "probe" };
        int slash = id.IndexOf('/');
        return slash > 0 ? id[..slash] : "other";
    }

    /// <summary>The id without its group.</summary>
    public static string WithinGroup(string id) =>
        id.StartsWith(Group(id) + "/", StringComparison.Ordinal) ? id[(Group(id).Length + 1)..] : id;

    /// <summary>Groups for narrow tables: one pattern, that --filter takes, with * where the workloads differ; each one's label is what
    /// stands in place of the *. Ids of different lengths or different first parts are in different groups.</summary>
    public static IReadOnlyList<PatternGroup> Patterns(IEnumerable<string> ids)
    {
        // Kernels share a pattern with the same operation, format and instruction set; all others with the same kind.
        return [.. ids.Select(id => (Id: id, Parts: id.Split('/')))
            .GroupBy(x => (x.Parts.Length, string.Join('/', x.Parts.Take(x.Parts[0] == "kernel" ? Math.Min(4, x.Parts.Length - 1) : Math.Min(2, x.Parts.Length - 1)))))
            .Select(group => Pattern([.. group.Select(x => x.Parts)]))];
    }

    private static PatternGroup Pattern(string[][] members)
    {
        int length = members[0].Length;
        bool[] varies = [.. Enumerable.Range(0, length).Select(i => members.Any(m => m[i] != members[0][i]))];
        // One workload alone is told by its last two parts.
        if (!varies.Contains(true))
            for (int i = Math.Max(0, length - 2); i < length; i++) varies[i] = true;
        return new PatternGroup(
            string.Join('/', members[0].Select((part, i) => varies[i] ? "*" : part)),
            members.ToDictionary(m => string.Join('/', m), m => string.Join('/', m.Where((_, i) => varies[i]))));
    }
}

/// <param name="Labels">By workload id.</param>
public sealed record PatternGroup(string Pattern, IReadOnlyDictionary<string, string> Labels);
