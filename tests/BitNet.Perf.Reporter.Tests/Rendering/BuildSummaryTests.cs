using System.Globalization;
using System.Text.RegularExpressions;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Reporter.Tests.Rendering;

/// <summary>The build summary says what the receipt says, in the order of the document it replaces, and nothing of what the receipt does not tell.</summary>
public partial class BuildSummaryTests
{
    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", "summary", name);

    /// <summary>Of a real run with the tiny synthetic model.</summary>
    private static readonly Receipt Stored = ReceiptFile.Read(Fixture("receipt.json"));

    private static string Render(Receipt receipt) => Report.Render(
        ReportFormat.Markdown, SideOfRuns.Candidate([new ReceiptSource("artifacts/run/receipt.json", receipt)]), null, Report.Named("build-summary", ReportFormat.Markdown)).Text;

    [Fact]
    public void A_stored_receipt_renders_as_the_stored_summary() =>
        Assert.Equal(File.ReadAllText(Fixture("build-summary.md")), Render(Stored));

    [Fact]
    public void The_headings_are_those_of_the_document_it_replaces_in_their_order()
    {
        string[] headings = [.. Render(Stored).Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal) || line.StartsWith("### ", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "## Build Status: SUCCESS ✓", "### Build Details", "### Compiler Configuration", "### SIMD Instructions Verified", "### Performance Receipt",
                "### System Configuration", "### Model Configuration", "### Test Configuration", "### Notes", "### Next Steps",
            ], headings);
    }

    [Fact]
    public void The_fields_are_those_of_the_document_it_replaces_in_their_order()
    {
        string text = Render(Stored);
        int[] places = [.. new[]
        {
            "**Date**", "**Binary Location**", "- Size", "- Type", "- Status", "**Build Command**", "**Build Time**", "- **Compiler**", "- **SDK**", "- **Optimization Level**", "- **Target CPU**",
            "**Receipt Location**", "**Key Results**", "- **Total time per token**", "- **Throughput**", "- **Performance bottleneck**", "**Breakdown**", "- Embedding", "- Forward pass",
            "- Logits", "- Sampling", "**Effective bandwidth**", "**Hardware**", "- CPU", "- Cores", "**SIMD Extensions Available**", "**Operating System**", "**Model**", "- Path", "- SHA-256: ",
            "- Format", "- Parameters", "**Tokenizer**", "- **Prompt**", "- **Prompt tokens**", "- **Max tokens**", "- **Sampling**", "- **Iterations**", "- **Launches**", "- **Threads**",
            "- **Environment**", "**Generated**", "**Script**", "**Verification**",
        }.Aggregate(new List<int>(), (found, field) =>
        {
            // Each behind the one before it: sizes and digests occur several times.
            found.Add(text.IndexOf(field, found.Count == 0 ? 0 : found[^1] + 1, StringComparison.Ordinal));
            return found;
        })];
        Assert.DoesNotContain(-1, places);
    }

    [Fact]
    public void The_breakdown_adds_up_to_the_total_and_to_100_percent_as_shown()
    {
        foreach (Receipt receipt in new[] { Stored, Scenes.Run("c", 3).Build() })
        {
            string text = Render(receipt);
            Match[] rows = [.. Row().Matches(text).Cast<Match>()];
            Assert.Equal(5, rows.Length);
            Assert.Equal(100m, rows.Sum(row => Number(row.Groups["share"].Value)));
            Assert.Equal(Number(Total().Match(text).Groups["time"].Value), rows.Sum(row => Number(row.Groups["time"].Value)));
        }
    }

    [Fact]
    public void What_a_receipt_does_not_tell_is_not_known_and_never_an_empty_place()
    {
        Receipt bare = Stored with
        {
            Build = Stored.Build with { Binary = null, Compiler = null, Command = null, Commit = null, Dirty = null, Sdk = null },
            Host = Stored.Host with
            {
                OperatingSystem = null,
                Kernel = null,
                Virtualization = null,
                Container = null,
                MemoryBytes = null,
                Cpu = Stored.Host.Cpu with { Name = null, PhysicalCores = null, Caches = [], Isa = [] },
            },
            Model = null,
            Phases = null,
            Workloads = [.. Stored.Workloads.Where(workload => workload.Id.StartsWith("e2e/", StringComparison.Ordinal)).Select(workload => workload with { Input = null, Result = null, Kernel = null })],
        };
        string text = Render(ReceiptDigest.Seal(bare));
        Assert.All(text.Split('\n').Where(line => Field().IsMatch(line)), line => Assert.DoesNotMatch(@":\*{0,2}\s*(``)?$", line));
        string[] expected =
        [
            "## Build Status: not known", "**Date**: not known", "**Binary Location**: `not known`", "- Size: not known", "- Type: not known", "- Status: not known", "**Build Time**: not known",
            "- **Compiler**: not known", "- **SDK**: not known", "- **Source**: not known", "- CPU: not known", "- Cores: not known physical", "- Caches: not known", "- Memory: not known",
            "**Model**: not known", "- Path: `not known`", "**Tokenizer**: not known", "- **Prompt**: not known", "- **Prompt tokens**: not known", "- **Sampling**: not known", "- **Kernel**: not known",
            "**Breakdown**: not known", "- **Performance bottleneck**: not known", "**Build Not Recorded**", "**Source Not Known**", "Not captured",
        ];
        Assert.All(expected, field => Assert.Contains(field, text, StringComparison.Ordinal));
        Assert.Contains("**Operating System**: not known, linux not known (virtual machine: not known, container: not known)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Verification_is_computed_when_it_is_rendered()
    {
        Assert.Contains("**Verification**: digest and every figure", Render(Stored), StringComparison.Ordinal);
        string forged = Render(ReceiptDigest.Seal(Stored with { Workloads = [Stored.Workloads[0] with { Summary = Stored.Workloads[0].Summary with { Median = 1 } }, .. Stored.Workloads.Skip(1)] }));
        Assert.Contains("**Verification**: FAILED: ", forged, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_that_changed_while_it_was_timed_is_the_first_note()
    {
        string text = Render(Stored with { Warnings = [.. Stored.Warnings, new(WarningCodes.ResultDiffers, Stored.Workloads[0].Id, "the output of launch 2 is not the one that was checked before timing")] });
        Assert.Contains("### Notes\n\n1. **result-differs**", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_markdown_report_without_plots_leaves_no_files()
    {
        SideOfRuns side = SideOfRuns.Candidate([new ReceiptSource("r.json", Stored)]);
        Assert.Empty(Report.Render(ReportFormat.Markdown, side, null, Report.Named("build-summary", ReportFormat.Markdown)).Files);
        Assert.NotEmpty(Report.Render(ReportFormat.Markdown, side, null, Report.Named("default", ReportFormat.Markdown)).Files);
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^- [A-Z][a-z ]+: (?<time>[0-9.,]+) μs \((?<share>[0-9.]+) %\)$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^- \*\*Total\*\*: (?<time>[0-9.,]+) μs", RegexOptions.Multiline)]
    private static partial Regex Total();

    // Not the headings of lists, which end in a colon.
    [GeneratedRegex(@"^(- )?(\*\*(?!Hardware|SIMD|Breakdown|Key|Build Command)|[A-Z])[^:]*:")]
    private static partial Regex Field();
}
