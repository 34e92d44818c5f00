using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>Which workloads are measured of two builds.</summary>
/// <param name="Measured">Those of both, as each has them, in base's order, with the host's checks.</param>
/// <param name="FamilySize">How many of them are judged: no probes, and none whose definition or unit differs.</param>
/// <param name="Only">Those of one build only.</param>
internal sealed record SharedWorkloads(IReadOnlyList<Sides<ListedWorkload>> Measured, int FamilySize, Sides<IReadOnlyList<string>> Only)
{
    /// <exception cref="BuildRefusedException">No workload can be judged.</exception>
    public static SharedWorkloads Of(Sides<BuildListing> builds)
    {
        var head = builds.Head.Workloads.ToDictionary(w => w.Id);
        // The multiply-add probe is for the roofline of a run; whether the host changed, control kernel and read probe tell.
        Sides<ListedWorkload>[] both =
        [
            .. builds.Base.Workloads.Where(w => head.ContainsKey(w.Id) && !w.Id.StartsWith("probe/mac/", StringComparison.Ordinal))
                .Select(w => new Sides<ListedWorkload>(w, head[w.Id])),
        ];
        var judged = both.Count(w => !WorkloadId.IsProbe(w.Base.Id) && w.Base.Definition == w.Head.Definition && w.Base.Unit == w.Head.Unit);
        var only = builds.Select(build => (IReadOnlyList<string>)[.. build.Workloads.Select(w => w.Id).Where(id => !WorkloadId.IsProbe(id) && both.All(w => w.Base.Id != id))]);
        return judged > 0 ? new SharedWorkloads(both, judged, only) : throw new BuildRefusedException(None(both, only));
    }

    private static string None(IReadOnlyList<Sides<ListedWorkload>> both, Sides<IReadOnlyList<string>> only)
    {
        var differing = both.Where(w => !WorkloadId.IsProbe(w.Base.Id)).ToList();
        return differing.Count > 0
            ? $"no workload to compare: {differing[0].Base.Id} is {differing[0].Base.Definition} in base and {differing[0].Head.Definition} in head"
            : $"no workload to compare: base has {only.Base.Count} that head lacks, head {only.Head.Count} that base lacks, and none is in both";
    }
}
