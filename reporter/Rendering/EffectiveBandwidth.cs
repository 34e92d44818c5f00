using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>The line that shows at a glance whether a time can be right: bytes that must be read, by that time, beside what the memory gives.</summary>
public static class EffectiveBandwidth
{
    /// <summary>Null where the workload's bytes are not known.</summary>
    public static string? Of(Receipt receipt, WorkloadRecord workload)
    {
        if (workload is not { Summary.GigabytesPerSecond: { } rate, Work: { Bytes: { } bytes } work }) return null;
        string amount = work.Tokens is > 1 and { } tokens ? $"{Figures.Value((double)bytes / tokens, "B")} a token" : Figures.Value(bytes, "B");
        string share = RoofShare.OfRead(receipt, workload) is { } ofRead
            ? FormattableString.Invariant($", {ofRead * 100:0} % of what probe/read reached with as many threads")
            : RoofShare.FromMemory(receipt, workload) ? "" : ", which the caches may serve";
        return $"{Figures.Number(rate)} GB/s ({amount} must be read at least once{share})";
    }

    /// <summary>Of what the run says about generation: null where nothing end to end has bytes.</summary>
    public static BandwidthLine? Of(Receipt receipt) =>
        BuildSummaryContents.Headline(receipt) is { } workload && Of(receipt, workload) is { } line ? new BandwidthLine(workload.Id, line) : null;
}
