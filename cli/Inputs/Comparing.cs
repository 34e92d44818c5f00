using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Cli.Baselines;
using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Inputs;

/// <summary>Compares two sides as the settings say.</summary>
internal static class Comparing
{
    /// <param name="settings">Where threshold, allowances and the folder of the acceptances come from.</param>
    /// <param name="baseline">Verified receipts.</param>
    /// <param name="candidate">Verified receipts.</param>
    /// <param name="paired">Launches of both sides alternated and are taken as pairs.</param>
    /// <exception cref="ComparisonInputException">They cannot be compared as given.</exception>
    public static ComparisonResult Compare(
        SettingSources settings, IReadOnlyList<ReceiptSource> baseline, IReadOnlyList<ReceiptSource> candidate, bool paired = false)
    {
        bool allowIncomplete = settings.Value(PerfSettings.AllowIncomplete);
        SideOfRuns before = SideOfRuns.Baseline(baseline, allowIncomplete);
        SideOfRuns after = SideOfRuns.Candidate(candidate, allowIncomplete);
        string[] suites = [.. before.Sources.Concat(after.Sources).Select(source => source.Receipt.Suite).Distinct()];
        HashSet<string> measured = [.. after.WorkloadIds];
        ThresholdPatterns.Require(settings.File, [.. before.WorkloadIds, .. measured]);
        bool contained = Suites(before).All(suite => Suites(after).Any(other => Contains(other, suite)));
        // A suite that does not contain the baseline's was never to measure the rest of it.
        ComparisonOptions options = Options(settings, after.Newest.HostKey) with { Selected = contained ? null : measured.Contains };
        // Of launches that alternated only their pairs are judged: their runs ended by what they showed.
        bool alternated = before.Sources.Concat(after.Sources).All(source => source.Receipt.Interleaving is not null);
        ComparisonResult result = paired || alternated ? PairedComparison.Compare(before, after, options) : BaselineComparison.Compare(before, after, options);
        if (BaselineAge.Warning(settings, before, after.Newest) is { } stale)
            result = result with { Warnings = [.. result.Warnings, stale] };
        return suites.Length == 1 ? result : result with { Warnings = [.. result.Warnings, SuitesDiffer(before, after, contained)] };
    }

    /// <summary>What the settings say of any comparison.</summary>
    /// <param name="hostKey">Of the runs that are compared; its calibration is used then.</param>
    /// <exception cref="ReceiptException">The host's calibration is damaged.</exception>
    public static ComparisonOptions Options(SettingSources settings, string? hostKey = null) => new()
    {
        Threshold = settings.Value(PerfSettings.Threshold),
        Thresholds = [.. settings.File.Thresholds.Select(rule => new ThresholdRule(rule.Pattern, rule.Threshold))],
        AllowUndecided = settings.Value(PerfSettings.AllowUndecided),
        Acceptances = new AcceptanceStore(settings.Surroundings.Openable(settings.Value(PerfSettings.Baselines))).Read(),
        Today = DateOnly.FromDateTime(DateTime.UtcNow),
        Calibration = hostKey is null ? null : CalibrationOf(settings, hostKey),
    };

    /// <summary>Of the host, in the folder of the stored baselines; null when it was never calibrated.</summary>
    /// <exception cref="ReceiptException">It is there and damaged.</exception>
    public static Calibration? CalibrationOf(SettingSources settings, string hostKey) =>
        CalibrationFile.Find(settings.Surroundings.Openable(settings.Value(PerfSettings.Baselines)), hostKey);

    private static ReceiptWarning SuitesDiffer(SideOfRuns before, SideOfRuns after, bool contained)
    {
        int left = before.WorkloadIds.Except(after.WorkloadIds).Count();
        return new("suites-differ", null,
            $"baseline of suite {string.Join(", ", Suites(before))}, candidate of suite {string.Join(", ", Suites(after))}: "
            + (contained ? "which contains it, so what it lacks is missing" : $"only what the candidate measured is compared; {left} of the baseline's workloads are not, and none counts as missing"));
    }

    private static bool Contains(string suite, string other) => suite == other || (Suite.Find(suite) is { } one && Suite.Find(other) is { } two && one.Contains(two));

    private static string[] Suites(SideOfRuns side) => [.. side.Sources.Select(source => source.Receipt.Suite).Distinct()];
}
