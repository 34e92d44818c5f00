using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>The measured workloads of a receipt in tables by group, in the order measured kinds first appear.</summary>
internal static class WorkloadTables
{
    /// <param name="comparison">Adds the baseline's launches to the plots; null without one.</param>
    /// <param name="filesFolder">Where plots lie, relative to the report, e.g. "report.files".</param>
    public static IReadOnlyList<WorkloadTable> Of(Receipt receipt, ComparisonResult? comparison, string filesFolder)
    {
        ILookup<string, WorkloadComparison> compared = (comparison?.Workloads ?? []).Where(row => row.Detail is not null).ToLookup(row => row.Id);
        return [.. receipt.Workloads.Where(workload => workload.Launches.Any(launch => launch.Values.Count > 0))
            .GroupBy(workload => WorkloadNames.Group(workload.Id)).OrderBy(group => Rank(group.Key))
            .Select(group => Table(group.Key, [.. group], receipt, compared, filesFolder))];
    }

    // End to end first, what users feel; kernels as they come; probes last.
    private static int Rank(string group) => group == "e2e" ? 0 : group == "probe" ? 2 : 1;

    private static WorkloadTable Table(string group, WorkloadRecord[] records, Receipt receipt, ILookup<string, WorkloadComparison> compared, string filesFolder)
    {
        WorkloadRow[] rows = ManyWorkloads.Each(records, (record, _) => Row(record, receipt));
        return new WorkloadTable
        {
            Group = group,
            Rows = rows,
            PlotFile = $"{filesFolder}/{FileName(group)}.svg",
            PlotSvg = LaunchPlot.Draw(group, ManyWorkloads.Each(records, (record, _) => LaunchPlot.Series(record, compared[record.Id].FirstOrDefault()))),
            HasBandwidth = rows.Any(row => row.Bandwidth is not null),
            HasOfRead = rows.Any(row => row.OfRead is not null),
            HasMultiplyAdds = rows.Any(row => row.MultiplyAdds is not null),
            HasOfMultiplyAdd = rows.Any(row => row.OfMultiplyAdd is not null),
            HasKernel = rows.Any(row => row.Kernel is not null),
            HasReadPattern = rows.Any(row => row.ReadPattern is not null),
        };
    }

    private static WorkloadRow Row(WorkloadRecord record, Receipt receipt)
    {
        double[] medians = [.. record.Launches.Where(launch => launch.Values.Count > 0).Select(launch => WorkloadFigures.Median(launch.Values))];
        WorkloadSummary summary = record.Summary;
        double? spread = summary.LaunchSpread is > 0 ? summary.LaunchSpread : null;
        string[] range = Figures.Values([medians.Min(), medians.Max(), summary.Median], record.Unit, spread);
        bool rate = record.Unit is "GB/s" or "GMAC/s"; // then the value says it already
        return new WorkloadRow
        {
            Id = record.Id,
            Name = WorkloadNames.WithinGroup(record.Id),
            Value = range[2],
            Better = record.Better == Better.Lower ? "lower" : "higher",
            Range = $"{range[0][..range[0].IndexOf(' ')]} … {range[1]}",
            Spread = summary.LaunchSpread is { } s ? Figures.Spread(s) : null,
            Bandwidth = summary.GigabytesPerSecond is { } bandwidth && !rate ? Figures.Number(bandwidth) : null,
            OfRead = Share(RoofShare.OfRead(receipt, record)),
            MultiplyAdds = summary.GigaMultiplyAddsPerSecond is { } adds && !rate ? Figures.Number(adds) : null,
            OfMultiplyAdd = Share(RoofShare.OfMultiplyAdd(receipt, record)),
            Kernel = record.Kernel,
            ReadPattern = ReadPatterns.Of(record),
            Launches = medians.Length,
            Checked = record is { Lossy: true, Result.Against: { } against } ? $"{against}; lossy" : record.Result?.Against,
        };
    }

    private static string? Share(double? share) => share is { } known ? FormattableString.Invariant($"{Math.Round(known * 100):0} %") : null;

    internal static string FileName(string group) => string.Concat(group.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}
