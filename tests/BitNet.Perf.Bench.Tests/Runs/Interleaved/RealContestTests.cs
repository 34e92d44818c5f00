using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Bench.Tests.Workloads;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Tests.Runs.Interleaved;

/// <summary>The whole way through real worker processes, this build against itself on the tiny model.</summary>
public sealed class RealContestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pair_of_launches_of_one_build_gives_two_receipts_that_hold()
    {
        var environment = RunEnvironment.Live() with { Host = Plans.Host, Cache = _folder["cache"] };
        var options = new InterleavedOptions
        {
            Pairs = 1,
            Folder = _folder["ab"],
            Measuring = new RunOptions
            {
                Model = TinyResources.ModelPath,
                Filters = ["kernel/norm/**"],
                Threads = [1],
                Timing = new WorkerTiming { KernelIterations = 4, KernelIterationMilliseconds = 2 },
            },
        };
        var builds = BuildContestants.Of(new Sides<WorkerCommand>(WorkerCommand.OfThisProgram(), WorkerCommand.OfThisProgram()), environment);
        var token = TestContext.Current.CancellationToken;
        var outcome = await (await InterleavedRun.PrepareAsync(options, builds, environment, new FakeJudge { Least = 1 }, NoInterleavedProgress.Instance, token)).FinishAsync(token);

        Assert.Equal(InterleavedEnd.AllPairs, outcome.End);
        foreach (var (_, receipt) in outcome.Receipts.Named)
        {
            Assert.All(receipt.Launches, launch => Assert.Null(launch.Failure));
            Assert.Equal(["kernel/norm", "probe/control", "probe/read"], receipt.Workloads.Select(w => string.Join('/', w.Id.Split('/')[..2])).Order(StringComparer.Ordinal));
            Assert.Equal(BuildProbe.Describe(environment.Variables).Commit, receipt.Build.Commit);
            Assert.DoesNotContain(ReceiptVerification.Verify(receipt), f => f.Code != "probe-exceeded");
        }
        Assert.Equal(outcome.Plan.Builds!.Base.Plan.BuildId, outcome.Plan.Builds.Head.Plan.BuildId);
    }
}
