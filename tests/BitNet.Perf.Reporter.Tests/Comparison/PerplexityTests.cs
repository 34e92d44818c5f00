using System.Text.Json;
using System.Xml.Linq;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Comparison;

/// <summary>Another perplexity of the same text is another result, whatever the time and though the digests agree.</summary>
public class PerplexityTests
{
    private static Receipt Run(string name, double? perplexity, string text = "a")
    {
        Receipt receipt = new SyntheticRun(name).With(SyntheticRun.Gemv, [400, 402]).With(SyntheticRun.Decode, [20, 21], "tok/s").Build();
        return ReceiptDigest.Seal(receipt with
        {
            Workloads = [.. receipt.Workloads.Select(workload => workload.Id != SyntheticRun.Decode || perplexity is null ? workload : workload with
            {
                Result = workload.Result! with
                {
                    Perplexity = new PerplexityCheck { TextDigest = text, Positions = 32, Value = perplexity.Value, ScalarPositions = 8, ValueThere = 7, ScalarValue = 7 },
                },
            })],
        });
    }

    private static ComparisonResult Compare(Receipt before, Receipt after) => BaselineComparison.Compare(
        SideOfRuns.Baseline([new ReceiptSource("b.json", before)]), SideOfRuns.Candidate([new ReceiptSource("c.json", after)]), new ComparisonOptions());

    private static WorkloadComparison Decode(ComparisonResult result) => result.Workloads.Single(row => row.Id == SyntheticRun.Decode);

    [Fact]
    public void Beyond_the_tolerance_it_is_exit_code_5_and_names_both_values()
    {
        ComparisonResult result = Compare(Run("b", 4000), Run("c", 4001));
        Assert.Equal(GateOutcome.WrongResult, result.ExitCode);
        Assert.Equal((Verdict.Incomparable, (bool?)false), (Decode(result).Verdict, Decode(result).ResultMatch));
        Assert.Contains("perplexity 4000 became 4001", Decode(result).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4000 * (1 + 0.9e-4), "a")]
    [InlineData(4000.0, "a")]
    [InlineData(5000.0, "b")]
    [InlineData(null, "a")]
    public void Within_it_of_another_text_or_unknown_on_a_side_it_is_no_other_result(double? after, string text) =>
        Assert.NotEqual(false, Decode(Compare(Run("b", 4000), Run("c", after, text))).ResultMatch);

    [Fact]
    public void It_comes_first_in_every_form()
    {
        ComparisonResult result = Compare(Run("b", 4000), Run("c", 4400));
        SideOfRuns side = SideOfRuns.Candidate([new ReceiptSource("c.json", Run("c", 4400))]);
        Assert.Contains("WRONG RESULT", ComparisonText.Render(result, new ComparisonTextOptions { Suite = "gate" }).Split('\n')[0], StringComparison.Ordinal);
        string markdown = Report.Render(ReportFormat.Markdown, side, result).Text;
        Assert.Matches("^# .* 1 of [0-9]+ computes another result", markdown);
        Assert.Equal("## Another result", markdown.Split('\n').First(line => line.StartsWith("## ", StringComparison.Ordinal)));
        string html = Report.Render(ReportFormat.Html, side, result).Text;
        Assert.True(html.IndexOf("<h2>Another result", StringComparison.Ordinal) is var place && place > 0 && place < html.IndexOf("<h2>What to do", StringComparison.Ordinal));
        XElement first = XDocument.Parse(Report.Render(ReportFormat.JUnit, side, result).Text).Root!.Elements("testcase").First();
        Assert.Equal("wrong-result", (string?)first.Element("error")?.Attribute("type"));
        JsonElement row = JsonDocument.Parse(ComparisonJson.Format(result)).RootElement.GetProperty("workloads")[0];
        Assert.Equal((SyntheticRun.Decode, false), (row.GetProperty("id").GetString(), row.GetProperty("resultMatch").GetBoolean()));
    }

    [Fact]
    public void A_result_that_changed_while_it_was_timed_comes_first_without_a_baseline_too()
    {
        Receipt receipt = Run("c", null);
        receipt = receipt with { Warnings = [new(WarningCodes.ResultDiffers, SyntheticRun.Decode, "the output of launch 1 is not the one that was checked before timing")] };
        SideOfRuns side = SideOfRuns.Candidate([new ReceiptSource("c.json", receipt)]);
        Assert.StartsWith($"# 1 of 2 computed another result while timed than was checked (`{SyntheticRun.Decode}`)", Report.Render(ReportFormat.Markdown, side, null).Text, StringComparison.Ordinal);
        XElement first = XDocument.Parse(Report.Render(ReportFormat.JUnit, side, null).Text).Root!.Elements("testcase").First();
        Assert.Equal("wrong-result", (string?)first.Element("error")?.Attribute("type"));
    }
}
