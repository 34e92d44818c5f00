using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>What the documents claim about receipts and ids is so.</summary>
public partial class DocumentationTests
{
    private static string Document(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", name));

    private static string Section(string document, string heading)
    {
        int start = document.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, heading);
        int end = document.IndexOf("\n## ", start + 4, StringComparison.Ordinal);
        return document[start..(end < 0 ? document.Length : end)];
    }

    [Fact]
    public void The_table_of_rules_names_every_code_and_no_other()
    {
        IEnumerable<string> documented = Section(Document("receipt-format.md"), "Verification").Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Code().Matches(line.Split('|')[1]).Select(match => match.Groups[1].Value));
        Assert.Equal(RuleCodes.FromSources().Order(), documented.Order());
    }

    [Fact]
    public void The_table_of_members_names_every_member_and_no_other()
    {
        IEnumerable<string> documented = Section(Document("receipt-format.md"), "Members").Split("\n### ")[0].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Code().Matches(line.Split('|')[1]).Select(match => match.Groups[1].Value));
        IEnumerable<string> members = typeof(Receipt).GetProperties().Select(member => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(member.Name));
        Assert.Equal(members.Order(), documented.Order());
    }

    [Fact]
    public void Every_example_of_the_glossary_is_a_workload_id()
    {
        string[] examples = [.. Code().Matches(Section(Document("glossary.md"), "Workload ids").Split("Examples:")[1]).Select(match => match.Groups[1].Value).Where(text => text.Contains('/', StringComparison.Ordinal))];
        Assert.Equal(13, examples.Length);
        Assert.All(examples, example => Assert.Equal(example, WorkloadId.Parse(example).Text));
    }

    [Theory]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2", new[] { "kernel/gemv/**", "kernel/*/i2s/*/6912x2560/b1/cold/*" })]
    [InlineData("e2e/decode/i2s+f16/tg32@ctx0/t2", new[] { "e2e/*/i2s*/*/t2" })]
    [InlineData("probe/control/t1", new[] { "**/t1" })]
    public void Every_pattern_of_the_glossary_covers_what_it_says(string id, string[] expected)
    {
        string[] patterns = [.. Section(Document("glossary.md"), "Patterns").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => Code().Match(line).Groups[1].Value)];
        Assert.Equal(4, patterns.Length);
        Assert.Equal(expected, patterns.Where(pattern => new WorkloadGlob(pattern).Matches(id)));
    }

    [Fact]
    public void The_glossary_s_units_are_those_of_receipts()
    {
        IEnumerable<string> documented = Section(Document("glossary.md"), "Units").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => $"{cells[1]} {cells[3]}");
        Assert.Equal(Unit.All.Select(unit => $"{unit.Name} {unit.Better.ToString().ToLowerInvariant()}"), documented);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
