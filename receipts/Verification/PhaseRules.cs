using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>The breakdown of a token adds up exactly at every level and belongs to a workload and launch of the run.</summary>
internal static class PhaseRules
{
    private static readonly string[] Names = ["embed", "forward", "logits", "sample", "other"];

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        if (receipt.Phases is not PhaseBreakdown phases)
            yield break;
        if (receipt.Workloads.All(workload => workload.Id != phases.Workload))
            yield return new("phases", "$.phases.workload", $"there is no workload {phases.Workload}");
        if (receipt.Launches.FirstOrDefault(launch => launch.Index == phases.Launch) is not LaunchRecord launch)
            yield return new("phases", "$.phases.launch", $"there is no launch {phases.Launch}");
        else if (phases.TotalNanoseconds > launch.WallSeconds * 1e9)
            yield return new("phases", "$.phases.totalNanoseconds", "is longer than its launch");
        if (phases.Tokens < 1)
            yield return new("phases", "$.phases.tokens", $"{phases.Tokens}; expected at least 1");
        foreach (string name in phases.Phases.Select(phase => phase.Name).Where(name => !Names.Contains(name)))
            yield return new("phases", "$.phases.phases", $"\"{name}\"; expected {string.Join(", ", Names)}");
        foreach (Finding finding in Level(phases.Phases, phases.TotalNanoseconds, "$.phases.totalNanoseconds", "$.phases.phases"))
            yield return finding;
    }

    private static IEnumerable<Finding> Level(IReadOnlyList<Phase> phases, long total, string totalPath, string path)
    {
        if (phases.Select(phase => phase.Name).Distinct().Count() < phases.Count)
            yield return new("phases", path, "names a phase twice");
        Int128 sum = phases.Aggregate((Int128)0, (sum, phase) => sum + phase.Nanoseconds);
        if (sum != total || total <= 0)
            yield return new("phases", totalPath, $"{total} ns; its phases add up to {sum} ns");
        for (int i = 0; i < phases.Count; i++)
        {
            Phase phase = phases[i];
            if (phase.Nanoseconds < 0)
                yield return new("phases", $"{path}[{i}].nanoseconds", "is negative");
            foreach (Phase part in phase.Parts.Where(part => !part.Name.StartsWith(phase.Name + "/", StringComparison.Ordinal)))
                yield return new("phases", $"{path}[{i}].parts", $"\"{part.Name}\" does not begin with \"{phase.Name}/\"");
            if (phase.Parts.Count == 0)
                continue;
            foreach (Finding finding in Level(phase.Parts, phase.Nanoseconds, $"{path}[{i}].nanoseconds", $"{path}[{i}].parts"))
                yield return finding;
        }
    }
}
