using System.Text;
using BitNet.Perf.Receipts.Import;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Tests;

public class BenchmarkDotNetJsonTests
{
    private const string File = "benchmarkdotnet-full.json";

    private static string Refusal(byte[] content) => ImportFixture.Refusal(() => BenchmarkDotNetJson.Parse(content));

    private static string Refusal(string json) => Refusal(Encoding.UTF8.GetBytes(json));

    private static string Benchmark(string name, string display, params string[] measurements) =>
        $$"""{"DisplayInfo": "{{display}}", "FullName": "{{name}}", "Measurements": [{{string.Join(',', measurements)}}]}""";

    private static string Actual(int launch, int iteration, string nanoseconds, long operations = 1) =>
        $$"""{"IterationMode": "Workload", "IterationStage": "Actual", "LaunchIndex": {{launch}}, "IterationIndex": {{iteration}}, "Operations": {{operations}}, "Nanoseconds": {{nanoseconds}}}""";

    private static string Document(params string[] benchmarks) => $$"""{"Benchmarks": [{{string.Join(',', benchmarks)}}]}""";

    [Fact]
    public void The_real_file_keeps_its_actual_measurements_by_launch_and_none_of_the_others()
    {
        Receipt receipt = ImportFixture.Seal(BenchmarkDotNetJson.Parse(ImportFixture.Read(File)));
        Assert.Empty(ReceiptVerification.Verify(receipt));
        WorkloadRecord dot = receipt.Workloads.Single();
        Assert.Equal(("B.Dot", "ns", "imported/1"), (dot.Id, dot.Unit, dot.Definition));
        Assert.Equal([(1, 3), (2, 3)], dot.Launches.Select(launch => (launch.Launch, launch.Values.Count)));
        // The exporter's own statistics are of Workload/Result, that is less the overhead it found.
        Assert.All(dot.Launches.SelectMany(launch => launch.Values), value => Assert.InRange(value, 70.8, 90));
    }

    [Fact]
    public void The_real_file_tells_processor_cores_system_and_runtime_and_what_it_does_not_tell_is_null()
    {
        ImportedFile file = BenchmarkDotNetJson.Parse(ImportFixture.Read(File));
        HostDescription host = file.Host!.Describe();
        Assert.Equal(("AMD EPYC", 1, 2, 2), (host.Cpu.Name, host.Cpu.Sockets, host.Cpu.PhysicalCores, host.Cpu.LogicalCores));
        Assert.Equal(("Linux Debian GNU/Linux 12 (bookworm)", "linux", "x64"), (host.OperatingSystem, host.Platform, host.Architecture));
        Assert.Equal((null, null, null, "unknown"), (host.Cpu.Vendor, host.MemoryBytes, host.Kernel, host.Cpu.IsaLevel));
        Assert.Equal("BenchmarkDotNet 0.15.8", file.Source!.Harness);
        Assert.Null(file.Source.Citation);
        Assert.Equal(".NET 10.0.12 (10.0.12, 10.0.1226.42308)", file.Source.Facts["runtime"]);
        Assert.Empty(file.Warnings);
    }

    [Fact]
    public void A_value_is_nanoseconds_by_operations() =>
        Assert.Equal(2.5, BenchmarkDotNetJson.Parse(Encoding.UTF8.GetBytes(Document(Benchmark("A.B", "A.B: Job", Actual(1, 1, "10", 4))))).Launches.Single().Rows.Single().Value);

    [Fact]
    public void One_method_in_two_jobs_is_two_workloads_and_twice_in_one_job_an_error()
    {
        string both = Document(Benchmark("A.B(n: 3)", "A.B: Old(Runtime=.NET 8.0) [n=3]", Actual(1, 1, "10")), Benchmark("A.B(n: 3)", "A.B: New(Runtime=.NET 10.0) [n=3]", Actual(1, 1, "9")));
        Assert.Equal(["A.B(n: 3) [Old(Runtime=.NET 8.0)]", "A.B(n: 3) [New(Runtime=.NET 10.0)]"],
            BenchmarkDotNetJson.Parse(Encoding.UTF8.GetBytes(both)).Launches.Single().Rows.Select(row => row.Workload));
        string same = Benchmark("A.B", "A.B: Job", Actual(1, 1, "10"));
        Assert.StartsWith("$.Benchmarks[1]: A.B [Job] is also the name of $.Benchmarks[0]", Refusal(Document(same, same)));
    }

    [Fact]
    public void A_name_is_made_of_namespace_type_method_and_parameters_where_there_is_no_full_one()
    {
        string json = Document($$"""{"Namespace": "N", "Type": "T", "Method": "M", "Parameters": "a=1&b=2", "Measurements": [{{Actual(1, 1, "10")}}]}""");
        Assert.Equal("N.T.M(a=1, b=2)", BenchmarkDotNetJson.Parse(Encoding.UTF8.GetBytes(json)).Launches.Single().Rows.Single().Workload);
    }

    [Fact]
    public void A_benchmark_that_failed_is_left_out_with_a_warning()
    {
        ImportedFile file = BenchmarkDotNetJson.Parse(Encoding.UTF8.GetBytes(Document(Benchmark("A.Bad", "A.Bad: Job"), Benchmark("A.B", "A.B: Job", Actual(1, 1, "10")))));
        Assert.Equal(["A.B"], file.Launches.Single().Rows.Select(row => row.Workload));
        Assert.Equal(("benchmark-failed", "A.Bad"), (file.Warnings.Single().Code, file.Warnings.Single().Subject));
        Assert.Empty(ReceiptVerification.Verify(ImportFixture.Seal(file)));
    }

    [Theory]
    [InlineData("", "the file is empty; expected BenchmarkDotNet's full JSON")]
    [InlineData("{}", "no array \"Benchmarks\"")]
    [InlineData("[]", "no array \"Benchmarks\"")]
    [InlineData("""{"Benchmarks": []}""", "$.Benchmarks: no benchmark; expected at least one")]
    [InlineData("""{"Benchmarks": [{"FullName": "A.B"}]}""", "$.Benchmarks[0]: no Measurements; expected BenchmarkDotNet's full JSON (--exporters fulljson); the brief one leaves them out")]
    [InlineData("""{"Benchmarks": [{"FullName": "A.B", "Measurements": []}]}""", "$.Benchmarks: no Workload/Actual measurement in any benchmark")]
    [InlineData("""{"Benchmarks": [{"FullName": "/home/ada/B", "Measurements": []}]}""", "$.Benchmarks[0]: name \"/home/ada/B\" holds a path of the machine")]
    [InlineData("""{"Benchmarks": [7]}""", "$.Benchmarks[0]: wrong type")]
    [InlineData("""{"Benchmarks": [{"FullName": "\ud800", "Measurements": []}]}""", "half a surrogate pair in a text; expected text in Unicode")]
    [InlineData("| model | size |", "looks like llama-bench's table, which has no samples (its JSON has: -o json)")]
    [InlineData("workload,launch,iteration,value,unit\n", "looks like samples as CSV (--from csv)")]
    [InlineData("""{"schema": "receipt/1"}""", "looks like a receipt, which needs no import")]
    public void A_file_that_is_none_says_what_is_wrong_and_where(string json, string message) => Assert.StartsWith(message, Refusal(json));

    [Theory]
    [InlineData("-1", "$.Benchmarks[0].Measurements[0].Nanoseconds: -1; expected a finite number above 0")]
    [InlineData("0", "$.Benchmarks[0].Measurements[0].Nanoseconds: 0;")]
    [InlineData("1e999", "$.Benchmarks[0].Measurements[0].Nanoseconds: 1e999;")]
    [InlineData("\"NaN\"", "$.Benchmarks[0].Measurements[0].Nanoseconds: wrong type; expected a number")]
    [InlineData("NaN", "line 1: NaN where JSON has numbers")]
    [InlineData("-Infinity", "line 1: Infinity where JSON has numbers")]
    [InlineData("null", "$.Benchmarks[0].Measurements[0].Nanoseconds: null; expected a number")]
    public void A_time_that_is_none_is_refused_with_its_place(string nanoseconds, string message) =>
        Assert.StartsWith(message, Refusal(Document(Benchmark("A.B", "A.B: Job", Actual(1, 1, nanoseconds)))));

    [Fact]
    public void A_measurement_twice_and_a_launch_left_out_are_refused()
    {
        Assert.StartsWith("$.Benchmarks[0].Measurements[1]: launch 1, iteration 1 a second time", Refusal(Document(Benchmark("A.B", "A.B: Job", Actual(1, 1, "10"), Actual(1, 1, "10")))));
        Assert.StartsWith("launch 3 follows launch 1", Refusal(Document(Benchmark("A.B", "A.B: Job", Actual(1, 1, "10"), Actual(3, 1, "10")))));
    }

    [Fact]
    public void A_file_cut_off_names_the_line_where_it_ends() =>
        Assert.StartsWith("line 20: ends in the middle of the JSON", Refusal(ImportFixture.Read(File)[..ImportFixture.Text(File).IndexOf("\"HardwareTimerKind", StringComparison.Ordinal)]));

    [Theory]
    [InlineData("llama-bench.bitnet-cpp.json", "looks like llama-bench output (--from llama-bench); expected BenchmarkDotNet's full JSON")]
    [InlineData("google-benchmark.json", "looks like Google Benchmark's JSON (--from google-benchmark)")]
    public void Another_harness_s_file_is_told_by_its_looks(string file, string message) => Assert.StartsWith(message, Refusal(ImportFixture.Read(file)));
}
