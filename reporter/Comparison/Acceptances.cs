using System.Globalization;
using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Which regressions were acknowledged; docs/statistics.md, "Acceptances". An acceptance excuses a slowdown or a growth, never a wrong result,
/// and what it does not excuse says so.</summary>
internal static class Acceptances
{
    /// <param name="rows">As judged.</param>
    /// <param name="hostKey">Of the candidate.</param>
    /// <param name="options">The acceptances, and the day they are held against.</param>
    public static IEnumerable<WorkloadComparison> Applied(IEnumerable<WorkloadComparison> rows, string hostKey, ComparisonOptions options) =>
        rows.Select(row => row is { Verdict: Verdict.Regressed, ResultMatch: not false } ? Applied(row, hostKey, options) : row);

    private static WorkloadComparison Applied(WorkloadComparison row, string hostKey, ComparisonOptions options)
    {
        Acceptance[] covering = [.. options.Acceptances.Where(acceptance => acceptance.Covers(row.Id, hostKey))];
        // The one that holds longest says it; what grew from nothing has no ratio, and no share of nothing was accepted.
        Acceptance? valid = covering.Where(acceptance => !acceptance.ExpiredOn(options.Today) && row.Ratio <= 1 + acceptance.Max).MaxBy(acceptance => acceptance.Expires);
        if (valid is not null)
            return row with { Accepted = $"{valid.Reason} (up to {Percent.Amount(valid.Max)}, until {Day(valid.Expires)}, {valid.Workloads})" };
        string[] lapsed = [.. covering.Select(acceptance => Lapse(acceptance, row, options.Today))];
        return lapsed.Length == 0 ? row : row with { Lapsed = string.Join(' ', lapsed), Reason = $"{row.Reason} {string.Join(' ', lapsed)}" };
    }

    private static string Lapse(Acceptance acceptance, WorkloadComparison row, DateOnly today)
    {
        string which = $"The acceptance of {acceptance.Workloads} \"{acceptance.Reason}\"";
        string size = row.Ratio is { } ratio ? Percent.Change(ratio, Math.Max(Percent.Decimals(row.Interval90), 1)) : "growth from nothing";
        return acceptance.ExpiredOn(today)
            ? $"{which} expired on {Day(acceptance.Expires)}."
            : $"{which} is exceeded: {size}, accepted are {Percent.Amount(acceptance.Max)}.";
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
