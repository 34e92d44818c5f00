using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Measuring;

namespace BitNet.Perf.Cli.Tests.Measuring;

public class LiveProgressTests
{
    private const string What = "launch 1 of 3: kernel/attention/f16/avx512/ctx128/b1/cold/t2";

    [Theory]
    [InlineData(100, "launch 1 of 3: attention/f16/avx512/ctx128/b1/cold/t2, 1 min 31 s left")]
    [InlineData(64, "launch 1 of 3: attention/..12/ctx128/b1/cold/t2, 1 min 31 s left")]
    [InlineData(50, "launch 1 of 3: atten../b1/cold/t2, 1 min 31 s left")]
    public void Progress_is_one_line_with_the_time_left_and_the_end_of_the_id(int room, string expected)
    {
        string line = LiveProgress.Description(new RunProgress(RunStage.Measuring, What, 0.1, TimeSpan.FromSeconds(91)), room);
        Assert.Equal(expected, line);
        Assert.True(line.Length <= room);
    }

    [Fact]
    public void At_80_columns_neighbouring_workloads_can_be_told_apart()
    {
        string[] ids = ["2560x2560/b1/cold/t1", "2560x2560/b1/cold/t2", "6912x2560/b1/cold/t2", "2560x6912/b1/cold/t2", "2560x6912/b1/hot/t2"];
        // 80 columns without a bar of 10 characters, the percentage and two blanks.
        IEnumerable<string> lines = ids.Select(id => LiveProgress.Description(
            new RunProgress(RunStage.Measuring, $"launch 10 of 16: kernel/gemv/i2s/avx512/{id}", 0.5, TimeSpan.FromSeconds(3540)), 64));
        Assert.Equal(ids.Length, lines.Distinct().Count());
        Assert.All(lines, line => Assert.Contains("gemv", line));
    }
}
