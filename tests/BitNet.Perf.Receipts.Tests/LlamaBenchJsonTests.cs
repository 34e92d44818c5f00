using System.Text;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public class LlamaBenchJsonTests
{
    private const string Bitnet = "llama-bench.bitnet-cpp.json", Lines = "llama-bench.bitnet-cpp.jsonl", Ik = "llama-bench.ik-llama-cpp.json";

    private static ImportedFile Parse(string json) => LlamaBenchJson.Parse(Encoding.UTF8.GetBytes(json));

    private static string Refusal(string json) => ImportFixture.Refusal(() => Parse(json));

    private static string Test(string more = "", string samples = "\"samples_ns\": [1000000000]", int prompt = 0, int generated = 16, int threads = 2) =>
        $$"""{"n_prompt": {{prompt}}, "n_gen": {{generated}}, "n_threads": {{threads}}, {{more}} {{samples}}}""";

    private static string[] Names(params string[] tests) => [.. Parse($"[{string.Join(',', tests)}]").Launches.Single().Rows.Select(row => row.Workload)];

    [Theory]
    [InlineData(Bitnet, new[] { "pp128/t1", "tg32/t1", "pp128/t2", "tg32/t2" }, 5)]
    [InlineData(Lines, new[] { "pp64/t2", "tg16/t2" }, 3)]
    [InlineData(Ik, new[] { "pp128/t2", "tg32/t2" }, 5)]
    public void A_real_file_is_one_launch_of_rates_that_follow_from_their_times(string file, string[] names, int samples)
    {
        Receipt receipt = ImportFixture.Seal(LlamaBenchJson.Parse(ImportFixture.Read(file)));
        Assert.Empty(ReceiptVerification.Verify(receipt));
        Assert.Single(receipt.Launches);
        Assert.Equal(names, receipt.Workloads.Select(workload => workload.Id));
        Assert.All(receipt.Workloads, workload =>
        {
            Assert.Equal(("tok/s", Better.Higher, workload.Id.EndsWith("t1", StringComparison.Ordinal) ? 1 : 2), (workload.Unit, workload.Better, workload.Threads));
            Assert.Equal((samples, samples), (workload.Launches.Single().Values.Count, workload.Launches.Single().Nanoseconds.Count));
        });
    }

    [Fact]
    public void Model_size_and_parameters_and_processor_are_kept_as_the_file_has_them_and_no_folder()
    {
        ImportedFile file = LlamaBenchJson.Parse(ImportFixture.Altered(Ik, "\"m-IQ2_BN_R4.gguf\"", "\"/home/ada/m-IQ2_BN_R4.gguf\""));
        Assert.Equal("AMD EPYC", file.Host!.Processor);
        Assert.Null(file.Host.LogicalCores);
        Assert.Equal(("llama-bench", null), (file.Source!.Harness, file.Source.Citation));
        Assert.Equal(("bitnet-b1.58 2B IQ2_BN_R4 - 2.00 bpw Bitnet", "1064181760", "2741155840", "true"),
            (file.Source.Facts["model type"], file.Source.Facts["model size"], file.Source.Facts["model n params"], file.Source.Facts["flash attn"]));
        Assert.Equal("m-IQ2_BN_R4.gguf", file.Source.Facts["model filename"]);
        Assert.DoesNotContain(file.Source.Facts.Values, fact => fact.Contains("ada", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rate_without_times_is_kept_as_it_is()
    {
        Receipt receipt = ImportFixture.Seal(Parse($"[{Test(samples: "\"samples_ts\": [16.5, 17]")}]"));
        Assert.Empty(ReceiptVerification.Verify(receipt));
        Assert.Equal([16.5, 17], receipt.Workloads.Single().Launches.Single().Values);
        Assert.Empty(receipt.Workloads.Single().Launches.Single().Nanoseconds);
    }

    [Fact]
    public void Tests_are_named_by_prompt_generation_depth_and_threads() => Assert.Equal(
        ["pp512/t2", "tg128/t4", "pp512+tg128/t2", "tg128@d4096/t2"],
        Names(Test(prompt: 512, generated: 0), Test(generated: 128, threads: 4), Test(prompt: 512, generated: 128), Test("\"n_depth\": 4096,", generated: 128)));

    [Fact]
    public void Tests_of_the_same_name_get_the_settings_that_tell_them_apart_and_no_others() => Assert.Equal(
        ["tg16/t2/model_type=A/flash_attn=true", "tg16/t2/model_type=A/flash_attn=false", "tg16/t2/model_type=B/flash_attn=false", "tg16/t1"],
        Names(
            Test("\"model_type\": \"A\", \"model_size\": 5, \"flash_attn\": true,"), Test("\"model_type\": \"A\", \"model_size\": 5, \"flash_attn\": false,"),
            Test("\"model_type\": \"B\", \"model_size\": 6, \"flash_attn\": false,"), Test("\"model_type\": \"B\", \"model_size\": 6, \"flash_attn\": true,", threads: 1)));

    [Fact]
    public void The_same_test_twice_is_refused() =>
        Assert.StartsWith("$[1]: tg16/t2: the same test as $[0]; expected tests that differ in a setting", Refusal($"[{Test()}, {Test()}]"));

    [Fact]
    public void An_object_printed_over_several_lines_and_one_line_alone_are_read()
    {
        Assert.Single(Parse(Test()).Launches);
        Assert.Single(Parse(Test().Replace(", ", ",\n", StringComparison.Ordinal).Replace("{", "{\n", StringComparison.Ordinal)).Launches);
    }

    [Fact]
    public void A_broken_line_of_several_is_named()
    {
        Assert.StartsWith("line 3: not valid JSON", Refusal($"{Test()}\n\n{{\"n_prompt\": x}}\n"));
        Assert.StartsWith("line 2: ends in the middle of the JSON", Refusal($"{Test()}\n{Test(threads: 1)[..30]}"));
        Assert.StartsWith("line 2: NaN where JSON has numbers", Refusal($"{Test()}\n{Test(samples: "\"samples_ns\": [-nan]")}"));
        Assert.StartsWith("test 2.samples_ns[0]: -5", Refusal($"{Test()}\n{Test(threads: 1, samples: "\"samples_ns\": [-5]")}"));
    }

    [Theory]
    [InlineData("[]", "$: no test; expected at least one")]
    [InlineData("[7]", "no member \"n_prompt\"; expected llama-bench's JSON")]
    [InlineData("""[{"n_prompt": 1, "n_gen": 0, "n_threads": 1, "avg_ts": 5.5}]""", "$[0]: neither samples_ns nor samples_ts; expected samples; averages alone are none")]
    [InlineData("""[{"n_prompt": 1, "n_gen": 0, "n_threads": 1, "samples_ns": []}]""", "$[0].samples_ns: no sample")]
    [InlineData("""[{"n_prompt": 0, "n_gen": 0, "n_threads": 1, "samples_ns": [5]}]""", "$[0]: n_prompt and n_gen are 0")]
    [InlineData("""[{"n_prompt": -3, "n_gen": 0, "n_threads": 1, "samples_ns": [5]}]""", "$[0].n_prompt: -3; expected a whole number from 0")]
    [InlineData("""[{"n_prompt": 1, "n_threads": 1, "samples_ns": [5]}]""", "$[0]: no member \"n_gen\"; expected a number")]
    [InlineData("""[{"n_prompt": 1, "n_gen": 0, "n_threads": 1, "samples_ns": [0]}]""", "$[0].samples_ns[0]: 0; expected a finite number above 0")]
    [InlineData("""[{"n_prompt": 1, "n_gen": 0, "n_threads": 1, "samples_ns": ["5"]}]""", "$[0].samples_ns[0]: \"5\"; expected a finite number above 0")]
    [InlineData("""[{"n_prompt": 1, "n_gen": 0, "n_threads": 1, "samples_ns": [1e9, 1e9], "samples_ts": [1]}]""", "$[0]: 2 samples_ns and 1 samples_ts")]
    [InlineData("""[{"n_prompt": 1, "n_gen": 0, "n_threads": 1, "samples_ns": [1000000000], "samples_ts": [2]}]""", "$[0].samples_ts[0]: 2 tok/s; 1 tokens in 1000000000 ns are 1; expected samples that agree")]
    [InlineData("build_commit,build_number\n", "looks like llama-bench's CSV, which has no samples")]
    [InlineData("\u0000", "line 1: not valid JSON")]
    public void A_bad_file_says_what_is_wrong_and_where(string json, string message) => Assert.StartsWith(message, Refusal(json));

    [Fact]
    public void Several_files_are_launches_and_those_of_other_models_or_machines_are_refused()
    {
        ImportedFile first = LlamaBenchJson.Parse(ImportFixture.Read(Ik));
        ImportedFile second = LlamaBenchJson.Parse(ImportFixture.Altered(Ik, "2026-11-23T02:19:55Z", "2026-11-24T02:19:55Z"));
        Receipt receipt = ImportFixture.Seal(ImportedFile.Join([("a.json", first), ("b.json", second)]));
        Assert.Empty(ReceiptVerification.Verify(receipt));
        Assert.Equal((2, 2), (receipt.Launches.Count, receipt.Workloads[0].Launches.Count));
        Assert.DoesNotContain("date", receipt.Source!.Facts.Keys);
        ImportedFile other = LlamaBenchJson.Parse(ImportFixture.Read(Bitnet));
        Assert.StartsWith("b.json: ", ImportFixture.Refusal(() => ImportedFile.Join([("a.json", first), ("b.json", other)])));
        ImportedFile elsewhere = first with { Host = new ToldHost { Processor = "Xeon" } };
        Assert.Equal("b.json: machine \"Xeon\"; a.json says \"AMD EPYC\"; expected files of one machine, program, model and settings",
            ImportFixture.Refusal(() => ImportedFile.Join([("a.json", first), ("b.json", elsewhere)])));
    }
}
