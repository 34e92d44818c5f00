using System.Text.RegularExpressions;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;
using BitNet.Perf.Reporter.Tests.Comparison;

namespace BitNet.Perf.Reporter.Tests.Rendering;

/// <summary>The comment below a pull request: verdict first, one screen, never larger than GitHub takes, harmless whoever measured.</summary>
public class CommentTests
{
    private static string Render(SideOfRuns candidate, ComparisonResult? comparison) =>
        Report.Render(ReportFormat.Markdown, candidate, comparison, Report.Named("comment", ReportFormat.Markdown)).Text;

    private static string Render(SyntheticRun[] candidate, ComparisonResult? comparison) => Render(SideOfRuns.Candidate(Sides.Sources(candidate, "head")), comparison);

    [Fact]
    public void The_first_line_is_the_verdict_with_the_worst_regression_its_change_and_interval()
    {
        string text = Render(Scenes.MixedCandidate, Scenes.Mixed());
        Assert.Matches(@"\A### ✗ 1 regression of 7: `kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2` costs 8\.\d+ % more \(\+\d+\.\d+ … \+\d+\.\d+ %\)\n", text);
        string row = Assert.Single(text.Split('\n'), line => line.StartsWith("| ✗ |", StringComparison.Ordinal));
        Assert.Matches(@"\A\| ✗ \| `[^`]+` \| 41[\d.]+ µs → 44[\d.]+ µs \| \*\*\+8\.\d+ %\*\* \| \+[^|]+ % \| [\d.]+ % \| (changed|same|unknown) \|\z", row);
        Assert.Contains("**Next:** fix it, or let it pass for a time", text, StringComparison.Ordinal);
        Assert.Contains("<summary>? 1 undecided", text, StringComparison.Ordinal);
        Assert.Contains("<summary>✓ 1 improved, = 4 equivalent or not slower", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_green_comment_says_what_it_would_have_seen_and_asks_for_nothing()
    {
        SyntheticRun[] candidate = [Scenes.Run("c", 10)];
        string text = Render(candidate, Sides.Compare(Enumerable.Range(0, 10).Select(i => Scenes.Run($"b{i}", 10, Math.Exp(0.003 * (i % 2 == 0 ? 1 : -1)))), candidate));
        Assert.Matches(@"\A### = No regression in 7 · would have seen ≥ [\d.]+ %\n", text);
        Assert.DoesNotContain("**Next:**", text, StringComparison.Ordinal);
        Assert.DoesNotContain("exit code", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_run_compares_nothing_and_says_how_to_publish_it()
    {
        string text = Render([Scenes.Run("c", 3)], null);
        Assert.StartsWith($"### No baseline for `{SyntheticRun.HostKey}`: 7 measured, nothing compared\n", text, StringComparison.Ordinal);
        Assert.Contains("\nbitnet-perf baseline publish head/1.json --reason \"first baseline\"\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_result_and_another_host_are_told_before_everything_else()
    {
        Assert.StartsWith("### ≠ 1 of 2 computes another result: ", Render([Scenes.Run("c", 3)], Scenes.WrongResult()), StringComparison.Ordinal);
        Assert.StartsWith("### ≠ Not comparable: ", Render([Scenes.Run("c", 3)], Scenes.OtherHost()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_line_is_a_marker_that_is_the_same_for_every_comment_of_the_suite_and_host()
    {
        string[] texts = [Render(Scenes.MixedCandidate, Scenes.Mixed()), Render([Scenes.Run("c", 3)], null)];
        Assert.All(texts, text => Assert.Equal($"<!-- bitnet-perf:gate:{SyntheticRun.HostKey} -->", text.TrimEnd('\n').Split('\n')[^1]));
    }

    [Theory]
    [InlineData(1_000, 0, 10)]
    [InlineData(1_000, 1_000, 10)]
    [InlineData(25, 12, 10)]
    public void With_a_thousand_workloads_it_is_within_GitHubs_limit_and_the_regressions_are_there(int workloads, int regressed, int shown)
    {
        SyntheticRun before = Large("b", workloads, 0), after = Large("c", workloads, regressed);
        string text = Render([after], Sides.Compare([before, Large("b2", workloads, 0), Large("b3", workloads, 0)], [after]));
        Assert.InRange(text.Length, 1, CommentContents.GitHubLimit - CommentContents.Reserved);
        Assert.Equal(Math.Min(regressed, shown), text.Split('\n').Count(line => line.StartsWith("| ✗ |", StringComparison.Ordinal)));
        if (regressed > shown)
            Assert.Contains($"+{regressed - shown} more regressed", text, StringComparison.Ordinal);
        Assert.EndsWith("-->\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_room_the_folds_go_and_the_regressions_stay()
    {
        ReportModel model = ReportContents.Of(SideOfRuns.Candidate(Sides.Sources(Scenes.MixedCandidate, "head")), Scenes.Mixed());
        var asked = new List<CommentContents>();
        string fitted = CommentContents.Fit(model, some =>
        {
            asked.Add(some.Comment);
            return new string('x', some.Comment.Folded > 0 ? CommentContents.GitHubLimit : 10);
        });
        Assert.Equal(10, fitted.Length);
        Assert.Equal((10, 0, true), (asked[^1].Rows, asked[^1].Folded, asked[^1].Details));
        Assert.All(asked.Zip(asked.Skip(1)), pair => Assert.True(pair.First.Folded > pair.Second.Folded));
    }

    [Fact]
    public void Text_of_a_receipt_becomes_no_markup_no_mention_and_no_end_of_the_marker()
    {
        const string Hostile = "@everyone https://example.org --> <script>x</script> | `y` [a](b)\n### = No regression";
        Receipt receipt = new SyntheticRun("c").With(SyntheticRun.Gemv, [400, 401, 402]).WithProbes(3).Build();
        Receipt dangerous = receipt with
        {
            Suite = Hostile,
            HostKey = Hostile,
            Digest = "sha256:c",
            Workloads = [receipt.Workloads[0] with { Id = Hostile }, .. receipt.Workloads.Skip(1)],
            Warnings = [new ReceiptWarning(Hostile, Hostile, Hostile)],
        };
        var candidate = SideOfRuns.Candidate([new ReceiptSource("c.json", dangerous)]);
        ComparisonResult comparison = BaselineComparison.Compare(SideOfRuns.Baseline([new ReceiptSource("b.json", dangerous with { Run = "b", Digest = "sha256:b" })]), candidate, new ComparisonOptions());
        foreach (string text in new[] { Render(candidate, comparison), Render(candidate, null) })
        {
            Assert.DoesNotMatch(@"(?<!\\)<script", text);
            Assert.DoesNotMatch(@"(?<![`#&;\d])@everyone", text);
            Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"(?<!\\)\[a\]\(", text);
            Assert.Single(text.Split('\n'), line => line.StartsWith("### ", StringComparison.Ordinal));
            Assert.Single(Regex.Matches(text, "-->"));
        }
    }

    private static SyntheticRun Large(string name, int workloads, int regressed)
    {
        var run = new SyntheticRun(name);
        for (int i = 0; i < workloads; i++)
            run.With($"kernel/gemv/i2s/avx512/{i + 1}x2560/b1/cold/t2", SyntheticRun.Steady(400_000 * (i < regressed ? 2 : 1), 3, 0.004));
        return run.WithProbes(3);
    }
}
