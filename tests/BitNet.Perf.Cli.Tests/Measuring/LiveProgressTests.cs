using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Cli.Measuring;

namespace BitNet.Perf.Cli.Tests.Measuring;

public class LiveProgressTests
{
    private const string What = "launch 1 of 3: kernel/attention/f16/avx512/ctx128/b1/cold/t2";

    [Theory]
    [InlineData(100, $"measuring {What}, 1 min 31 s left")]
    [InlineData(50, "measuring launch 1 of 3: kernel.., 1 min 31 s left")]
    public void Progress_is_one_line_with_the_time_left(int room, string expected)
    {
        string line = LiveProgress.Description(new RunProgress(RunStage.Measuring, What, 0.1, TimeSpan.FromSeconds(91)), room);
        Assert.Equal(expected, line);
        Assert.True(line.Length <= room);
    }
}
