using BitNet.Perf.Cli.Settings;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Inputs;

/// <summary>Compares two sides as the settings say.</summary>
internal static class Comparing
{
    /// <param name="settings">Where threshold and allowances come from.</param>
    /// <param name="baseline">Verified receipts.</param>
    /// <param name="candidate">Verified receipts.</param>
    /// <exception cref="ComparisonInputException">They cannot be compared as given.</exception>
    public static ComparisonResult Compare(SettingSources settings, IReadOnlyList<ReceiptSource> baseline, IReadOnlyList<ReceiptSource> candidate)
    {
        bool allowIncomplete = settings.Value(PerfSettings.AllowIncomplete);
        SideOfRuns before = SideOfRuns.Baseline(baseline, allowIncomplete);
        SideOfRuns after = SideOfRuns.Candidate(candidate, allowIncomplete);
        string[] suites = [.. before.Sources.Concat(after.Sources).Select(source => source.Receipt.Suite).Distinct()];
        HashSet<string> measured = [.. after.WorkloadIds];
        var options = new ComparisonOptions
        {
            Threshold = settings.Value(PerfSettings.Threshold),
            Thresholds = [.. settings.File.Thresholds.Select(rule => new ThresholdRule(rule.Pattern, rule.Threshold))],
            AllowUndecided = settings.Value(PerfSettings.AllowUndecided),
            // Another suite was never to measure the rest of the baseline's.
            Selected = suites.Length > 1 ? measured.Contains : null,
        };
        ComparisonResult result = BaselineComparison.Compare(before, after, options);
        return suites.Length == 1 ? result : result with { Warnings = [.. result.Warnings, SuitesDiffer(before, after)] };
    }

    private static ReceiptWarning SuitesDiffer(SideOfRuns before, SideOfRuns after) => new("suites-differ", null,
        $"baseline of suite {Suites(before)}, candidate of suite {Suites(after)}: only what the candidate measured is compared, and nothing counts as missing");

    private static string Suites(SideOfRuns side) => string.Join(", ", side.Sources.Select(source => source.Receipt.Suite).Distinct());
}
