using System.CommandLine;
using System.CommandLine.Parsing;

namespace BitNet.Perf.Cli.Tests;

/// <summary>What the README tells a newcomer to type is what the program understands.</summary>
public class ReadmeTests
{
    private static readonly string Root = RepositoryRoot.Find();
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root, "README.md"));

    public static TheoryData<string> Examples => [.. Lines.Where(line => line.StartsWith("bitnet-perf ", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_of_the_README_parses(string line)
    {
        RootCommand root = CommandTree.Create(CommandTree.Commands);
        string[] words = [.. CommandLineParser.SplitCommandLine(line.Replace('\'', '"')).Skip(1)];
        Assert.Empty(root.Parse(words).Errors.Select(error => error.Message));
    }

    [Fact]
    public void Every_command_has_an_example()
    {
        RootCommand root = CommandTree.Create(CommandTree.Commands);
        IEnumerable<string> commands = root.Subcommands.Where(command => !command.Hidden).SelectMany(command => command.Subcommands.Count == 0
            ? [$"bitnet-perf {command.Name} "]
            : command.Subcommands.Select(sub => $"bitnet-perf {command.Name} {sub.Name}"));
        Assert.All(commands, command => Assert.Contains(Lines, line => line.StartsWith(command, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_two_commands_stand_alone_on_their_lines_and_the_check_runs_the_second()
    {
        Assert.Contains("dotnet run -c Release --project cli -- run", Lines);
        Assert.Single(Lines, line => line.StartsWith("dotnet test", StringComparison.Ordinal));
        Assert.Contains("dotnet test -c Release", Lines);
        Assert.Contains("grep -m 1 '^dotnet test' README.md", File.ReadAllText(Path.Combine(Root, ".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_the_README_links_to_exists()
    {
        string text = string.Join('\n', Lines);
        string[] targets =
        [
            .. System.Text.RegularExpressions.Regex.Matches(text, @"\]\(([^)#]+)\)").Select(match => match.Groups[1].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(Root, target)), target));
    }
}
