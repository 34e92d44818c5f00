namespace BitNet.Perf.Reporter.Tests;

public class SkeletonTests
{
    [Fact]
    public void The_runner_runs() => Assert.Equal(4, 2 + 2);
}
