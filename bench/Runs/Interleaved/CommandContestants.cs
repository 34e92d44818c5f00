namespace BitNet.Perf.Bench.Runs.Interleaved;

/// <summary>Two command lines, each of which prints the samples of one launch as our CSV.</summary>
public sealed record CommandContestants(Sides<string> Lines, RunEnvironment Environment) : Contestants
{
    internal override IContestantsPlanning Planning(RunOptions options, RunEnvironment environment, IInterleavedProgress progress) =>
        new CommandsPlanning(options, Lines, environment, progress);

    internal override Sides<IMeasuredSide> Open(InterleavedPlan plan, InterleavedJournal journal)
    {
        var (planned, journals) = (plan.Commands!, journal.Sides);
        var (ofBase, ofHead) = (Kept(planned.Base, journals.Base), Kept(planned.Head, journals.Head));
        var whole = Math.Min(ofBase.Count, ofHead.Count);
        return new Sides<IMeasuredSide>(
            new CommandSide(Sides<string>.BaseName, planned.Base, journals.Base, Environment, ofBase.Take(whole)),
            new CommandSide(Sides<string>.HeadName, planned.Head, journals.Head, Environment, ofHead.Take(whole)));
    }

    internal override Task RequireSameAsync(InterleavedPlan plan, RunEnvironment environment, CancellationToken cancellationToken)
    {
        Resumption.RequireHost(plan.Commands!.Base.HostKey, environment, CommandsPlanning.Runtime);
        // Launches of two programs must not become one receipt.
        foreach (var (name, command) in plan.Commands.Named)
            Resumption.RequireSame($"{name} command's program", command.ProgramSha256, CommandProgram.Sha256(command.Line));
        return Task.CompletedTask;
    }

    private static IReadOnlyList<CommandLaunch> Kept(PlannedCommand planned, RunJournal journal) =>
        journal.ReadLaunches<CommandLaunch>(launch => launch.Run == planned.Run, launch => launch.Record.Index);
}
