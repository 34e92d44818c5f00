using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>What a run's own figures say should be looked at next: the bottleneck, the distance from the roofs, what is too noisy to tell.</summary>
internal static class SummarySteps
{
    /// <summary>From here on a workload is at the roof: what the probe reads it reads too.</summary>
    private const double AtRoof = 0.9;

    /// <summary>Launches below which their spread says little.</summary>
    private const int FewLaunches = 3;

    public static IReadOnlyList<string> Of(ReceiptSource source, WorkloadRecord? headline, string program)
    {
        Receipt receipt = source.Receipt;
        return [.. Bottleneck(receipt), .. Roof(receipt, headline), .. Furthest(receipt), .. Evidence(source, program)];
    }

    private static IEnumerable<string> Bottleneck(Receipt receipt)
    {
        if (receipt.Phases is not { } phases || PhaseShares.Of(phases).Rows is not { } rows || PhaseShares.Largest(rows, phases.Phases) is not var (name, share)) yield break;
        IReadOnlyList<Phase> parts = phases.Phases.MaxBy(phase => phase.Nanoseconds)!.Parts;
        string part = PhaseShares.Largest([.. rows.Where(row => row.Depth > 0)], parts) is var (partName, partShare) ? $", most of it {Escaping.Markdown(partName)} ({partShare})" : "";
        yield return $"Look at the {char.ToLowerInvariant(name[0])}{name[1..]} first: {share} of a token's time{part}";
    }

    private static IEnumerable<string> Roof(Receipt receipt, WorkloadRecord? headline)
    {
        if (headline is null || RoofShare.OfRead(receipt, headline) is not { } share) yield break;
        yield return share >= AtRoof
            ? FormattableString.Invariant($"{Escaping.Code(headline.Id)} is at the roof ({share * 100:0} % of probe/read): only fewer bytes a token make it faster")
            : FormattableString.Invariant($"{Escaping.Code(headline.Id)} reaches {share * 100:0} % of probe/read: up to {1 / share:0.0} × faster before memory is the limit");
    }

    /// <summary>The kernel from memory that leaves most of the bandwidth unused.</summary>
    private static IEnumerable<string> Furthest(Receipt receipt)
    {
        (WorkloadRecord Workload, double Share)[] shares =
        [
            .. receipt.Workloads.Where(workload => workload.Id.StartsWith("kernel/", StringComparison.Ordinal))
                .Select(workload => (workload, Share: RoofShare.OfRead(receipt, workload))).Where(x => x.Share is < AtRoof).Select(x => (x.workload, x.Share!.Value)),
        ];
        if (shares.Length == 0) yield break;
        (WorkloadRecord furthest, double share) = shares.MinBy(x => x.Share);
        yield return FormattableString.Invariant($"Of the kernels from memory {Escaping.Code(furthest.Id)} is furthest from the roof: {share * 100:0} % of probe/read");
    }

    private static IEnumerable<string> Evidence(ReceiptSource source, string program)
    {
        Receipt receipt = source.Receipt;
        if (receipt.Origin != ReceiptOrigin.Measured) yield break;
        if (receipt.Launches.Count(launch => launch.Outcome == LaunchOutcome.Complete) < FewLaunches)
            yield return $"Measure with at least {FewLaunches} launches (`--launches {FewLaunches}`): what differs between processes is not seen in fewer";
        yield return $"Hold later runs against this one: `{program} baseline publish {source.Path} --reason \"…\"`";
    }
}
