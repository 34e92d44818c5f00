using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Runs;

namespace BitNet.Perf.Bench.Tests.Runs;

public class RunEnvironmentTests
{
    [Fact]
    public void The_worker_compiles_every_method_once_and_fully_whatever_the_callers_environment_says()
    {
        var environment = WorkerEnvironment.Of(new Dictionary<string, string>
        {
            ["DOTNET_TieredCompilation"] = "1",
            ["DOTNET_EnableAVX512F"] = "0",
            ["PATH"] = "bin",
        });
        Assert.Equal(("0", "0", "0"), (environment["DOTNET_TieredCompilation"], environment["DOTNET_TieredPGO"], environment["DOTNET_ReadyToRun"]));
        // What the user restricts stays restricted, and goes into the receipt.
        Assert.Equal("0", environment["DOTNET_EnableAVX512F"]);
        Assert.Equal("bin", environment["PATH"]);
        Assert.Equal("0", BuildProbe.RuntimeVariables(environment)["DOTNET_EnableAVX512F"]);
    }

    [Fact]
    public void The_plan_alone_names_the_kernel() =>
        Assert.DoesNotContain("BITNET_PERF_KERNEL", WorkerEnvironment.Of(new Dictionary<string, string> { ["BITNET_PERF_KERNEL"] = "i2s-scalar" }).Keys);

    [Fact]
    public void Threads_are_one_and_all_unless_asked_otherwise()
    {
        var four = new RunEnvironment
        {
            Host = Plans.Host with { CpuLimitCores = null },
            Allowed = [0, 1, 2, 3],
            Topology = new SysTopology([], []),
            Cache = "",
            Variables = new Dictionary<string, string>(),
            Worker = new FakeWorker(),
        };
        Assert.Equal([1, 4], four.Threads(null));
        Assert.Equal([2, 3], four.Threads([3, 2, 3]));
        Assert.Equal([1], (four with { Allowed = [5] }).Threads(null));
        Assert.Equal([1, 2], (four with { Host = four.Host with { CpuLimitCores = 2.5 } }).Threads(null));
        Assert.Equal("0 threads; expected at least 1", Assert.Throws<RunRefusedException>(() => four.Threads([0])).Message);
    }
}
