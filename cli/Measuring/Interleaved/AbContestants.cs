using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>What measures each side.</summary>
internal static class AbContestants
{
    /// <summary>Of a new run.</summary>
    /// <exception cref="NoProgramException">A folder holds no program.</exception>
    public static Contestants Of(AbSides sides, CommandContext context, RunEnvironment environment) => sides.Kind == SideKind.Command
        ? new Bench.Runs.Interleaved.Commands(sides.Given, environment)
        : Builds.Of(sides.Given.Select(folder => PublishedProgram.In(context.Surroundings.Openable(folder))), environment);

    /// <summary>Of one that goes on.</summary>
    public static Contestants Again(InterleavedPlan plan, RunEnvironment environment) => plan.Commands is { } commands
        ? new Bench.Runs.Interleaved.Commands(commands.Select(command => command.Line), environment)
        : Builds.Of(plan.Builds!.Select(build => build.Program), environment);
}
