using BitNet.Perf.Bench.Evidence;
using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>Plans of both builds: what both have, checked in each, with the same numbers of operations.</summary>
internal sealed class BuildsPlanning(RunOptions options, BuildContestants builds, RunEnvironment environment, IInterleavedProgress progress) : IContestantsPlanning
{
    private readonly List<ReceiptWarning> _warnings = [];

    public async Task<PlannedContestants> PlanAsync(DateTimeOffset started, long seed, Action<int, IReadOnlyCollection<string>> known, CancellationToken cancellationToken)
    {
        var ground = RunGround.Prepare(options, environment, progress, Warn, cancellationToken);
        var workers = builds.Workers;
        var listing = ListingPlan(ground);
        var listed = new Sides<BuildListing>(
            await BuildListing.ReadAsync(Sides<string>.BaseName, workers.Base, listing, cancellationToken),
            await BuildListing.ReadAsync(Sides<string>.HeadName, workers.Head, listing, cancellationToken));
        RequireComparable(listed.Select(build => build.Build));
        if (listed.Base.Workloads.Count + listed.Head.Workloads.Count == 0)
            throw new NoWorkloadsException($"no workload of suite {options.Suite.Name} matches {string.Join(", ", options.Filters.Select(f => $"'{f}'"))}, in neither build");
        var shared = SharedWorkloads.Of(listed);
        known(shared.FamilySize, [.. listed.Base.Workloads.Concat(listed.Head.Workloads).Select(w => w.Id).Distinct()]);
        var plans = listed.Select(build => ground.Plan(started, build.Build, build.BuildId, build.Kernel, 1, seed));
        var ids = shared.Measured.Select(w => w.Base.Id).ToList();
        // Checks also bring the model into the page cache: both sides' launches find it there.
        var checkedBase = await new CalibrationLaunch(workers.Base, progress).RunAsync(plans.Base, ids, null, cancellationToken);
        var checkedHead = await new CalibrationLaunch(workers.Head, progress).RunAsync(plans.Head, ids, null, cancellationToken);
        RequireSameResults(ids, checkedBase, checkedHead);
        // Of each build its own: that the other one was built in another way is not its fault.
        var code = new Sides<CapturedCode>(checkedBase.Code, checkedHead.Code);
        var own = new Sides<IReadOnlyList<ReceiptWarning>>(
            [.. ground.Warnings(ids, listed.Base.Build), .. code.Base.Warnings], [.. ground.Warnings(ids, listed.Head.Build), .. code.Head.Warnings]);
        foreach (var warning in own.Base.Concat(own.Head).Distinct())
            progress.Warn(warning);
        var calibrated = new Sides<IReadOnlyList<CalibratedWorkload>>(
            [.. shared.Measured.Select(w => Calibrated(w.Base, checkedBase, checkedBase))],
            [.. shared.Measured.Select(w => Calibrated(w.Head, checkedHead, checkedBase))]);
        var planned = new Sides<PlannedBuild>(
            new PlannedBuild(builds.Programs.Base, plans.Base with { Workloads = calibrated.Base, Methods = code.Base.Methods, Warnings = Warnings(own.Base, shared.Only.Base, Sides<string>.HeadName) }),
            new PlannedBuild(builds.Programs.Head, plans.Head with { Workloads = calibrated.Head, Methods = code.Head.Methods, Warnings = Warnings(own.Head, shared.Only.Head, Sides<string>.BaseName) }));
        var block = Prediction.Launch(planned.Base.Plan.Workloads, options.Timing) + Prediction.Launch(planned.Head.Plan.Workloads, options.Timing);
        return new PlannedContestants(shared.FamilySize, block, shared.Only) { Builds = planned };
    }

    /// <summary>What would make the comparison refuse every workload is refused before minutes of measuring.</summary>
    private void RequireComparable(Sides<BuildDescription> builds)
    {
        if (builds.Base.Configuration != builds.Head.Configuration)
            throw new BuildRefusedException($"incomparable: base is a {builds.Base.Configuration} build, head a {builds.Head.Configuration} one");
        var keys = builds.Select(build => HostKey.From(environment.Host, build.Runtime));
        if (keys.Base != keys.Head)
            throw new BuildRefusedException($"incomparable: base runs on {builds.Base.Runtime}, head on {builds.Head.Runtime}");
    }

    /// <summary>Asks a build what it has.</summary>
    private static WorkerPlan ListingPlan(RunGround ground) => LaunchPlanning.Listing(
        ground.Plan(DateTimeOffset.UnixEpoch, BuildProbe.DescribeCode(ground.Environment.Variables), "", "", 1, 0), ground.ForcedKernel);

    /// <summary>The operations are base's on both sides, so that both are timed over the same work.</summary>
    private static CalibratedWorkload Calibrated(ListedWorkload w, CheckedWorkloads own, CheckedWorkloads ofBase) => new(
        w.Id, w.Definition, w.Unit, w.Kernel, w.Work, own[w.Id].Result, ofBase[w.Id].Operations, own[w.Id].Nanoseconds, own[w.Id].SetupSeconds, own[w.Id].Input,
        own.Code.Of(w.Id));

    private static void RequireSameResults(IReadOnlyList<string> ids, CheckedWorkloads ofBase, CheckedWorkloads ofHead)
    {
        var differing = ids.Where(id => ofBase[id].Result is { } before && ofHead[id].Result is { } after && ResultCheck.Difference(before, after) is not null).ToList();
        if (differing.Count > 0)
        {
            throw new WrongResultException(
                $"head computes something else than base: the {(differing.Any(id => ofBase[id].Result!.Digest != ofHead[id].Result!.Digest) ? "output digest" : "perplexity")} of {string.Join(", ", differing)} differs; nothing was timed (--filter leaves workloads out)");
        }
    }

    private IReadOnlyList<ReceiptWarning> Warnings(IReadOnlyList<ReceiptWarning> own, IReadOnlyList<string> only, string other) =>
        [.. _warnings, .. own, .. only.Select(id => new ReceiptWarning("not-measured", id, $"the {other} build has no such workload"))];

    private void Warn(ReceiptWarning warning)
    {
        _warnings.Add(warning);
        progress.Warn(warning);
    }
}
