using System.Text.RegularExpressions;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public class ContextSectionTests
{
    private const string Hostile = "<script>alert(1)</script> | `y` {{ 1 + 1 }}\nsecond & line";

    private static readonly Receipt Ours = Scenes.Run("c", 3).Build();
    private static readonly SideOfRuns Run = SideOfRuns.Candidate([new("ours.json", Ours)]);

    private static Receipt Other(ReceiptOrigin origin, double rate, int launches = 1, string text = "bitnet.cpp")
    {
        Receipt receipt = new SyntheticRun("x").With(SyntheticRun.Decode, [.. Enumerable.Repeat(rate, launches)], "tok/s").Build();
        string[] marks = origin == ReceiptOrigin.External ? [WarningCodes.External, WarningCodes.Unverified] : [WarningCodes.Imported];
        return receipt with
        {
            Origin = origin,
            HostKey = "external-ryzen-7950x",
            Host = receipt.Host with { Cpu = receipt.Host.Cpu with { Name = text } },
            Source = new() { Harness = text, Citation = origin == ReceiptOrigin.External ? $"a page about {text}" : null, Facts = new Dictionary<string, string> { ["model"] = text } },
            Workloads = [receipt.Workloads[0] with { Id = "tg128/t16", Launches = [.. receipt.Workloads[0].Launches.Select(launch => launch with { Values = [launch.Values[0]], Nanoseconds = [] })] }],
            Warnings = [.. marks.Select(code => new ReceiptWarning(code, null, "text")), new("shares-sum", null, $"the shares of {text} add up to 99.32 %")],
        };
    }

    private static ContextSection Section(params Receipt[] others) =>
        ReportContents.Of(Run, null, context: [.. others.Select((receipt, index) => new ReceiptSource($"other{index}.json", receipt))]).Context!;

    [Fact]
    public void Without_receipts_of_others_there_is_no_section()
    {
        Assert.Null(ReportContents.Of(Run, null).Context);
        Assert.DoesNotContain("Context: other engines", Report.Render(ReportFormat.Markdown, Run, null).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_figure_stands_beside_its_host_and_source_as_it_was_published()
    {
        ContextSection section = Section(Other(ReceiptOrigin.External, 157.56));
        ContextEngine engine = Assert.Single(section.Engines);
        Assert.Equal(("bitnet.cpp", true, "external-ryzen-7950x", "a page about bitnet.cpp", "bitnet.cpp"), (engine.Engine, engine.Published, engine.HostKey, engine.Citation, engine.Model));
        Assert.Equal(new ContextRow("tg128/t16", "157.56 tok/s", "higher", "one published figure"), Assert.Single(engine.Rows));
        Assert.Equal(["shares-sum"], engine.Doubts.Select(doubt => doubt.Code));
    }

    [Fact]
    public void Runs_and_imported_samples_say_how_many_launches_stand_behind_their_median()
    {
        ContextSection section = Section(Other(ReceiptOrigin.External, 157.56, launches: 3), Other(ReceiptOrigin.Imported, 157.56));
        Assert.Equal(["median of 3 launches", "median of 1 launch"], section.Engines.Select(engine => engine.Rows.Single().Stands));
        Assert.Equal((false, "other1.json"), (section.Engines[1].Published, section.Engines[1].Citation));
    }

    [Fact]
    public void Our_rates_of_tokens_are_shown_to_be_read_beside_them() =>
        Assert.Equal(["e2e/prefill/i2s/pp128/t2", SyntheticRun.Decode], Section(Other(ReceiptOrigin.External, 40)).Own.Select(row => row.Id));

    [Fact]
    public void A_context_changes_no_word_of_the_rest_of_a_report()
    {
        ComparisonResult comparison = Scenes.Mixed();
        SideOfRuns candidate = SideOfRuns.Candidate([.. Scenes.MixedCandidate.Select((run, index) => new ReceiptSource($"c{index}.json", run.Build()))]);
        string without = Report.Render(ReportFormat.Markdown, candidate, comparison).Text;
        string with = Report.Render(ReportFormat.Markdown, candidate, comparison, context: [new("o.json", Other(ReceiptOrigin.External, 40))]).Text;
        int start = with.IndexOf("## Context: other engines", StringComparison.Ordinal), end = with.IndexOf("<details><summary>Build, receipts", StringComparison.Ordinal);
        Assert.True(start > 0 && end > start);
        Assert.Equal(Regex.Replace(without, @"\s+", " "), Regex.Replace(with[..start] + with[end..], @"\s+", " "));
        Assert.DoesNotMatch(@"[0-9] ?×|[+-][0-9.]+ %", with[start..end]);
    }

    [Fact]
    public void Nothing_in_them_becomes_markup()
    {
        Receipt hostile = Other(ReceiptOrigin.External, 40, text: Hostile);
        foreach (ReportFormat format in new[] { ReportFormat.Markdown, ReportFormat.Html })
        {
            string text = Report.Render(format, Run, null, context: [new("o.json", hostile)]).Text;
            Assert.DoesNotMatch(@"(?<!\\)<script", text);
            Assert.Contains("1 + 1", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Figures_of_another_engine_are_no_side_of_a_comparison()
    {
        ComparisonInputException e = Assert.Throws<ComparisonInputException>(() => SideOfRuns.Baseline([new("o.json", Other(ReceiptOrigin.External, 40))]));
        Assert.Equal(ComparisonInputFault.ExternalReceipt, e.Fault);
        Assert.StartsWith("o.json: published figures of another engine", e.Message, StringComparison.Ordinal);
        Assert.Single(SideOfRuns.Baseline([new("i.json", Other(ReceiptOrigin.Imported, 40))]).Sources);
    }
}
