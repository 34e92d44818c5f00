using BitNet.Perf.Bench.Host;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Tests.Runs;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Tests.Host;

public sealed class ExtraWorkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_build_without_the_property_says_nothing() => Assert.Empty(WarningsOf(BuildProbe.Describe(new Dictionary<string, string>()) with { Configuration = "Release" }));

    [Fact]
    public void A_build_with_extra_work_is_named_in_the_receipt_of_whatever_it_measured()
    {
        var build = BuildProbe.Describe(new Dictionary<string, string>()) with { Configuration = "Release", ExtraKernelWork = 5 };
        var warning = Assert.Single(WarningsOf(build));
        Assert.Equal(WarningCodes.ExtraWork, warning.Code);
        Assert.Contains("ExtraKernelWork=5: its quantiser does 5 % more", warning.Message, StringComparison.Ordinal);
    }

    private List<ReceiptWarning> WarningsOf(BuildDescription build)
    {
        var environment = Plans.Environment(_folder["cache"], new FakeWorker());
        var options = new RunOptions { Model = "synthetic:tiny", Output = _folder["out"] };
        var ground = RunGround.Prepare(options, environment, NoRunProgress.Instance, _ => { }, TestContext.Current.CancellationToken);
        return [.. ground.Warnings(["kernel/quantize/int8/avx512/256/b1/hot/t1"], build)];
    }
}
