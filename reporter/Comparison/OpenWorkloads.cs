using System.Globalization;

namespace BitNet.Perf.Reporter.Comparison;

/// <param name="Suspicious">Its estimate reaches the threshold, but not clear of noise.</param>
/// <param name="LaunchesNeeded">That would decide if its estimate stays.</param>
/// <param name="Why">A few words with figures.</param>
public sealed record OpenWorkload(string Id, bool Suspicious, int LaunchesNeeded, string Why);

/// <summary>What a look leaves open, for a run that measures on.</summary>
/// <param name="ByLaunches">More launches could decide them; the suspicious ones first, the most suspicious of them at the head, then those that need the fewest.</param>
/// <param name="ByRuns">Noise between runs is in the way, so that launches could not.</param>
/// <param name="HostChanged">Nothing is open to launches then: nothing passes on this host.</param>
public sealed record OpenWorkloads(IReadOnlyList<OpenWorkload> ByLaunches, IReadOnlyList<string> ByRuns, bool HostChanged)
{
    public static OpenWorkloads Of(ComparisonResult atLook)
    {
        WorkloadComparison[] undecided = [.. atLook.Workloads.Where(row => row.Verdict == Verdict.Undecided && row.Metric != ComparedMetric.Allocated)];
        OpenWorkload[] open =
        [
            .. undecided.Where(row => row.LaunchesNeeded is not null)
                .Select(row => (Row: row, Suspicious: row.Ratio >= 1 + row.Threshold))
                .OrderByDescending(x => x.Suspicious).ThenBy(x => x.Suspicious ? x.Row.P : 1).ThenBy(x => x.Row.LaunchesNeeded)
                .Select(x => new OpenWorkload(x.Row.Id, x.Suspicious, x.Row.LaunchesNeeded!.Value, Why(x.Row, x.Suspicious))),
        ];
        return new OpenWorkloads(
            atLook.Host.Changed ? [] : open,
            [.. undecided.Where(row => row.LaunchesNeeded is null && row.Detail?.Needed is not null).Select(row => row.Id)],
            atLook.Host.Changed);
    }

    private static string Why(WorkloadComparison row, bool suspicious) => string.Create(CultureInfo.InvariantCulture,
        $"{(suspicious ? "suspicious" : "undecided")}, {Percent.Change(row.Ratio!.Value)}");
}
