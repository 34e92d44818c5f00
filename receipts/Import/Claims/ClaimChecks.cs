using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Import.Claims;

/// <summary>What cannot be right in published figures, or leaves them without meaning; each finding is a warning of the external receipt.</summary>
public static class ClaimChecks
{
    /// <summary>Statistic of a figure of which nobody says whether it is a mean, a median or the best of several.</summary>
    public const string UnknownStatistic = "unknown statistic";

    /// <summary>Gigabytes per second below which a claim of bytes and time is doubted. A choice: one core of any machine that holds such a model reads faster.</summary>
    private const double LeastBandwidth = 1;

    /// <summary>Every finding, the arithmetic ones first.</summary>
    public static IEnumerable<ReceiptWarning> Of(ClaimedFigures claims) =>
    [
        .. claims.Breakdown is { } breakdown ? BreakdownChecks.Of(breakdown) : [],
        .. claims.Breakdown is { } parts ? RunChecks.Of(parts, claims.Workloads) : [],
        .. Bandwidth(claims),
        .. OneToken(claims),
        .. Unknown(claims),
        .. Published(claims),
        .. Instructions(claims),
    ];

    private static IEnumerable<ReceiptWarning> Bandwidth(ClaimedFigures claims)
    {
        foreach (ClaimedWorkload workload in claims.Workloads.Where(workload => workload.Bytes is not null))
        {
            Unit.TryParse(workload.Unit, out Unit unit, out double factor);
            double median = WorkloadFigures.Median([.. workload.Runs.Select(run => WorkloadFigures.Median([.. run.Select(value => (double)value * factor)]))]);
            double? nanoseconds = WorkloadFigures.NanosecondsPerOperation(unit, new WorkPerOperation { Tokens = workload.Tokens, Bytes = workload.Bytes }, median);
            if (workload.Bytes / nanoseconds is double rate && rate < LeastBandwidth)
            {
                yield return new("bandwidth-low", workload.Id, string.Create(CultureInfo.InvariantCulture,
                    $"{workload.Bytes / 1e6:0.#} MB in {nanoseconds / 1e6:0.###} ms are {rate:0.00} GB/s: far slower than memory, so that something other than reading the weights was timed"));
            }
        }
    }

    private static IEnumerable<ReceiptWarning> OneToken(ClaimedFigures claims)
    {
        if (claims.Breakdown is { Tokens: 1, TokensPerSecond: decimal rate })
        {
            yield return new("one-token", null, string.Create(CultureInfo.InvariantCulture,
                $"{rate} tok/s from runs of one token: latency of the first token in a cold process, not throughput of decoding"));
        }
    }

    private static IEnumerable<ReceiptWarning> Unknown(ClaimedFigures claims)
    {
        List<string> unknown = [];
        if (!claims.Facts.ContainsKey("threads") && claims.Workloads.All(workload => workload.Threads is null))
            unknown.Add("threads");
        if (!claims.Facts.ContainsKey("commit"))
            unknown.Add("commit");
        if (claims.Breakdown is not null && !claims.Facts.ContainsKey("prompt tokens"))
            unknown.Add("prompt tokens");
        if (unknown.Count > 0)
            yield return new("settings-unknown", null, $"not told: {string.Join(", ", unknown)}; nobody can make the run again");
    }

    private static IEnumerable<ReceiptWarning> Published(ClaimedFigures claims)
    {
        ClaimedWorkload[] figures = [.. claims.Workloads.Where(workload => workload.Statistic is not null)];
        if (figures.Length > 0)
        {
            yield return new("no-samples", null, FormattableString.Invariant(
                $"{figures.Length} of {claims.Workloads.Count} workloads have one published figure each ({string.Join(", ", figures.Select(figure => figure.Statistic).Distinct())}) in place of samples"));
        }
    }

    private static IEnumerable<ReceiptWarning> Instructions(ClaimedFigures claims)
    {
        if (claims.Facts.ContainsKey(TimingSummary.InstructionsFact))
            yield return new("instructions-anywhere", null, "instructions were looked for anywhere in the binary, which says nothing about the code that took the time");
    }
}
