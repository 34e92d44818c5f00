using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Display;

/// <summary>The measured workloads of a receipt, by family: value, spread between launches, throughput, share of what the read probe reads.</summary>
public static class WorkloadTable
{
    /// <param name="digests">Adds the start of each result's digest.</param>
    public static IReadOnlyList<string> Lines(Receipt receipt, bool digests = false)
    {
        List<TextColumn> columns = [new("workload"), new("median", true), new("spread", true, true), new("throughput", true, true), new("of read", true, true)];
        if (digests)
            columns.Add(new("result"));
        var table = new TextTable(columns);
        foreach (IGrouping<string, WorkloadRecord> family in receipt.Workloads.GroupBy(workload => workload.Id[..(workload.Id.IndexOf('/') + 1)]))
        {
            table.AddHeading(family.Key);
            foreach (WorkloadRecord workload in family)
            {
                table.Add(
                    "  " + workload.Id[family.Key.Length..],
                    Figures.Value(workload.Summary.Median, workload.Unit),
                    FigureText.Spread(workload.Summary.LaunchSpread),
                    FigureText.Throughput(workload),
                    ShareOfProbe(receipt, workload) is { } share ? FigureText.Percent(share) : "",
                    digests ? Short(workload.Result?.Digest) : "");
            }
        }
        return table.Lines();
    }

    /// <summary>Bandwidth ÷ what the read probe reaches with as many threads; null where the weights need not come from memory.</summary>
    public static double? ShareOfProbe(Receipt receipt, WorkloadRecord workload)
    {
        bool fromMemory = WorkloadId.TryParse(workload.Id, out WorkloadId? id) && (id.Cold == true || (id.Operation == "decode" && ExceedsCaches(receipt)));
        WorkloadRecord? probe = receipt.Workloads.FirstOrDefault(w => w.Id == $"probe/read/t{workload.Threads}" && w.Unit == Unit.GigabytesPerSecond.Name);
        return fromMemory ? workload.Summary.GigabytesPerSecond / probe?.Summary.Median : null;
    }

    // A small model is read from the caches, faster than any probe of the memory.
    private static bool ExceedsCaches(Receipt receipt) =>
        receipt.Model?.Bytes >= 8 * receipt.Host.Cpu.Caches.Select(cache => cache.Bytes * (cache.Instances ?? 1)).Append(8L << 20).Max();

    // Enough to tell two apart and to find it in the receipt.
    private static string Short(string? digest) => digest is null ? "" : digest[(digest.IndexOf(':') + 1)..][..12];
}
