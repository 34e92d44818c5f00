using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>What a reader must know before trusting the verdicts.</summary>
internal static class ComparisonWarnings
{
    public static IEnumerable<ReceiptWarning> Of(
        SideOfRuns baseline, SideOfRuns candidate, HostSummary host, IReadOnlyList<string> obstacles, IReadOnlyList<TestedPair> tested)
    {
        foreach (string obstacle in obstacles)
            yield return new ReceiptWarning("incomparable", null, $"nothing is compared: {obstacle}");
        foreach (ReceiptWarning warning in LostLaunches.Warnings(baseline, candidate)) yield return warning;
        if (tested.Count == 0) yield break;

        foreach (ReceiptWarning warning in SetAside(baseline, candidate)) yield return warning;
        foreach (ReceiptWarning warning in RunNoises(tested)) yield return warning;
        foreach (ReceiptWarning warning in Common(baseline, candidate, host, [.. tested.Select(t => t.Pair)])) yield return warning;
    }

    /// <summary>The same of launches that alternated.</summary>
    public static IEnumerable<ReceiptWarning> OfPairs(
        SideOfRuns baseline, SideOfRuns candidate, HostSummary host, IReadOnlyList<string> obstacles, IReadOnlyList<WorkloadPair> pairs, Blocks blocks)
    {
        foreach (string obstacle in obstacles)
            yield return new ReceiptWarning("incomparable", null, $"nothing is compared: {obstacle}");
        if (blocks.Lost > 0)
            yield return new ReceiptWarning("launches-lost", null, $"{blocks.Lost} of {blocks.Count} blocks lost a launch and do not count");
        if (pairs.Count == 0) yield break;
        if (blocks.Declared is null)
        {
            yield return new ReceiptWarning("not-interleaved", null,
                "the receipts do not say that their launches alternated: paired by number, a drift of the host between the sides is not cancelled");
        }
        foreach (ReceiptWarning warning in Common(baseline, candidate, host, pairs)) yield return warning;
    }

    private static IEnumerable<ReceiptWarning> Common(SideOfRuns baseline, SideOfRuns candidate, HostSummary host, IReadOnlyList<WorkloadPair> pairs)
    {
        if (host.Changed)
            yield return new ReceiptWarning("host-changed", null, $"the host changed between the sides: {Reasons.HostChanged(host.Checks)}; nothing passes on it");
        foreach (string id in CodeChange.ChangedProbes(baseline, candidate))
            yield return new ReceiptWarning("probe-code-changed", id, "its own machine code changed: it is no host check here, and a change of the host may go unseen");
        if (host is { ControlRatio: null, ControlCodeChanged: false })
            yield return new ReceiptWarning("host-unchecked", null, "no control kernel on both sides: a change of the host would go unseen");
        if (!host.Calibrated)
        {
            yield return new ReceiptWarning("not-calibrated", null,
                "false alarms of this host were never measured; the family error rate is that of the model, not an observed one");
        }
        foreach (ReceiptWarning warning in Comparability.Explanations(baseline, candidate)) yield return warning;
        string[] unchecked_ = [.. pairs.Where(pair => pair.ResultMatch is null).Select(pair => pair.Id)];
        if (unchecked_.Length > 0)
        {
            yield return new ReceiptWarning("result-unchecked", unchecked_.Length == 1 ? unchecked_[0] : null,
                $"{unchecked_.Length} of {pairs.Count} workloads have no output digest on both sides: that they compute the same is unknown");
        }
    }

    // Launches made because of what others showed are no fair sample, except at the looks of the one run that declared them.
    private static IEnumerable<ReceiptWarning> SetAside(SideOfRuns baseline, SideOfRuns candidate)
    {
        foreach (SideOfRuns side in LaunchLooks.Of(candidate).IsSingle ? [baseline, candidate] : new[] { baseline })
        {
            int runs = side.Sources.Count(source => source.Receipt.Launches.Count > LaunchLooks.Unconditional(source.Receipt));
            if (runs > 0)
                yield return new ReceiptWarning("launches-set-aside", null, $"{side.Name}: {runs} of {side.Sources.Count} runs measured on where a verdict was open; only their launches up to the first look count here");
        }
    }

    private static IEnumerable<ReceiptWarning> RunNoises(IReadOnlyList<TestedPair> tested)
    {
        Evidence[] assumed = [.. tested.Select(t => t.Evidence).OfType<Evidence>().Where(e => e.Noise.Assumed)];
        foreach (IGrouping<double, Evidence> group in assumed.GroupBy(e => e.Noise.Deviation))
        {
            yield return new ReceiptWarning("run-noise-assumed", null, string.Create(CultureInfo.InvariantCulture,
                $"noise between runs of {Percent.Amount(group.Key)} is assumed for {group.Count()} of {tested.Count} workloads: estimating it takes {RunNoise.LeastDegreesOfFreedom + 1} baseline runs"));
        }
    }
}
