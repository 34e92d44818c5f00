using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Display;

/// <summary>The measured workloads of a receipt, by kind: value, spread between launches, bytes and multiply-adds a second, and their shares of what the
/// probes reach.</summary>
public static class WorkloadTable
{
    /// <param name="digests">Adds the start of each result's digest.</param>
    public static IReadOnlyList<string> Lines(Receipt receipt, bool digests = false)
    {
        List<TextColumn> columns =
        [
            new("workload"), new("median", true, true), new("spread", true, true), new("GB/s", true, true), new("GMAC/s", true, true), new("of read", true, true), new("of mac", true, true),
        ];
        if (digests)
            columns.Add(new("result"));
        var table = new TextTable(columns);
        // Kernels by operation: with the whole id in every row the columns would not fit into 80.
        foreach (IGrouping<string, WorkloadRecord> group in receipt.Workloads.GroupBy(workload => WorkloadNames.Group(workload.Id)))
        {
            table.AddHeading(group.Key + "/");
            foreach (WorkloadRecord workload in group)
            {
                bool rate = workload.Unit is "GB/s" or "GMAC/s"; // then the value says it
                table.Add(
                    "  " + WorkloadNames.WithinGroup(workload.Id),
                    Figures.Value(workload.Summary.Median, workload.Unit),
                    FigureText.Spread(workload.Summary.LaunchSpread),
                    rate ? "" : FigureText.Rate(workload.Summary.GigabytesPerSecond),
                    rate ? "" : FigureText.Rate(workload.Summary.GigaMultiplyAddsPerSecond),
                    FigureText.Share(RoofShare.OfRead(receipt, workload)),
                    FigureText.Share(RoofShare.OfMultiplyAdd(receipt, workload)),
                    digests ? Short(workload.Result?.Digest) : "");
                // On lines of their own: a column or a longer name would not fit into 80.
                if (workload.Lossy == true)
                    table.AddHeading("    lossy: other logits than the F16 head's");
                if (ReadPatterns.Of(workload) is { } pattern)
                    table.AddHeading($"    {pattern}");
            }
        }
        return table.Lines();
    }

    // Enough to tell two apart and to find it in the receipt.
    private static string Short(string? digest) => digest is null ? "" : digest[(digest.IndexOf(':') + 1)..][..12];
}
