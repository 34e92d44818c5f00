using System.Globalization;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>From receipts and, if there is one, a comparison to what a report shows.</summary>
public static class ReportContents
{
    /// <param name="candidate">The runs reported on; tables and facts are the newest one's, the comparison speaks of all.</param>
    /// <param name="comparison">Null when there was no baseline.</param>
    /// <param name="filesFolder">Folder of the plots, relative to the report.</param>
    /// <param name="program">How this program is called where the report's commands will be typed.</param>
    /// <param name="context">Other engines' figures to show beside the run.</param>
    public static ReportModel Of(SideOfRuns candidate, ComparisonResult? comparison, string filesFolder = "report.files", string program = ReportModel.ProgramName,
        IReadOnlyList<ReceiptSource>? context = null)
    {
        Receipt receipt = candidate.Newest;
        return new ReportModel
        {
            Program = program,
            Suite = receipt.Suite,
            HostKey = receipt.HostKey,
            Measured = receipt.Workloads.Count(workload => WorkloadNames.Group(workload.Id) != "probe"),
            Run = receipt.Run,
            Created = Time(receipt.CreatedUtc),
            Incomplete = receipt.Status == RunStatus.Incomplete,
            Commit = Figures.Commit(receipt.Build.Commit),
            PublishCommand = $"{program} baseline publish {string.Join(' ', candidate.Sources.Select(source => Quoted(source.Path)))} --reason \"first baseline\"",
            Comparison = comparison is null ? null : ComparisonSections.Of(comparison, NextSteps.Selection(receipt), program),
            Tables = WorkloadTables.Of(receipt, comparison, filesFolder),
            Roofline = RooflineSections.Of(receipt, filesFolder),
            CodeSection = CodeSections.Of(receipt),
            Phases = receipt.Phases is { } phases ? PhaseSections.Of(phases, receipt, filesFolder) : null,
            Context = ContextSections.Of(receipt, context ?? []),
            Host = RunFacts.Host(receipt),
            Build = RunFacts.Build(receipt),
            Model = RunFacts.Model(receipt),
            Settings = RunFacts.Settings(receipt),
            Warnings = [.. (comparison?.Warnings ?? []).Concat(candidate.Sources.SelectMany(source => source.Receipt.Warnings))
                .Select(warning => new WarningRow(warning.Code, warning.Subject, warning.Message))],
            Receipts =
            [
                .. comparison?.Baseline.Receipts.Select(r => new ReceiptRow("baseline", r.Path, r.Run, Time(r.CreatedUtc), r.Digest ?? "none")) ?? [],
                .. candidate.Sources.Select(s => new ReceiptRow("candidate", s.Path, s.Receipt.Run, Time(s.Receipt.CreatedUtc), s.Receipt.Digest ?? "none")),
            ],
            Bandwidth = EffectiveBandwidth.Of(receipt),
            Summary = BuildSummaryContents.Of(candidate.Sources[^1], program),
            Comment = CommentContents.Of(receipt.Suite, receipt.HostKey),
        };
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Quoted(string path) => path.Contains(' ') ? $"'{path}'" : path;
}
