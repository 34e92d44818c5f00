using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Tests.Runs;

/// <summary>The control kernel does the same everywhere: what it shows of the machine is said in the receipt.</summary>
public sealed class DisturbedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1.0, 1.0, false)]
    [InlineData(1.05, 1.0, false)]
    [InlineData(1.5, 1.0, true)] // a launch that is half as slow again
    [InlineData(1.0, 1.3, true)] // most iterations of every launch
    public async Task A_control_kernel_that_varies_is_a_warning(double secondLaunch, double lateIterations, bool warned)
    {
        var launch = 0;
        var worker = new FakeWorker
        {
            Begins = plan => launch = plan.Launch,
            Changes = m => m.Id.StartsWith("probe/control", StringComparison.Ordinal)
                ? m with { Nanoseconds = [.. m.Nanoseconds.Select((ns, i) => ns * (launch == 2 ? secondLaunch : 1) * (i > 2 ? lateIterations : 1))] }
                : m,
        };
        var options = new RunOptions { Model = "synthetic:tiny", Output = _folder["out"], Launches = 2, Filters = ["kernel/norm/**"] };
        var outcome = await MeasurementRun.ExecuteAsync(
            options, Plans.Environment(_folder["cache"], worker), NoRunProgress.Instance, TestContext.Current.CancellationToken);
        Assert.Equal(warned, outcome.Receipt.Warnings.Any(w => w is { Code: "host-disturbed", Subject: "probe/control/t1" }));
        Assert.Empty(ReceiptVerification.Verify(outcome.Receipt));
    }
}
