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

        foreach (ReceiptWarning warning in RunNoises(tested)) yield return warning;
        if (host.Changed)
            yield return new ReceiptWarning("host-changed", null, $"the host changed between the sides: {Reasons.HostChanged(host.Checks)}; nothing passes on it");
        if (host.ControlRatio is null)
            yield return new ReceiptWarning("host-unchecked", null, "no control kernel on both sides: a change of the host would go unseen");
        yield return new ReceiptWarning("not-calibrated", null,
            "false alarms of this host were never measured; the family error rate is that of the model, not an observed one");
        foreach (ReceiptWarning warning in Comparability.Explanations(baseline, candidate)) yield return warning;
        string[] unchecked_ = [.. tested.Where(t => t.Pair.ResultMatch is null).Select(t => t.Pair.Id)];
        if (unchecked_.Length > 0)
        {
            yield return new ReceiptWarning("result-unchecked", unchecked_.Length == 1 ? unchecked_[0] : null,
                $"{unchecked_.Length} of {tested.Count} workloads have no output digest on both sides: that they compute the same is unknown");
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
