using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>From a receipt to the roofline: the probes as roofs, workloads with known bytes and multiply-adds as points below them.</summary>
internal static class RooflineSections
{
    /// <summary>Null where the run had no probe or nothing to place under it.</summary>
    public static RooflineSection? Of(Receipt receipt, string filesFolder)
    {
        RooflinePoint[] points = [.. receipt.Workloads.Select(workload => Point(receipt, workload)).OfType<RooflinePoint>()];
        Roof[] roofs = [.. points.Select(point => point.Threads).Distinct().Order().Select(threads => Of(receipt, threads)).OfType<Roof>()];
        return points.Length == 0 || roofs.Length == 0 ? null : new RooflineSection($"{filesFolder}/roofline.svg", RooflinePlot.Draw(roofs, points));
    }

    private static Roof? Of(Receipt receipt, int threads)
    {
        double? read = RoofShare.ReadProbe(receipt, threads)?.Summary.Median, multiplyAdd = RoofShare.MultiplyAddProbe(receipt, threads)?.Summary.Median;
        return read is null && multiplyAdd is null ? null : new Roof(threads, read, multiplyAdd);
    }

    private static RooflinePoint? Point(Receipt receipt, WorkloadRecord workload)
    {
        if (workload is not { Work: { Bytes: > 0 and { } bytes, MultiplyAdds: > 0 and { } multiplyAdds }, Summary.GigaMultiplyAddsPerSecond: > 0 and { } rate }
            || !WorkloadId.TryParse(workload.Id, out WorkloadId? id) || id.Family == WorkloadFamily.Probe)
        {
            return null;
        }
        double intensity = (double)multiplyAdds / bytes;
        string[] facts =
        [
            $"{workload.Id}: {Figures.Number(rate)} GMAC/s at {Figures.Number(intensity)} multiply-adds a byte",
            .. RoofShare.OfRead(receipt, workload) is { } read ? [$"{Percent(read)} of probe/read"] : Array.Empty<string>(),
            .. RoofShare.OfMultiplyAdd(receipt, workload) is { } products ? [$"{Percent(products)} of probe/mac"] : Array.Empty<string>(),
        ];
        return new RooflinePoint(Label(id), workload.Threads, RoofShare.FromMemory(receipt, workload), intensity, rate, string.Join(", ", facts));
    }

    /// <summary>Short, since the point's hint has the whole id; rows and columns of a product do not move it sideways.</summary>
    private static string Label(WorkloadId id)
    {
        string kind = id switch
        {
            { Family: WorkloadFamily.EndToEnd } => $"{id.Operation} {id.Setting}",
            { Operation: "attention" } => id.Operation,
            { Operation: "gemv" or "gemm" } => $"{id.Operation} {id.Format} {(id.Cold == true ? "cold" : "hot")}",
            _ => $"{id.Operation} {id.Format}",
        };
        return FormattableString.Invariant($"{kind} t{id.Threads}");
    }

    private static string Percent(double share) => FormattableString.Invariant($"{Math.Round(share * 100):0} %");
}
