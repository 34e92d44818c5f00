using System.CommandLine;

namespace BitNet.Perf.Cli.Tests;

public class CommandTreeTests
{
    private static readonly PerfCommand Sample = new PerfCommand("weigh", "Weighs.", "bitnet-perf weigh 3") { new Argument<int>("stones") }
        .Does(context => ExitCode.Done);

    [Fact]
    public async Task Help_on_every_level_succeeds_and_ends_with_an_example_that_starts_with_the_command()
    {
        foreach (string[] path in Paths(CommandTree.Create(CommandTree.Commands), []))
        {
            CommandRun run = await CommandRun.Of([.. path, "--help"]);
            Assert.Equal(ExitCode.Done, run.Code);
            Assert.Equal("", run.Error);
            string example = run.Output.TrimEnd().Split('\n')[^1].Trim();
            Assert.StartsWith(string.Join(' ', ["bitnet-perf", .. path]), example);
        }
    }

    [Fact]
    public async Task Help_needs_no_valid_arguments()
    {
        CommandRun run = await CommandRun.With([Sample], ["weigh", "--help"]);
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("Example:\n  bitnet-perf weigh 3\n", run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Version_prints_one_line_with_the_version()
    {
        CommandRun run = await CommandRun.Of("--version");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", run.Output);
    }

    [Theory]
    [InlineData("Unrecognized command or argument 'nonsense'", "nonsense")]
    [InlineData("Unrecognized command or argument '--nonsense'", "--nonsense")]
    [InlineData("Required argument 'stones' missing for command: 'weigh'", "weigh")]
    [InlineData("Cannot parse argument 'heavy'", "weigh", "heavy")]
    [InlineData("Unrecognized command or argument '@file'", "weigh", "3", "@file")]
    [InlineData("Required command was not provided")]
    public async Task Wrong_usage_is_64_with_one_line(string expected, params string[] arguments)
    {
        CommandRun run = await CommandRun.With([Sample], arguments);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Equal("", run.Output);
        Assert.Contains(expected, run.ErrorLine);
        Assert.Contains("--help)", run.ErrorLine);
    }

    private static IEnumerable<string[]> Paths(Command command, string[] path) =>
        command.Subcommands.SelectMany(sub => Paths(sub, [.. path, sub.Name])).Prepend(path);
}
