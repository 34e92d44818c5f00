using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>What a side of an interleaved comparison declared is possible, and the run kept to it.</summary>
internal static class InterleavingRules
{
    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        if (receipt.Interleaving is not { } interleaving)
            yield break;
        int blocks = receipt.Launches.Count;
        IReadOnlyList<DeclaredLook> looks = interleaving.Looks;
        if (!RunName.TryParse(interleaving.Partner, out _) || interleaving.Partner == receipt.Run)
            yield return new("interleaving", "$.interleaving.partner", $"\"{interleaving.Partner}\"; expected the name of another run");
        if (interleaving.BaseFirst.Count != blocks)
            yield return new("interleaving", "$.interleaving.baseFirst", $"{interleaving.BaseFirst.Count} blocks; expected as many as launches, {blocks}");
        if (looks.Count == 0 || looks[0].Launches < 1 || looks.Zip(looks.Skip(1)).Any(pair => pair.First.Launches >= pair.Second.Launches) || looks[^1].Launches < blocks)
            yield return new("interleaving", "$.interleaving.looks", $"expected ascending numbers of blocks, the last one at least the launches, {blocks}");
        if (!LookRules.SharesAddUp(looks))
            yield return new("interleaving", "$.interleaving.looks", "expected positive shares that add up to 1");
        foreach (string id in interleaving.Only.Where(id => receipt.Workloads.Any(workload => workload.Id == id)))
            yield return new("interleaving", "$.interleaving.only", $"names {id}, which was measured");
        if (interleaving.FamilySize < 1)
            yield return new("interleaving", "$.interleaving.familySize", "expected at least 1");
        if (!(interleaving.FamilyErrorRate > 0 && interleaving.FamilyErrorRate < 0.5))
            yield return new("interleaving", "$.interleaving.familyErrorRate", "expected a rate above 0 and below 0.5");
    }
}
