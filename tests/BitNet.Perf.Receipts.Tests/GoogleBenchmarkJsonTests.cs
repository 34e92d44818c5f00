using System.Text;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public class GoogleBenchmarkJsonTests
{
    // Written by the program beside it, google-benchmark.cc, with --benchmark_repetitions=3.
    private const string File = "google-benchmark.json";

    private static ImportedFile Parse(string json) => GoogleBenchmarkJson.Parse(Encoding.UTF8.GetBytes(json));

    private static string Refusal(string json) => ImportFixture.Refusal(() => Parse(json));

    private static string Document(params string[] benchmarks) => $$"""{"context": {}, "benchmarks": [{{string.Join(',', benchmarks)}}]}""";

    private static string Benchmark(string name, string time = "5", string unit = "ns", string more = "") =>
        $$"""{"name": "{{name}}", "run_type": "iteration", {{more}} "real_time": {{time}}, "time_unit": "{{unit}}"}""";

    [Fact]
    public void The_real_file_is_one_launch_whose_repetitions_are_iterations_without_aggregates_and_failures()
    {
        ImportedFile file = GoogleBenchmarkJson.Parse(ImportFixture.Read(File));
        Receipt receipt = ImportFixture.Seal(file);
        Assert.Empty(ReceiptVerification.Verify(receipt));
        Assert.Equal([("Sum/4096", 1), ("Sum/1048576/threads:2", 2)], receipt.Workloads.Select(workload => (workload.Id, workload.Threads)));
        Assert.Equal([1223.2068881157174, 1215.4963255521698, 1212.5328259964717], receipt.Workloads[0].Launches.Single().Values);
        Assert.InRange(receipt.Workloads[1].Summary.Median, 1e5, 1e6); // the file has microseconds
        Assert.Equal([("benchmark-failed", "Refuses"), ("debug-build", null)], file.Warnings.Select(warning => (warning.Code, warning.Subject)));
        Assert.Contains("no such table", file.Warnings[0].Message);
    }

    [Fact]
    public void The_machine_s_name_and_the_program_s_folder_stay_out_and_processors_and_date_are_kept()
    {
        byte[] content = ImportFixture.Altered(File, "\"./sums\"", "\"/home/ada/sums\"");
        Receipt receipt = ImportFixture.Seal(GoogleBenchmarkJson.Parse(content));
        Assert.DoesNotContain("ada", Encoding.UTF8.GetString(ReceiptFile.Format(receipt)));
        Assert.DoesNotContain("\"vm\"", Encoding.UTF8.GetString(ReceiptFile.Format(receipt)));
        Assert.Equal((2, null), (receipt.Host.Cpu.LogicalCores, receipt.Host.Cpu.Name));
        Assert.Equal("2026-11-24T16:02:10+00:00", receipt.Source!.Facts["date"]);
    }

    [Theory]
    [InlineData("ns", 5)]
    [InlineData("us", 5e3)]
    [InlineData("ms", 5e6)]
    [InlineData("s", 5e9)]
    public void Times_are_kept_in_nanoseconds(string unit, double value) => Assert.Equal(value, Parse(Document(Benchmark("A", unit: unit))).Launches.Single().Rows.Single().Value);

    [Fact]
    public void Large_numbers_are_kept_and_counts_beyond_any_integer_are_not_needed()
    {
        ImportedFile file = Parse(Document(Benchmark("A", "1.7976e+300", more: "\"iterations\": 123456789012345678901234567890,")));
        Assert.Equal(1.7976e300, file.Launches.Single().Rows.Single().Value);
    }

    [Fact]
    public void Caches_are_kept_as_told()
    {
        string json = """{"context": {"num_cpus": 8, "caches": [{"type": "Data", "level": 1, "size": 32768, "num_sharing": 2}, {"type": "Unified", "level": 3, "size": 33554432, "num_sharing": 16}, {"level": 9}]}, "benchmarks": ["""
            + Benchmark("A") + "]}";
        Receipt receipt = ImportFixture.Seal(Parse(json));
        Assert.Empty(ReceiptVerification.Verify(receipt));
        Assert.Equal([new CacheDescription(1, "data", 32768, null), new CacheDescription(3, "unified", 33554432, null)], receipt.Host.Cpu.Caches);
    }

    [Fact]
    public void Aggregates_of_versions_without_run_type_are_told_by_their_names()
    {
        ImportedFile file = Parse("""{"context": {}, "benchmarks": [{"name": "A", "real_time": 5, "time_unit": "ns"}, {"name": "A_mean", "real_time": 5, "time_unit": "ns"}, {"name": "A_stddev", "real_time": 0, "time_unit": "ns"}]}""");
        Assert.Equal(["A"], file.Launches.Single().Rows.Select(row => row.Workload));
    }

    [Fact]
    public void A_skipped_benchmark_is_left_out_with_its_message()
    {
        ImportedFile file = Parse(Document(Benchmark("A"), """{"name": "B", "run_type": "iteration", "skipped": true, "skip_message": "no /home/ada/table"}"""));
        Assert.Equal(("B", "was skipped (no …/table): left out"), (file.Warnings.Single().Subject, file.Warnings.Single().Message));
    }

    [Fact]
    public void Two_benchmarks_of_one_name_are_refused_and_so_is_a_repetition_twice()
    {
        string[] families = [Benchmark("A", more: "\"family_index\": 0, \"repetition_index\": 0,"), Benchmark("A", more: "\"family_index\": 3, \"repetition_index\": 1,")];
        Assert.StartsWith("$.benchmarks[1]: A is also the name of $.benchmarks[0], which is another benchmark", Refusal(Document(families)));
        Assert.StartsWith("$.benchmarks[1]: A, repetition 1, a second time", Refusal(Document(Benchmark("A"), Benchmark("A"))));
    }

    [Theory]
    [InlineData("""{"context": {}, "benchmarks": []}""", "$.benchmarks: no measurement; expected at least one")]
    [InlineData("""{"context": {}, "benchmarks": [{"name": "A_mean", "run_type": "aggregate", "real_time": 5, "time_unit": "ns"}]}""", "$.benchmarks: only aggregates; expected the repetitions themselves")]
    [InlineData("""{"context": {}, "benchmarks": [{"name": "A", "run_type": "iteration", "error_occurred": true}]}""", "$.benchmarks: no measurement")]
    [InlineData("""{"context": {}, "benchmarks": [{"name": "A", "run_type": "sample"}]}""", "$.benchmarks[0].run_type: \"sample\"")]
    [InlineData("""{"context": {}, "benchmarks": [{"name": "A", "real_time": 5}]}""", "$.benchmarks[0]: no member \"time_unit\"")]
    [InlineData("""{"context": {}, "benchmarks": [{"name": "A", "real_time": 5, "time_unit": "m"}]}""", "$.benchmarks[0].time_unit: \"m\"; expected ns, us, ms or s")]
    [InlineData("""{"context": {}, "benchmarks": [{"name": "A", "real_time": -5, "time_unit": "ns"}]}""", "$.benchmarks[0].real_time: -5; expected a finite number above 0")]
    [InlineData("""{"context": {}, "benchmarks": [{"name": "A", "real_time": 1e308, "time_unit": "s"}]}""", "$.benchmarks[0].real_time: infinite in nanoseconds")]
    [InlineData("""{"context": {}, "benchmarks": [{"real_time": 5}]}""", "$.benchmarks[0]: no member \"name\"; expected a string")]
    [InlineData("""{"context": {}}""", "no array \"benchmarks\"; expected Google Benchmark's JSON")]
    [InlineData("name,iterations,real_time\n", "looks like Google Benchmark's CSV (its JSON is read: --benchmark_format=json)")]
    public void A_bad_file_says_what_is_wrong_and_where(string json, string message) => Assert.StartsWith(message, Refusal(json));

    [Fact]
    public void Times_that_are_none_and_a_file_cut_off_are_refused_with_their_line()
    {
        Assert.StartsWith("line 25: NaN where JSON has numbers", ImportFixture.Refusal(() => GoogleBenchmarkJson.Parse(ImportFixture.Altered(File, "1.2232068881157174e+03", "NaN"))));
        Assert.StartsWith("line 44: ends in the middle of the JSON", ImportFixture.Refusal(() => GoogleBenchmarkJson.Parse(ImportFixture.Read(File)[..1150])));
        Assert.StartsWith("looks like BenchmarkDotNet's JSON (--from bdn)", ImportFixture.Refusal(() => GoogleBenchmarkJson.Parse(ImportFixture.Read("benchmarkdotnet-full.json"))));
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused_with_its_line() =>
        Assert.StartsWith("line 2: not UTF-8", ImportFixture.Refusal(() => GoogleBenchmarkJson.Parse([.. "{\n\"context\": \""u8, 0xFF, .. "\"}"u8])));
}
