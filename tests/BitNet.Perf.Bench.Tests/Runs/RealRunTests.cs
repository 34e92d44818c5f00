using System.Runtime.InteropServices;
using BitNet.Perf.Bench.Runs;
using BitNet.Perf.Bench.Tests.Workloads;
using BitNet.Perf.Bench.Worker;
using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Bench.Tests.Runs;

/// <summary>The whole way through real worker processes, on the tiny model.</summary>
public sealed class RealRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private RunEnvironment Environment => RunEnvironment.Live() with { Host = Plans.Host, Cache = _folder["cache"] };

    [Fact]
    public async Task Two_launches_of_a_kernel_and_a_decode_give_a_receipt_that_holds()
    {
        var options = new RunOptions
        {
            Model = TinyResources.ModelPath,
            Output = _folder["out"],
            Launches = 2,
            Filters = ["kernel/gemv/*/*/768x256/**", "e2e/decode/**"],
            Timing = new WorkerTiming { KernelIterations = 4, KernelIterationMilliseconds = 2 },
        };
        var outcome = await MeasurementRun.ExecuteAsync(options, Environment, NoRunProgress.Instance, TestContext.Current.CancellationToken);

        var receipt = ReceiptFile.Read(outcome.Journal.ReceiptPath);
        Assert.Equal(RunStatus.Complete, receipt.Status);
        Assert.All(receipt.Launches, l => Assert.Equal((LaunchOutcome.Complete, null), (l.Outcome, l.Failure)));
        Assert.Empty(outcome.WrongResults);
        Assert.Equal(6, receipt.Workloads.Count);
        var gemv = receipt.Workloads.Single(w => w.Id.StartsWith("kernel/gemv/", StringComparison.Ordinal));
        Assert.Equal(("scalar", 768), (gemv.Result!.Against, gemv.Result.Checked));
        Assert.All(gemv.Launches, l => Assert.Equal(4, l.Nanoseconds.Count));
        // The runtime's own threads may allocate a little during some launch.
        Assert.All(receipt.Workloads, w => Assert.Equal(0, w.Launches.Min(l => l.AllocatedBytes)));
        Assert.Equal(16, receipt.Phases!.Tokens);
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            Assert.DoesNotContain(receipt.Warnings, w => w.Code == WarningCodes.EvidenceMissing);
            Assert.All(receipt.Workloads, w => Assert.Equal(w.Id.StartsWith("kernel/", StringComparison.Ordinal) || w.Id.StartsWith("probe/control/", StringComparison.Ordinal) || w.Id.StartsWith("probe/mac/", StringComparison.Ordinal), w.MachineCode is not null));
        }
        else
        {
            Assert.Contains(receipt.Warnings, w => w.Code == WarningCodes.EvidenceMissing);
        }
        Assert.False(receipt.Build.Jit.TieredCompilation);
        Assert.Equal("tiny-seed1.gguf", receipt.Model!.File);
        // A busy test machine may have the tiny head beat the probe; everything else must hold.
        Assert.DoesNotContain(ReceiptVerification.Verify(receipt), f => f.Code != "probe-exceeded");
    }

    [Fact]
    public async Task A_start_is_measured_and_its_receipt_holds()
    {
        var options = new RunOptions { Model = TinyResources.ModelPath, Output = _folder["out"], Suite = Suite.EndToEnd, Launches = 1, Filters = ["e2e/start/**"] };
        var outcome = await MeasurementRun.ExecuteAsync(options, Environment, NoRunProgress.Instance, TestContext.Current.CancellationToken);
        var receipt = ReceiptFile.Read(outcome.Journal.ReceiptPath);
        var start = Assert.Single(receipt.Workloads, w => w.Id.StartsWith("e2e/start/", StringComparison.Ordinal));
        Assert.Equal(("start/1", "ns", "scalar-forward"), (start.Definition, start.Unit, start.Result!.Against));
        var samples = Assert.Single(start.Launches);
        Assert.Equal((3, null), (samples.Nanoseconds.Count, samples.AllocatedBytes));
        Assert.DoesNotContain(ReceiptVerification.Verify(receipt), f => f.Code != "probe-exceeded");
    }

    [Fact]
    public async Task A_worker_of_a_missing_model_loses_the_run_with_one_line_that_names_no_folder()
    {
        var options = new RunOptions { Model = "synthetic:tiny", Output = _folder["out"], Filters = ["e2e/decode/**"], Launches = 1 };
        var planned = await MeasurementRun.ExecuteAsync(
            options, Plans.Environment(_folder["cache"], new FakeWorker()), NoRunProgress.Instance, TestContext.Current.CancellationToken);
        var plan = planned.Journal.ReadPlan() with { ModelPath = _folder["gone.gguf"] };
        var lost = await new LaunchRunner(plan, Environment.Worker).RunAsync(1, phases: false, TimeSpan.FromMinutes(2), _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(LaunchOutcome.Crashed, lost.Record.Outcome);
        Assert.Contains("gone.gguf", lost.Record.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Path, lost.Record.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', lost.Record.Failure!);
    }
}
