using BitNet.Perf.Receipts;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;
using BitNet.Perf.Simulations.Generation;
using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.Claims;

/// <summary>Simulated receipts are receipts: what is drawn into them is what comes out.</summary>
public class GenerationTests
{
    private static readonly NoiseModel Quiet = new() { Launch = LaunchShocks.Normal(0.02) };

    private static Receipt Drawn(int workloads, int launches, NoiseModel model)
    {
        SimulatedWorkload[] suite = SimulatedWorkload.Suite(workloads);
        var random = new RandomStream(7);
        return SimulatedReceipt.Of("20260131T080000Z-4f2a90c1", 0, suite, LaunchPaths.Of(model, random, suite.Length, launches), model, random);
    }

    [Fact]
    public void A_simulated_receipt_passes_verification() =>
        Assert.Empty(ReceiptVerification.Verify(ReceiptDigest.Seal(Drawn(50, 20, Quiet))).Select(finding => finding.ToString()));

    [Fact]
    public void Every_workload_has_its_launches_and_every_launch_fifteen_iterations()
    {
        Receipt receipt = Drawn(10, 20, Quiet);
        Assert.Equal(13, receipt.Workloads.DistinctBy(workload => workload.Id).Count());
        Assert.All(receipt.Workloads, workload => Assert.Equal(20, workload.Launches.Count));
        Assert.All(receipt.Workloads.SelectMany(workload => workload.Launches), launch => Assert.Equal(15, launch.Values.Count));
    }
}
