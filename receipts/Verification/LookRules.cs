using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Looks are possible, and the launches beyond the first one measured what a run that measures on may: every probe, and of the
/// workloads those that the look before had measured.</summary>
internal static class LookRules
{
    private const string Path = "$.settings.looks";

    /// <summary>The shares are sums of a few fractions.</summary>
    private const double ShareSlack = 1e-9;

    /// <summary>Whether the launch lies beyond the first look, where not every workload is measured.</summary>
    public static bool IsMeasuredOn(Receipt receipt, int launch) => receipt.Settings.Looks is [var first, ..] && launch > first.Launches;

    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        if (receipt.Settings.Looks is not { } looks)
            return [];
        Finding[] impossible = [.. Declared(receipt.Settings.LaunchesPlanned, looks)];
        return impossible.Length > 0 ? impossible : Launches(receipt, looks);
    }

    private static IEnumerable<Finding> Declared(int planned, IReadOnlyList<DeclaredLook> looks)
    {
        if (looks.Count == 0 || looks[0].Launches != planned)
            yield return new("looks", Path, $"expected a first look after the {planned} launches planned");
        for (int k = 1; k < looks.Count; k++)
        {
            if (looks[k].Launches <= looks[k - 1].Launches)
                yield return new("looks", $"{Path}[{k}].launches", $"{looks[k].Launches}; expected more than {looks[k - 1].Launches}");
        }
        if (!SharesAddUp(looks))
            yield return new("looks", Path, FormattableString.Invariant($"the shares add up to {looks.Sum(look => look.Share)}; expected positive ones that add up to 1"));
    }

    internal static bool SharesAddUp(IReadOnlyList<DeclaredLook> looks) =>
        looks.All(look => look.Share > 0) && Math.Abs(looks.Sum(look => look.Share) - 1) <= ShareSlack;

    private static IEnumerable<Finding> Launches(Receipt receipt, IReadOnlyList<DeclaredLook> looks)
    {
        if (receipt.Launches.Count > looks[^1].Launches)
            yield return new("looks", Path, $"{receipt.Launches.Count} launches were made; the last look is after {looks[^1].Launches}");
        string[] probes = [.. receipt.Workloads.Select(workload => workload.Id).Where(WorkloadId.IsProbe)];
        HashSet<string> before = [.. receipt.Workloads.Select(workload => workload.Id)];
        for (int k = 1; k < looks.Count; k++)
        {
            HashSet<string>? set = null;
            foreach (LaunchRecord launch in receipt.Launches.Where(l => l.Outcome == LaunchOutcome.Complete && l.Index > looks[k - 1].Launches && l.Index <= looks[k].Launches))
            {
                string path = $"$.launches[{launch.Index - 1}].order";
                foreach (string probe in probes.Except(launch.Order))
                    yield return new("looks", path, $"lacks {probe}, which every launch measures");
                foreach (string id in launch.Order.Where(id => !before.Contains(id)))
                    yield return new("looks", path, $"names {id}, which was not measured on at the look before");
                set ??= [.. launch.Order];
                if (!set.SetEquals(launch.Order))
                    yield return new("looks", path, $"differs in more than order from the other launches up to launch {looks[k].Launches}");
            }
            // Where every launch of a look was lost, what it was to measure is not known.
            before = set ?? before;
        }
    }
}
