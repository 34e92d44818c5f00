using System.Text.RegularExpressions;
using System.Xml.Linq;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Rendering;

/// <summary>Receipts come from other machines; nothing in them may become markup.</summary>
public class HostileTextTests
{
    private const string Id = "x`|</code><img src=x onerror=alert(1)>[a](b)\u0001\n# t\uD800";
    private const string Message = "<script>alert(1)</script> | `y` **bold** {{ 1 + 1 }} [a](javascript:b)\nsecond & line";

    private static readonly SideOfRuns Candidate = SideOfRuns.Candidate([new ReceiptSource("c<b>|.json", Dangerous("c", "d/1"))]);

    private static readonly ComparisonResult Comparison = BaselineComparison.Compare(
        SideOfRuns.Baseline([new ReceiptSource("b.json", Dangerous("b", $"d/{Message}"))]), Candidate, new ComparisonOptions());

    // Not sealed: a digest cannot be taken of such text, and that of itself shows nothing of the rendering.
    private static Receipt Dangerous(string run, string definition)
    {
        Receipt receipt = new SyntheticRun(run).With(SyntheticRun.Gemv, [400, 401, 402]).WithProbes(3).Build();
        return receipt with
        {
            Digest = $"sha256:{run}",
            Workloads = [receipt.Workloads[0] with { Id = Id, Definition = definition, Kernel = Id }, .. receipt.Workloads.Skip(1)],
            Warnings = [new ReceiptWarning(Id, Id, Message)],
            Host = receipt.Host with { OperatingSystem = Message, Cpu = receipt.Host.Cpu with { Name = Message } },
        };
    }

    [Fact]
    public void In_markdown_tables_keep_their_columns_and_nothing_becomes_markup()
    {
        foreach (ComparisonResult? comparison in new[] { Comparison, null })
        {
            string text = Report.Render(ReportFormat.Markdown, Candidate, comparison).Text;
            Assert.DoesNotMatch(@"(?<!\\)<script|(?<!\\)<img", text);
            Assert.DoesNotContain("\u0001", text, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"(?<!\\|!)\[a\]\(", text);
            Assert.Contains("{{ 1 + 1 }}", text, StringComparison.Ordinal);
            string[] lines = text.Split('\n');
            for (int i = 1; i < lines.Length; i++)
            {
                if (lines[i].StartsWith('|') && lines[i - 1].StartsWith('|'))
                    Assert.Equal(Columns(lines[i - 1]), Columns(lines[i]));
            }
        }

        static int Columns(string line) => Regex.Count(line, @"(?<!\\)\|");
    }

    [Fact]
    public void In_html_nothing_becomes_an_element()
    {
        string text = Report.Render(ReportFormat.Html, Candidate, Comparison).Text;
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void In_drawings_and_junit_it_stays_well_formed()
    {
        RenderedReport report = Report.Render(ReportFormat.Markdown, Candidate, null);
        foreach (string svg in report.Files.Values) Assert.NotNull(XDocument.Parse(svg).Root);
        Assert.All(report.Files.Keys, name => Assert.Matches(@"\Areport\.files/[A-Za-z0-9-]+\.svg\z", name));
        XElement suite = XDocument.Parse(Report.Render(ReportFormat.JUnit, Candidate, Comparison).Text).Root!;
        Assert.Contains("<script>", suite.Descendants("error").First().Attribute("message")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_terminal_control_characters_do_not_pass()
    {
        string text = ComparisonText.Render(Comparison, new ComparisonTextOptions());
        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
    }
}
