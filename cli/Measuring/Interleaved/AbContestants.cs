using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Cli.Measuring.Builds;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>What measures each side.</summary>
internal static class AbContestants
{
    /// <summary>Of a new run.</summary>
    /// <exception cref="NoProgramException">A folder holds no program.</exception>
    /// <exception cref="CommandFailure">A revision cannot be built.</exception>
    public static async Task<Contestants> OfAsync(AbSides sides, CommandContext context, RunEnvironment environment)
    {
        if (sides.Kind == SideKind.Command)
            return new CommandContestants(sides.Given, environment);
        Sides<string> folders = sides.Kind == SideKind.Revision
            ? await BuiltAsync(sides.Given, context, environment)
            : sides.Given.Select(context.Surroundings.Openable);
        return BuildContestants.Of(folders.Select(PublishedProgram.In), environment);
    }

    private static async Task<Sides<string>> BuiltAsync(Sides<string> revisions, CommandContext context, RunEnvironment environment)
    {
        var builds = new RefBuilds(context.Surroundings.Folder, environment.Cache, ExternalTool.RunAsync, Watched);
        return new Sides<string>(await FolderAsync(revisions.Base), await FolderAsync(revisions.Head));

        async Task<string> FolderAsync(string revision) => (await builds.BuildAsync(revision, new Dictionary<string, string>(), context.Cancellation)).Folder;

        void Watched(string message)
        {
            if (context.Terminal.ErrorIsTerminal)
                context.Tell(message);
        }
    }

    /// <summary>Of one that goes on.</summary>
    public static Contestants Again(InterleavedPlan plan, RunEnvironment environment) => plan.Commands is { } commands
        ? new CommandContestants(commands.Select(command => command.Line), environment)
        : BuildContestants.Of(plan.Builds!.Select(build => build.Program), environment);
}
