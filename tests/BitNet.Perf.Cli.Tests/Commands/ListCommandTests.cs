using System.Text.Json;
using BitNet.Engine.Kernels;

namespace BitNet.Perf.Cli.Tests.Commands;

public class ListCommandTests
{
    [Fact]
    public async Task List_names_the_workloads_of_the_suite_of_the_real_shape()
    {
        using var workspace = new Workspace();
        CommandRun run = await workspace.Run("list");
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        Assert.Matches(@"kernel/gemv/i2s/\w+/6912x2560/b1/cold/t\d+ +ns +4.42 MB +17.7 M\n", run.Output);
        Assert.Contains("e2e/decode/i2s+f16/tg16@ctx0/", run.Output);
    }

    [Fact]
    public async Task List_json_is_one_document_restricted_by_suite_and_filter_from_anywhere()
    {
        using var workspace = new Workspace();
        workspace.Text("bitnet-perf.json", """{"suite": "e2e", "filter": ["e2e/ttft/**"], "threads": 1}""");
        CommandRun run = await workspace.Run("list", "--json");
        Assert.Equal((ExitCode.Done, ""), (run.Code, run.Error));
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.Equal(("workload-list/1", "e2e"), (root.GetProperty("schema").GetString(), root.GetProperty("suite").GetString()));
        JsonElement ttft = root.GetProperty("workloads").EnumerateArray().First();
        Assert.Equal("e2e/ttft/i2s/p16/t1", ttft.GetProperty("id").GetString());
        Assert.Equal(("ns", "lower", 1), (ttft.GetProperty("unit").GetString(), ttft.GetProperty("better").GetString(), ttft.GetProperty("threads").GetInt32()));
        Assert.All(root.GetProperty("workloads").EnumerateArray().Skip(1), w => Assert.StartsWith("probe/", w.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Lossy_heads_are_marked_and_no_others()
    {
        using var workspace = new Workspace();
        CommandRun run = await workspace.Run("list", "--suite", "e2e", "--filter", "e2e/decode/**", "--threads", "1");
        Assert.Contains("\ne2e/decode/i2s+screened8/tg32@ctx0/t1 ", run.Output);
        string[] lossy = [.. run.Output.Split('\n').Where(line => line.Contains("lossy", StringComparison.Ordinal)).Select(line => line[..line.IndexOf(" tok/s", StringComparison.Ordinal)].TrimEnd())];
        // They are measured where they have a vector form.
        string[] expected = ["e2e/decode/i2s+q8_0/tg32@ctx0/t1 lossy", "e2e/decode/i2s+q6_k/tg32@ctx0/t1 lossy"];
        Assert.Equal(LossyHeadFormat.HasVectorForm ? expected : [], lossy);
    }

    [Fact]
    public async Task A_filter_that_matches_nothing_is_wrong_usage()
    {
        using var workspace = new Workspace();
        CommandRun run = await workspace.Run("list", "--suite", "e2e", "--filter", "kernel/**");
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.Contains("no workload of suite e2e matches 'kernel/**'; `bitnet-perf list --suite e2e` shows them", run.ErrorLine);
    }
}
