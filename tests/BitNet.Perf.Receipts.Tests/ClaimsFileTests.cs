using System.Text;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Import.Claims;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

/// <summary>The document this project started from, with its raw runs, and what is wrong with it.</summary>
public class ClaimsFileTests
{
    private const string Summary = "timing-summary.md";

    private static byte[] Seed => File.ReadAllBytes(ImportFixture.InRepository("baselines/external/claims/bitnet-rs-ryzen-9-9950x3d.json"));

    private static string[] Warnings(byte[] content) =>
        [.. ClaimsFile.Parse(content).Warnings.Select(warning => $"{warning.Code}{(warning.Subject is null ? "" : $" ({warning.Subject})")}: {warning.Message}")];

    private static byte[] Claims(string workloads, string breakdown = "", string facts = """{"commit": "a1", "threads": "8"}""") => Encoding.UTF8.GetBytes(
        $$"""{"schema": "claims/1", "engine": "E", "citation": "C", "facts": {{facts}}, "workloads": [{{workloads}}]{{(breakdown.Length == 0 ? "" : $", \"breakdown\": {breakdown}")}}}""");

    private static string Workload(string id, string runs, string more = "", string unit = "us") => $$"""{"id": "{{id}}", "unit": "{{unit}}", "runs": {{runs}}{{more}}}""";

    private static string Refusal(byte[] content) => ImportFixture.Refusal(() => ClaimsFile.Parse(content));

    [Fact]
    public void Every_mistake_of_the_seed_is_named_with_its_figures()
    {
        string[] expected =
        [
            "breakdown-sum: the parts add up to 1937648 us, the total is 1950925 us: 13277 us are in no part",
            "shares-sum: the shares add up to 99.32 %, not to 100 %",
            "runs-mixed: the total is that of run 2, but embed is of runs 1 and 3, logits is of run 1",
            "share-of-run (logits): run 2, whose total is claimed, spent 85374 us on it, 4.376 %; claimed are 72092 us, 3.70 %",
            "runs-vary (embed): 11.9 % between 3 runs (coefficient of variation): it needs a threshold of its own",
            "runs-vary (logits): 10.4 % between 3 runs (coefficient of variation): it needs a threshold of its own",
            "runs-vary (sample): 13.4 % between 3 runs (coefficient of variation): it needs a threshold of its own",
            "bandwidth-low (seed/forward): 521 MB in 1865.375 ms are 0.28 GB/s: far slower than memory, so that something other than reading the weights was timed",
            "one-token: 0.5126 tok/s from runs of one token: latency of the first token in a cold process, not throughput of decoding",
            "settings-unknown: not told: threads, commit, prompt tokens; nobody can make the run again",
            "instructions-anywhere: instructions were looked for anywhere in the binary, which says nothing about the code that took the time",
        ];
        Assert.Equal(expected, Warnings(Seed));
    }

    [Fact]
    public void The_seed_s_three_runs_are_three_launches_of_its_phases()
    {
        Receipt receipt = ImportFixture.Seal(ClaimsFile.Parse(Seed));
        Assert.Empty(ReceiptVerification.Verify(receipt));
        Assert.Equal(["seed/embed", "seed/forward", "seed/logits", "seed/sample", "seed/total"], receipt.Workloads.Select(workload => workload.Id));
        Assert.Equal([1928454000, 1950925000, 1957920000], receipt.Workloads[4].Launches.Select(launch => launch.Values.Single()));
        Assert.Equal((3, "external-ryzen-9-9950x3d", 16), (receipt.Launches.Count, receipt.HostKey, receipt.Host.Cpu.PhysicalCores!.Value));
        Assert.Equal(0.28, receipt.Workloads[1].Summary.GigabytesPerSecond!.Value, 2);
    }

    [Fact]
    public void The_published_summary_alone_shows_what_its_own_figures_contradict()
    {
        ImportedFile file = ClaimsFile.Parse(ImportFixture.Read(Summary));
        Assert.Equal(["breakdown-sum", "shares-sum", "one-token", "settings-unknown", "no-samples", "instructions-anywhere"], file.Warnings.Select(warning => warning.Code));
        Assert.Contains("1937648 us, the total is 1950925 us", file.Warnings[0].Message);
        Assert.Contains("99.32 %", file.Warnings[1].Message);
        Receipt receipt = ImportFixture.Seal(file);
        Assert.Empty(ReceiptVerification.Verify(receipt));
        Assert.Equal(["claimed/embedding", "claimed/forward-pass", "claimed/logits", "claimed/sampling", "claimed/total"], receipt.Workloads.Select(workload => workload.Id));
        Assert.Equal(("AMD Ryzen 9 9950X3D 16-Core Processor", 16, 32), (receipt.Host.Cpu.Name, receipt.Host.Cpu.PhysicalCores, receipt.Host.Cpu.LogicalCores));
        Assert.Equal(("Greedy (temperature=0.0)", "1"), (receipt.Source!.Facts["sampling"], receipt.Source.Facts["max tokens"]));
        Assert.DoesNotContain("steven", Encoding.UTF8.GetString(ReceiptFile.Format(receipt)));
    }

    [Theory]
    [InlineData("- Logits: 72,092 μs (3.70%)", "- Logits: 72,092 μs (4.70%)", "share-wrong (Logits): 72092 of 1950925 us are 3.695 %, not 4.70 %")]
    [InlineData("0.5126 tokens/second", "0.6126 tokens/second", "throughput-wrong: 1 tokens in 1950925 us are 0.5126 tok/s, not 0.6126")]
    [InlineData("1,865,375 μs (95.61%)", "1,965,375 μs (95.61%)", "breakdown-sum: the parts add up to 2037648 us, the total is 1950925 us: the parts are 86723 us too long")]
    public void A_figure_that_the_others_contradict_is_named(string old, string @new, string warning) =>
        Assert.Contains(warning, Warnings(ImportFixture.Altered(Summary, old, @new)));

    [Fact]
    public void A_breakdown_of_one_run_that_adds_up_is_not_doubted()
    {
        string workloads = string.Join(',', Workload("a", "[[26], [21]]"), Workload("b", "[[174], [182]]"), Workload("t", "[[200], [203]]", """, "tokens": 4"""));
        string breakdown = """
            {"unit": "us", "total": {"name": "t", "value": 203, "workload": "t"}, "tokens": 4, "tokensPerSecond": 19704.4,
             "parts": [{"name": "a", "value": 21, "percent": 10.34, "workload": "a"}, {"name": "b", "value": 182, "percent": 89.66, "workload": "b"}]}
            """;
        Assert.Empty(Warnings(Claims(workloads, breakdown, """{"commit": "a1", "threads": "8", "prompt tokens": "4"}""")));
    }

    [Fact]
    public void Raw_runs_whose_parts_are_not_their_total_are_named()
    {
        string workloads = string.Join(',', Workload("a", "[[26], [21]]"), Workload("b", "[[174], [182]]"), Workload("t", "[[200], [303]]"));
        string breakdown = """{"unit": "us", "total": {"name": "t", "value": 200, "workload": "t"}, "parts": [{"name": "a", "value": 26, "workload": "a"}, {"name": "b", "value": 174, "workload": "b"}]}""";
        Assert.Equal(["run-sum: the parts of run 2 add up to 203 us, its total is 303 us", "settings-unknown: not told: prompt tokens; nobody can make the run again"], Warnings(Claims(workloads, breakdown)));
    }

    [Fact]
    public void A_published_figure_is_one_sample_and_the_receipt_says_what_it_is()
    {
        byte[] claims = Claims(Workload("tg128/t16", "[[43.85]]", """, "statistic": "mean ± 0.02", "threads": 16""", "tok/s"));
        Receipt receipt = ImportFixture.Seal(ClaimsFile.Parse(claims));
        Assert.Empty(ReceiptVerification.Verify(receipt));
        Assert.Equal([43.85], receipt.Workloads.Single().Launches.Single().Values);
        Assert.Equal((16, "tok/s", "external/1"), (receipt.Workloads.Single().Threads, receipt.Workloads.Single().Unit, receipt.Workloads.Single().Definition));
        Assert.Equal(["no-samples: 1 of 1 workloads have one published figure each (mean ± 0.02) in place of samples"], Warnings(claims));
    }

    [Theory]
    [InlineData("[]", "$.workloads[0].runs: a run without values")]
    [InlineData("[[]]", "$.workloads[0].runs: a run without values")]
    [InlineData("[[0]]", "$.workloads[0].runs: a run without values, or a value that is not above 0")]
    [InlineData("[[-5]]", "$.workloads[0].runs: a run without values, or a value that is not above 0")]
    [InlineData("[[1e20]]", "$.workloads[0].runs: a run without values, or a value that is not above 0 (and below 10^15)")]
    [InlineData("[[1e400]]", "$.workloads[0].runs[0][0] (line 1): wrong type; expected a number")]
    [InlineData("[[NaN]]", "line 1: NaN where JSON has numbers")]
    [InlineData("[[1], [2]], \"statistic\": \"mean\"", "$.workloads[0].statistic: several values and a statistic")]
    [InlineData("[[1]], \"threads\": 0", "$.workloads[0]: threads, tokens or bytes below 1")]
    [InlineData("[[1]], \"thread\": 1", "$.workloads[0].thread (line 1): unknown member \"thread\"")]
    public void A_bad_figure_is_refused_with_its_place(string runs, string message) => Assert.StartsWith(message, Refusal(Claims(Workload("a", runs))));

    [Theory]
    [InlineData("""{"schema": "receipt/1"}""", "looks like a receipt, which needs no import; expected a document of schema claims/1, or a timing summary in Markdown")]
    [InlineData("{}", "no schema")]
    [InlineData("# Notes\n\nNothing was timed.\n", "no line \"Total time per token\" with a time")]
    [InlineData("# T\n- **Total time per token**: 5 ms\n", "no breakdown with lines such as")]
    [InlineData("# T\n- **Total time per token**: 5 furlongs\n", "no line \"Total time per token\" with a time")]
    public void A_document_of_another_form_is_refused(string text, string message) => Assert.StartsWith(message, Refusal(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Claims_of_a_newer_version_are_refused_by_name() => Assert.Equal(
        ReceiptFault.NewerSchema, Assert.Throws<ReceiptException>(() => ClaimsFile.Parse(Encoding.UTF8.GetBytes("""{"schema": "claims/2"}"""))).Fault);

    [Fact]
    public void Names_twice_units_unknown_and_paths_of_the_machine_are_refused()
    {
        Assert.StartsWith("$.workloads[1].id: a occurs twice", Refusal(Claims(Workload("a", "[[1]]") + "," + Workload("a", "[[1]]"))));
        Assert.StartsWith("$.workloads[0].unit: \"furlong\"; expected one of ns", Refusal(Claims(Workload("a", "[[1]]", unit: "furlong"))));
        Assert.StartsWith("$.facts.model: holds a path of the machine, /home/ada/m", Refusal(Claims(Workload("a", "[[1]]"), facts: """{"model": "/home/ada/m"}""")));
        Assert.StartsWith("$.breakdown: x names the workload \"c\"", Refusal(Claims(Workload("a", "[[1]]"), """{"unit": "us", "total": {"name": "t", "value": 1}, "parts": [{"name": "x", "value": 1, "workload": "c"}]}""")));
        Assert.StartsWith("$.workloads: no figure", Refusal(Claims("")));
    }
}
