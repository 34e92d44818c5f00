using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;
using BitNet.Perf.Reporter.Tests.Comparison;

namespace BitNet.Perf.Reporter.Tests.Rendering;

public class ReportTests
{
    private static SideOfRuns Candidate => SideOfRuns.Candidate(Sides.Sources(Scenes.MixedCandidate, "head"));

    private static string Text(ReportFormat format, ComparisonResult? comparison) => Report.Render(format, Candidate, comparison).Text;

    [Fact]
    public void The_verdict_comes_first_then_counts_host_and_what_to_do()
    {
        string[] lines = Text(ReportFormat.Markdown, Scenes.Mixed()).Split('\n');
        Assert.Equal("# Gate: 1 of 7 regressed (`kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2` +8.5 %): gate fails", lines[0]);
        Assert.StartsWith("✗ 1 regressed · ? 1 undecided · ✓ 1 improved · = 4 equivalent · 0 missing · 1 new · base `bbbbbbb` (10 runs)", lines[2], StringComparison.Ordinal);
        Assert.Equal("Gate fails with exit code 1: 1 regressed, 1 undecided.", lines[3]);
        Assert.StartsWith("Host `amd-f25m17s1-2c-avx512-linux-net10-16gb` · control kernel +0.0 %, steady · τ 3 %", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void The_sections_stand_in_their_order()
    {
        string text = Text(ReportFormat.Markdown, Scenes.Mixed());
        int[] places = [.. new[]
        {
            "## What to do", "## Changed", "## Undecided", "<summary>4 equivalent", "## Missing, new, accepted", "## Measured", "### e2e",
            "### kernel/gemv", "### kernel/norm", "### kernel/head", "### probe", "### Roofline", "### Where a token's time goes", "<summary>Build, receipts, host", "## How to read this",
        }.Select(heading => text.IndexOf(heading, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Equal(5, Regex.Count(text[places[^1]..], "^[0-9]\\. ", RegexOptions.Multiline));
    }

    [Theory]
    [InlineData(ReportFormat.Markdown, "## ")]
    [InlineData(ReportFormat.Html, "<h2>")]
    public void Without_a_baseline_the_figures_come_before_what_explains_them(ReportFormat format, string heading)
    {
        string text = Text(format, null);
        int measured = text.IndexOf($"{heading}Measured", StringComparison.Ordinal), folded = text.IndexOf("<summary>Build", StringComparison.Ordinal);
        Assert.True(measured > 0 && measured < folded && folded < text.IndexOf($"{heading}How to read this", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Html)]
    public void What_many_undecided_rows_have_in_common_is_said_once_and_each_has_its_number(ReportFormat format)
    {
        ComparisonResult result = Scenes.Quick();
        Assert.Equal(6, result.Counts.Undecided);
        string text = Report.Render(format, Candidate, result).Text;
        Assert.Single(Regex.Matches(text, "no number of launches decides"));
        Assert.Contains("6 rows: not clear of noise, and no number of launches decides, for noise between runs is assumed to be 5 % (1 baseline run, 1 candidate run).", text, StringComparison.Ordinal);
        Assert.Equal(6, Regex.Count(text, @"about \d+ more (baseline )?runs?( on each side)?( \||</td>)"));
    }

    [Fact]
    public void Commands_are_typed_as_in_the_terminal_beside_it()
    {
        const string Here = "dotnet run -c Release --project cli --";
        foreach (ComparisonResult? result in new[] { null, Scenes.Mixed(), Scenes.OtherHost(), Scenes.WrongResult() })
        {
            string text = Report.Render(ReportFormat.Markdown, Candidate, result, program: Here).Text;
            Assert.DoesNotMatch("bitnet-perf [a-z]", text);
            Assert.Contains(Here, text, StringComparison.Ordinal);
            if (result is null) continue;
            string terminal = ComparisonText.Render(result, new ComparisonTextOptions { Suite = NextSteps.Selection(Candidate.Newest), Program = Here });
            string commands = text[text.IndexOf("```", StringComparison.Ordinal)..];
            foreach (Match command in Regex.Matches(terminal, $"{Here} .*?(?=\n|   )"))
                Assert.Contains(command.Value, commands, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ReportFormat.Markdown)]
    [InlineData(ReportFormat.Html)]
    public void Across_hosts_both_are_named_and_the_control_kernel_is_not_comparable(ReportFormat format)
    {
        string text = Report.Render(format, Candidate, Scenes.OtherHost()).Text;
        Assert.Matches("(?i)base host .{1,6}amd-f25m17s1-2c-avx512-linux-net10-16gb.{1,20}head host .{1,6}intel-xeon-f6m143s8-4c-avx512-linux-net10-32gb", text);
        Assert.Contains("control kernel not comparable across hosts", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_phases_stand_beside_the_timed_figure_of_their_workload()
    {
        // Decoding in launch 1 of the candidate, 25.89 tok/s or so: 38.6 ms a token; the phases' pass took 41.322 ms.
        double rate = WorkloadFigures.Median(Candidate.Newest.Workloads.Single(w => w.Id == SyntheticRun.Decode).Launches.First(l => l.Launch == 1).Values);
        string text = Text(ReportFormat.Markdown, null);
        Assert.Contains("| **total** | **41.322 ms** | **100.0 %** |", text, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"within a token: {1000 / rate:F3} ms per token."), text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_carries_values_with_unit_interval_both_detectable_effects_and_its_reason()
    {
        string text = Text(ReportFormat.Markdown, Scenes.Mixed());
        Assert.Contains("| ✗ | `kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2` | 412.0 µs → 447.0 µs | **+8.5 %** | +7.8 … +9.2 % | 1.7 % / 2.1 % |", text, StringComparison.Ordinal);
        Assert.Contains("+2.6 % (90 % interval +2.0 … +3.2) is a change clear of noise, but whether it reaches 3 % is open", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_baseline_the_first_line_says_so_and_the_command_to_publish_follows()
    {
        string text = Text(ReportFormat.Markdown, null);
        Assert.StartsWith("# No baseline for amd-f25m17s1-2c-avx512-linux-net10-16gb: 8 measured, nothing compared\n", text, StringComparison.Ordinal);
        Assert.Contains("bitnet-perf baseline publish head/1.json --reason \"first baseline\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("## Changed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_passing_comparison_says_what_it_would_have_seen()
    {
        SyntheticRun[] baseline = [.. Enumerable.Range(0, 10).Select(i => Scenes.Run($"b{i}", 10, Math.Exp(0.003 * (i % 2 == 0 ? 1 : -1))))];
        ComparisonResult result = Sides.Compare(baseline, [Scenes.Run("c", 10)]);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("# Gate: no regression in 7 · would have seen ≥ 1.7 %\n", Text(ReportFormat.Markdown, result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong", "# Gate: 1 of 2 computes another result (`kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2`): gate fails\n")]
    [InlineData("host", "# Gate: not comparable: host key differs: amd-f25m17s1-2c-avx512-linux-net10-16gb / intel-xeon-f6m143s8-4c-avx512-linux-net10-32gb\n")]
    public void What_cannot_be_compared_is_the_title(string scene, string expected) =>
        Assert.StartsWith(expected, Text(ReportFormat.Markdown, scene == "wrong" ? Scenes.WrongResult() : Scenes.OtherHost()), StringComparison.Ordinal);

    [Fact]
    public void Tables_give_bandwidth_its_share_of_the_read_probe_and_multiply_adds()
    {
        string text = Text(ReportFormat.Markdown, null);
        // 6912·2560/4 B in 447 µs is 9.90 GB/s, 40 % of the probe's 25 GB/s; 6912·2560 multiply-adds are 39.6 GMAC/s.
        Assert.Contains("| `i2s/avx512/6912x2560/b1/cold/t2` | 447.0 µs ↓ | 445.2 … 448.8 µs | 0.4 % | 9.90 | 40 % | 39.6 | `i2s-avx512` | 10 | scalar |", text, StringComparison.Ordinal);
        // Hot weights need not come from memory: no share.
        Assert.DoesNotContain("of read probe", text[text.IndexOf("### kernel/norm", StringComparison.Ordinal)..text.IndexOf("### kernel/head", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_with_the_multiply_add_probe_gives_its_share_as_well()
    {
        SyntheticRun run = new SyntheticRun().With(SyntheticRun.Gemv, [400_000, 400_000, 400_000]).With("probe/mac/t2", [221.184, 221.184, 221.184], "GMAC/s").WithProbes(3);
        string text = Report.Render(ReportFormat.Markdown, SideOfRuns.Candidate(Sides.Sources([run], "head")), null).Text;
        Assert.Contains("| GB/s | of read probe | GMAC/s | of mac probe | kernel |", text, StringComparison.Ordinal);
        Assert.Contains("| 11.1 | 44 % | 44.2 | 20 % | `i2s-avx512` | 3 | scalar |", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReportFormat.Markdown, "| scalar; lossy |")]
    [InlineData(ReportFormat.Html, "<td>scalar; lossy</td>")]
    public void A_lossy_head_is_marked_and_no_exact_one(ReportFormat format, string mark)
    {
        SyntheticRun exact = new SyntheticRun().With(SyntheticRun.Decode, [20, 21], "tok/s").WithProbes(2);
        SyntheticRun lossy = new SyntheticRun().With(SyntheticRun.Decode, [20, 21], "tok/s").With("e2e/decode/i2s+q6_k/tg32@ctx0/t2", [25, 26], "tok/s").WithProbes(2);
        Assert.DoesNotContain("; lossy", Render(format, exact), StringComparison.Ordinal);
        string text = Render(format, lossy);
        Assert.Single(Regex.Matches(text, "; lossy"));
        string row = text.Split('\n').Single(line => line.Contains("; lossy", StringComparison.Ordinal));
        Assert.Contains("q6_k", row, StringComparison.Ordinal);
        Assert.Contains(mark, row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReportFormat.Markdown, "| 2 streams, 0 bytes ahead |")]
    [InlineData(ReportFormat.Html, "<td>2 streams, 0 bytes ahead</td>")]
    public void The_read_probes_pattern_stands_in_its_row_where_it_is_known(ReportFormat format, string cell)
    {
        SyntheticRun unknown = new SyntheticRun().With(SyntheticRun.Gemv, [400_000, 401_000]).WithProbes(2);
        SyntheticRun known = new SyntheticRun().With(SyntheticRun.Gemv, [400_000, 401_000])
            .With(SyntheticRun.Read, [25, 25.1], "GB/s", "read/2", digest: null, kernel: null, pattern: "2 streams, 0 bytes ahead");
        Assert.DoesNotContain("fastest pattern", Render(format, unknown), StringComparison.Ordinal);
        string text = Render(format, known);
        Assert.Single(Regex.Matches(text, "fastest pattern"));
        Assert.Contains(cell, text, StringComparison.Ordinal);
    }

    private static string Render(ReportFormat format, SyntheticRun run) => Report.Render(format, SideOfRuns.Candidate(Sides.Sources([run], "head")), null).Text;

    [Fact]
    public void Every_plot_the_report_links_is_a_well_formed_drawing_beside_it()
    {
        RenderedReport report = Report.Render(ReportFormat.Markdown, Candidate, Scenes.Mixed(), filesFolder: "r.files");
        string[] links = [.. Regex.Matches(report.Text, @"!\[[^\]]*\]\(([^)]+)\)").Select(match => match.Groups[1].Value)];
        Assert.Equal(["r.files/e2e.svg", "r.files/kernel-gemv.svg", "r.files/kernel-norm.svg", "r.files/kernel-head.svg", "r.files/probe.svg", "r.files/roofline.svg", "r.files/phases.svg"], links);
        Assert.Equal(links.Order(), report.Files.Keys.Order());
        Assert.All(report.Files.Values, svg => Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName));
    }

    [Fact]
    public void It_is_written_with_its_files()
    {
        string folder = Directory.CreateTempSubdirectory("report-").FullName;
        try
        {
            Report.Render(ReportFormat.Markdown, Candidate, null, filesFolder: "report.files").Write(Path.Combine(folder, "out", "report.md"));
            Assert.True(File.Exists(Path.Combine(folder, "out", "report.files", "phases.svg")));
            Assert.StartsWith("# No baseline", File.ReadAllText(Path.Combine(folder, "out", "report.md")), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Html_stands_alone_with_its_drawings_inside()
    {
        RenderedReport report = Report.Render(ReportFormat.Html, Candidate, Scenes.Mixed());
        Assert.Empty(report.Files);
        Assert.Equal(7, Regex.Count(report.Text, "<svg "));
        Assert.DoesNotMatch("(src|href)=", report.Text);
        Assert.DoesNotContain("<script", report.Text, StringComparison.Ordinal);
        Assert.Contains("<title>Gate: 1 of 7 regressed (kernel/gemv/i2s/avx512/6912x2560/b1/cold/t2 +8.5 %): gate fails</title>", report.Text, StringComparison.Ordinal);
        foreach (string element in new[] { "table", "tr", "td", "details", "div", "ul", "svg", "code", "pre", "h2" })
            Assert.Equal(Regex.Count(report.Text, $"<{element}[ >]"), Regex.Count(report.Text, $"</{element}>"));
    }

    [Fact]
    public void Csv_holds_every_sample_and_reads_back()
    {
        IReadOnlyList<SampleRow> rows = SamplesCsv.Parse(System.Text.Encoding.UTF8.GetBytes(Text(ReportFormat.Csv, null)));
        Assert.Equal(SamplesCsv.Rows(Candidate.Newest), rows);
    }

    [Fact]
    public void Csv_of_several_runs_is_refused()
    {
        SideOfRuns two = SideOfRuns.Candidate(Sides.Sources([Scenes.Run("c1", 3), Scenes.Run("c2", 3)], "head"));
        ComparisonInputException e = Assert.Throws<ComparisonInputException>(() => Report.Render(ReportFormat.Csv, two, null));
        Assert.Equal(ComparisonInputFault.SeveralReceipts, e.Fault);
    }

    [Fact]
    public void Json_is_the_comparison_or_else_the_receipt()
    {
        Assert.Equal("comparison/1", JsonDocument.Parse(Text(ReportFormat.Json, Scenes.Mixed())).RootElement.GetProperty("schema").GetString());
        Assert.Equal(Receipt.CurrentSchema, JsonDocument.Parse(Text(ReportFormat.Json, null)).RootElement.GetProperty("schema").GetString());
    }

    [Fact]
    public void Junit_fails_what_fails_the_gate()
    {
        XElement suite = XDocument.Parse(Text(ReportFormat.JUnit, Scenes.Mixed())).Root!;
        Assert.Equal(("7", "2", "0", "0"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value, suite.Attribute("skipped")!.Value));
        Assert.Equal(["regressed", "undecided"], suite.Descendants("failure").Select(f => f.Attribute("type")!.Value));
        suite = XDocument.Parse(Text(ReportFormat.JUnit, Scenes.WrongResult())).Root!;
        Assert.Equal(["wrong-result", "incomparable", "missing"], suite.Descendants("error").Select(f => f.Attribute("type")!.Value));
        suite = XDocument.Parse(Text(ReportFormat.JUnit, null)).Root!;
        Assert.Equal(suite.Attribute("tests")!.Value, suite.Attribute("skipped")!.Value);
    }
}
