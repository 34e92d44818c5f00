namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>The two things to compare, of one kind.</summary>
public abstract record Contestants
{
    internal abstract IContestantsPlanning Planning(RunOptions options, RunEnvironment environment, IInterleavedProgress progress);

    /// <summary>Both sides with the launches of this run that the journal holds already.</summary>
    internal abstract Sides<IMeasuredSide> Open(InterleavedPlan plan, InterleavedJournal journal);

    /// <exception cref="RunRefusedException">The interrupted run cannot go on here.</exception>
    internal abstract Task RequireSameAsync(InterleavedPlan plan, RunEnvironment environment, CancellationToken cancellationToken);
}
