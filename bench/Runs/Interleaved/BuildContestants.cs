namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>Two builds of this program, each measured by its own workers.</summary>
/// <param name="Programs">How the workers are started; kept in the plan so that the run can go on.</param>
/// <param name="Start">Makes the process of a program.</param>
public sealed record BuildContestants(Sides<WorkerCommand> Programs, Func<WorkerCommand, IWorkerProcess> Start) : Contestants
{
    /// <summary>Programs started with the environment's variables, the same for both.</summary>
    public static BuildContestants Of(Sides<WorkerCommand> programs, RunEnvironment environment) =>
        new(programs, command => new WorkerProcess(command, environment.Variables));

    internal Sides<IWorkerProcess> Workers => Programs.Select(Start);

    internal override IContestantsPlanning Planning(RunOptions options, RunEnvironment environment, IInterleavedProgress progress) =>
        new BuildsPlanning(options, this, environment, progress);

    internal override Sides<IMeasuredSide> Open(InterleavedPlan plan, InterleavedJournal journal)
    {
        var (planned, journals, workers) = (plan.Builds!, journal.Sides, Workers);
        var (ofBase, ofHead) = (journals.Base.ReadLaunches(planned.Base.Plan.Run), journals.Head.ReadLaunches(planned.Head.Plan.Run));
        // Half a block, kept when the program was killed between its two files, is made again.
        var whole = Math.Min(ofBase.Count, ofHead.Count);
        return new Sides<IMeasuredSide>(
            new BuildSide(Sides<string>.BaseName, planned.Base.Plan, journals.Base, workers.Base, ofBase.Take(whole)),
            new BuildSide(Sides<string>.HeadName, planned.Head.Plan, journals.Head, workers.Head, ofHead.Take(whole)));
    }

    internal override async Task RequireSameAsync(InterleavedPlan plan, RunEnvironment environment, CancellationToken cancellationToken)
    {
        foreach (var (name, planned, worker) in new[] { (Sides<string>.BaseName, plan.Builds!.Base.Plan, Workers.Base), (Sides<string>.HeadName, plan.Builds.Head.Plan, Workers.Head) })
        {
            if (!File.Exists(planned.ModelPath))
                throw new RunRefusedException($"{planned.ModelPath}: the model of the interrupted run is gone");
            var listing = await BuildListing.ReadAsync(name, worker, LaunchPlanning.Listing(planned, planned.Kernel), cancellationToken);
            Resumption.Require(planned, environment, listing.Build, listing.BuildId);
        }
    }
}
