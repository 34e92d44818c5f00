using System.CommandLine;

namespace BitNet.Perf.Cli.Tests;

/// <summary>What a command run in this process returned and wrote.</summary>
internal sealed record CommandRun(ExitCode Code, string Output, string Error)
{
    /// <summary>Runs the real command tree.</summary>
    public static Task<CommandRun> Of(params string[] arguments) => With(CommandTree.Commands, arguments);

    /// <summary>Runs a tree of the given commands.</summary>
    public static Task<CommandRun> With(IReadOnlyList<PerfCommand> commands, string[] arguments) =>
        Until(TestContext.Current.CancellationToken, commands, arguments);

    public static async Task<CommandRun> Until(
        CancellationToken cancellation, IReadOnlyList<PerfCommand> commands, string[] arguments, Surroundings? surroundings = null)
    {
        RootCommand root = CommandTree.Create(commands);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        ExitCode code = await CommandRunner.RunAsync(root, arguments, output, error, cancellation, surroundings);
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    /// <summary>The only line of stderr; fails when there are none or several.</summary>
    public string ErrorLine
    {
        get
        {
            Assert.EndsWith("\n", Error);
            string line = Error[..^1];
            Assert.DoesNotContain('\n', line);
            return line;
        }
    }
}
