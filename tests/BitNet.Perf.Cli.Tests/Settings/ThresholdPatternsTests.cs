using BitNet.Perf.Cli.Inputs;
using BitNet.Perf.Cli.Settings;

namespace BitNet.Perf.Cli.Tests.Settings;

public class ThresholdPatternsTests
{
    private static void Require(string pattern, params string[] compared)
    {
        using var workspace = new Workspace();
        workspace.Text("bitnet-perf.json", $$$"""{"thresholds": {"{{{pattern}}}": "5%"}}""");
        ThresholdPatterns.Require(ConfigurationFile.InFolder(workspace.Folder), compared);
    }

    [Theory]
    [InlineData("**")]
    [InlineData("e2e/**")]
    [InlineData("e2e/decode/*/*/t64")]
    [InlineData("kernel/gemv/i2s/avx512/6912x2560/b1/cold/t16")]
    [InlineData("kernel/gemv/i2s/vector128/**")]
    [InlineData("kernel/gemv/tl2/**")]
    [InlineData("kernel/*/*/*/*/*/hot/t2")]
    [InlineData("probe/read/t96")]
    public void A_pattern_of_another_suite_host_or_thread_count_is_fine(string pattern) =>
        Assert.Null(Record.Exception(() => Require(pattern, "Sort(size: 3)")));

    [Theory]
    [InlineData("kernal/**")]
    [InlineData("kernel/gemvv/**")]
    [InlineData("kernel/*")]
    [InlineData("kernel/gemv/i2s/avx1024/**")]
    [InlineData("e2e/decode/**/cold/t2")]
    [InlineData("Sort*")]
    public void A_pattern_that_no_workload_can_have_is_65_and_named(string pattern)
    {
        CommandFailure failure = Assert.Throws<CommandFailure>(() => Require(pattern, "kernel/gemv/i2s/avx2/256x256/b1/cold/t2"));
        Assert.Equal(ExitCode.BadInput, failure.Code);
        Assert.StartsWith($"bitnet-perf.json: \"thresholds\": \"{pattern}\" matches no workload", failure.Message);
    }

    [Theory]
    [InlineData("Sort*", "Sort(size: 3)")]
    [InlineData("kernel/gemv/i2s/avx2/1234x5678/**", "kernel/gemv/i2s/avx2/1234x5678/b1/cold/t2")]
    public void What_is_compared_may_have_names_and_sizes_of_its_own(string pattern, string compared) =>
        Assert.Null(Record.Exception(() => Require(pattern, compared)));

    [Fact]
    public async Task Compare_says_it_in_one_line()
    {
        using var workspace = new Workspace();
        workspace.Receipt("base.json");
        workspace.Receipt("head.json");
        workspace.Text("bitnet-perf.json", """{"thresholds": {"kernal/**": "5%"}}""");
        CommandRun run = await workspace.Run("compare", "base.json", "head.json");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.StartsWith("bitnet-perf compare: bitnet-perf.json: \"thresholds\": \"kernal/**\" matches no workload", run.ErrorLine);
    }
}
