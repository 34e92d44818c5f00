using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Cli.Tests.Commands;

public class ReceiptImportCommandTests
{
    private const string Header = "workload,launch,iteration,value,unit\n";

    private static string Samples(double cost) => Header + string.Concat(
        from launch in Enumerable.Range(1, 10)
        from iteration in Enumerable.Range(1, 3)
        select FormattableString.Invariant($"Sort(size: 3),{launch},{iteration},{cost * (1 + (launch * 7 % 5 * 0.001) + (iteration * 0.0001))},us\n"));

    [Fact]
    public async Task Two_files_with_the_same_host_key_are_verified_and_compared_from_end_to_end()
    {
        using var workspace = new Workspace();
        workspace.Text("base.csv", Samples(100));
        workspace.Text("head.csv", Samples(200));
        foreach (string side in new[] { "base", "head" })
        {
            CommandRun import = await workspace.Run("receipt", "import", "--from", "csv", $"{side}.csv", "--host-key", "server-7", "--out", $"{side}.json");
            Assert.Equal(ExitCode.Done, import.Code);
            Assert.StartsWith($"{side}.json\n  1 workload, 10 launches, 30 samples for host server-7, sha256:", import.Output);
        }
        Assert.Equal(ExitCode.Done, (await workspace.Run("receipt", "verify", "base.json", "head.json")).Code);
        CommandRun compare = await workspace.Run("compare", "base.json", "head.json");
        Assert.Equal(ExitCode.Regressed, compare.Code);
        Assert.Contains("REGRESSED  Sort(size: 3)", compare.Output);
        Assert.DoesNotContain("--suite imported", compare.Output);
        Assert.Equal(ExitCode.Done, (await workspace.Run("report", "head.json", "--baseline", "base.json", "--out", "report.html")).Code);
        CommandRun show = await workspace.Run("receipt", "show", "base.json");
        Assert.Contains("host key  server-7", show.Output);
        Assert.DoesNotContain("logical cores", show.Output);
    }

    [Fact]
    public async Task Without_a_host_key_this_machines_is_taken_and_the_receipt_says_so()
    {
        using var workspace = new Workspace();
        workspace.Text("a.csv", Samples(100));
        CommandRun run = await workspace.Run("receipt", "import", "--from", "csv", "a.csv", "--out", "a.json");
        Assert.Equal(ExitCode.Done, run.Code);
        Receipt receipt = ReceiptVerification.Read(workspace["a.json"]);
        Assert.Equal(HostKey.From(receipt.Host, receipt.Build.Runtime), receipt.HostKey);
        Assert.Contains(receipt.Warnings, warning => warning.Code == WarningCodes.HostKeyAssumed);
        Assert.Contains("--host-key KEY names another", run.Error);
    }

    [Fact]
    public async Task A_launch_left_out_is_65_with_the_files_name()
    {
        using var workspace = new Workspace();
        workspace.Text("a.csv", Header + "Sort,1,1,1500,ns\nSort,3,1,1500,ns\n");
        CommandRun run = await workspace.Run("receipt", "import", "--from", "csv", "a.csv", "--out", "a.json");
        Assert.Equal((ExitCode.BadInput, ""), (run.Code, run.Output));
        Assert.EndsWith("a.csv: launch 3 follows launch 1; expected launches numbered from 0 or 1 without a gap", run.ErrorLine);
        Assert.False(File.Exists(workspace["a.json"]));
    }

    [Fact]
    public async Task Files_of_two_hosts_are_incomparable()
    {
        using var workspace = new Workspace();
        workspace.Text("a.csv", Samples(100));
        await workspace.Run("receipt", "import", "--from", "csv", "a.csv", "--host-key", "server-7", "--out", "a.json");
        await workspace.Run("receipt", "import", "--from", "csv", "a.csv", "--host-key", "server-8", "--out", "b.json");
        Assert.Equal(ExitCode.Incomparable, (await workspace.Run("compare", "a.json", "b.json")).Code);
    }

    [Theory]
    [InlineData("Sort,1,1,NaN,ns\n", "a.csv: line 2: value NaN")]
    [InlineData("Sort,1,1,1,ns\nSort,1,1,1,ns\n", "a.csv: line 3: Sort, launch 1, iteration 1 was on line 2 already")]
    [InlineData("Sort,1,1,1,furlong\n", "a.csv: line 2: unit \"furlong\"")]
    [InlineData("", "a.csv: no samples")]
    public async Task A_bad_file_is_65_with_file_and_line_and_nothing_is_written(string lines, string message)
    {
        using var workspace = new Workspace();
        workspace.Text("a.csv", Header + lines);
        CommandRun run = await workspace.Run("receipt", "import", "--from", "csv", "a.csv", "--out", "a.json");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.StartsWith($"bitnet-perf receipt import: {message}", run.ErrorLine);
        Assert.False(File.Exists(workspace["a.json"]));
    }

    [Theory]
    [InlineData("--from: \"xml\"; expected one of csv, bdn, llama-bench, google-benchmark, claims", "--from", "xml", "a.csv", "--out", "a.json")]
    [InlineData("--host-key: \"My Host\"", "--from", "csv", "a.csv", "--host-key", "My Host", "--out", "a.json")]
    [InlineData("--out: ./a.csv is the file that is read", "--from", "csv", "a.csv", "--out", "./a.csv")]
    public async Task Wrong_usage_is_64_and_the_file_stays(string message, params string[] arguments)
    {
        using var workspace = new Workspace();
        workspace.Text("a.csv", Samples(100));
        CommandRun run = await workspace.Run(["receipt", "import", .. arguments]);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.ErrorLine);
        Assert.Equal(Samples(100), File.ReadAllText(workspace["a.csv"]));
    }
}
