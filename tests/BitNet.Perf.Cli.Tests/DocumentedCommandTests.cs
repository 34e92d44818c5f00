using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BitNet.Perf.Cli.Tests;

/// <summary>What the guides tell people to type is what the program understands, and what they link to is there.</summary>
public class DocumentedCommandTests
{
    private static readonly string Root = RepositoryRoot.Find();
    private static readonly string[] Guides = ["docs/getting-started.md", "docs/cookbook.md", "docs/faq.md", "ci/README.md"];

    public static TheoryData<string, string> Examples =>
        [.. Guides.SelectMany(guide => Lines(guide).Where(line => Program().IsMatch(line)).Select(line => new TheoryDataRow<string, string>(guide, line)))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_command_of_a_guide_parses(string guide, string line)
    {
        RootCommand root = CommandTree.Create(CommandTree.Commands);
        string[] words = [.. CommandLineParser.SplitCommandLine(line.Replace('\'', '"')).Skip(1)];
        Assert.Empty(root.Parse(words).Errors.Select(error => $"{guide}: {error.Message}"));
    }

    [Fact]
    public void Every_guide_has_commands_or_answers_and_is_under_120_lines()
    {
        Assert.All(Guides, guide => Assert.InRange(Lines(guide).Length, 20, 119));
        Assert.InRange(Lines("docs/getting-started.md").Count(line => Program().IsMatch(line)), 4, 30);
        Assert.InRange(Lines("docs/cookbook.md").Count(line => Program().IsMatch(line)), 10, 60);
    }

    [Fact]
    public void Every_file_that_a_guide_links_to_or_calls_exists()
    {
        foreach (string guide in Guides)
        {
            string text = string.Join('\n', Lines(guide)), folder = Path.GetDirectoryName(Path.Combine(Root, guide))!;
            IEnumerable<string> links = Link().Matches(text).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));
            Assert.All(links, target => Assert.True(Path.Exists(Path.Combine(folder, target)), $"{guide}: {target}"));
            Assert.All(Script().Matches(text).Select(match => match.Value), script => Assert.True(File.Exists(Path.Combine(Root, script)), $"{guide}: {script}"));
        }
    }

    [Fact]
    public void Every_action_is_pinned_by_a_commit_and_no_workflow_may_write_by_default()
    {
        string[] workflows = Directory.GetFiles(Path.Combine(Root, ".github", "workflows"), "*.yml");
        Assert.NotEmpty(workflows);
        foreach (string file in workflows.Append(Path.Combine(Root, "ci", "action", "action.yml")))
        {
            string text = File.ReadAllText(file);
            Assert.All(Uses().Matches(text).Select(match => match.Groups[1].Value), action => Assert.Matches(@"\A[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\z", action));
            // Values of a pull request never stand in a script, where they would be read as part of it.
            Assert.DoesNotMatch(@"(?m)^\s*(-\s+)?run:.*\$\{\{", text);
        }
        Assert.All(workflows, file => Assert.Matches(@"(?m)^permissions: ?(\{\}|\n  contents: read\n[^ ])", File.ReadAllText(file)));
    }

    [Fact]
    public void The_version_is_that_of_the_changelogs_first_heading()
    {
        string heading = Lines("CHANGELOG.md").First(line => line.StartsWith("## ", StringComparison.Ordinal));
        string version = XDocument.Load(Path.Combine(Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.StartsWith($"## {version} ", heading + " ", StringComparison.Ordinal);
    }

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static Regex Program() => new(@"\A(tools/)?bitnet-perf ");

    private static Regex Link() => new(@"\]\(([^)#]+)\)");

    private static Regex Script() => new(@"(?<![\w/])ci/[\w/-]+\.(sh|yml)");

    private static Regex Uses() => new(@"uses: (.+)");
}
