using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Verification;

/// <summary>Launches are numbered from 1, each measured what its order lists, every planned one is there or accounted for, and none was
/// shorter than its samples.</summary>
internal static class LaunchRules
{
    public static IEnumerable<Finding> Check(Receipt receipt)
    {
        ILookup<int, Sampled> samples = receipt.Workloads.SelectMany(workload => workload.Launches.Select(launch => new Sampled(workload.Id, launch))).ToLookup(x => x.Samples.Launch);
        for (int i = 0; i < receipt.Launches.Count; i++)
        {
            LaunchRecord launch = receipt.Launches[i];
            string path = $"$.launches[{i}]";
            if (launch.Index != i + 1)
                yield return new("launch-index", $"{path}.index", $"{launch.Index}; expected {i + 1}");
            if (launch.Outcome == LaunchOutcome.Complete != launch.Failure is null)
                yield return new("launch-outcome", $"{path}.failure", "expected a text exactly where the launch was not complete");
            if (launch.StealShare is not (null or (>= 0 and <= 1)))
                yield return new("steal", $"{path}.stealShare", "expected a share from 0 to 1");
            if (launch.Affinity is { } affinity && (affinity.Count == 0 || affinity.Any(processor => processor < 0) || affinity.Distinct().Count() < affinity.Count))
                yield return new("affinity", $"{path}.affinity", "expected different processor numbers, or null");
            foreach (Finding finding in Order(receipt, launch, samples[launch.Index], path).Concat(Wall(receipt.Origin, launch, samples[launch.Index], path)))
                yield return finding;
        }
        foreach (Finding finding in Planned(receipt))
            yield return finding;
    }

    /// <summary>A workload's samples of one launch.</summary>
    private sealed record Sampled(string Workload, LaunchSamples Samples);

    private static IEnumerable<Finding> Order(Receipt receipt, LaunchRecord launch, IEnumerable<Sampled> sampled, string path)
    {
        HashSet<string> measured = [.. sampled.Select(x => x.Workload)], order = [.. launch.Order];
        if (launch.Order.Count != order.Count)
            yield return new("order", $"{path}.order", "names a workload twice");
        foreach (string id in launch.Order.Where(id => !measured.Contains(id)))
            yield return new("order", $"{path}.order", $"names {id}, which has no samples of launch {launch.Index}");
        foreach (string id in measured.Where(id => !order.Contains(id)))
            yield return new("order", $"{path}.order", $"does not name {id}, which has samples of launch {launch.Index}");
        // Another harness may leave a workload out of a launch without losing it.
        if (launch.Outcome != LaunchOutcome.Complete || receipt.Origin != ReceiptOrigin.Measured || LookRules.IsMeasuredOn(receipt, launch.Index))
            yield break;
        foreach (string id in receipt.Workloads.Select(workload => workload.Id).Where(id => !measured.Contains(id)))
            yield return new("order", $"{path}.order", $"the launch is complete but did not measure {id}");
    }

    private static IEnumerable<Finding> Wall(ReceiptOrigin origin, LaunchRecord launch, IEnumerable<Sampled> samples, string path)
    {
        // Nobody need have watched another harness: 0 is not known.
        if (origin != ReceiptOrigin.Measured && launch.WallSeconds == 0)
            yield break;
        double sampled = samples.Sum(x => x.Samples.Nanoseconds.Sum());
        if (!(launch.WallSeconds > 0) || launch.WallSeconds * 1e9 < sampled)
        {
            yield return new("wall-time", $"{path}.wallSeconds",
                FormattableString.Invariant($"{launch.WallSeconds} s; the launch's samples alone take {sampled / 1e9} s"));
        }
    }

    private static IEnumerable<Finding> Planned(Receipt receipt)
    {
        if (receipt.Launches.Count == 0)
            yield return new("launches", "$.launches", "no launch at all");
        if (receipt.Status != RunStatus.Complete)
            yield break;
        int missing = receipt.Settings.LaunchesPlanned - receipt.Launches.Count;
        if (missing > 0)
        {
            yield return new("launches", "$.launches",
                $"the run is complete, but {missing} of {receipt.Settings.LaunchesPlanned} planned launches are not there");
        }
        foreach (LaunchRecord lost in receipt.Launches.Where(launch => launch.Outcome != LaunchOutcome.Complete))
        {
            string subject = WarningCodes.LaunchSubject(lost.Index);
            if (!receipt.Warnings.Any(warning => warning.Code == WarningCodes.LaunchLost && warning.Subject == subject))
                yield return new("launches", "$.warnings", $"launch {lost.Index} was lost; expected a warning {WarningCodes.LaunchLost} with subject {subject}");
        }
    }
}
