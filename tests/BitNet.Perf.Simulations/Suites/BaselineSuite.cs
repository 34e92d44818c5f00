using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Simulations.Generation;
using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.Suites;

/// <summary>One candidate run held against stored runs of the same code, as `compare` and `gate` do.</summary>
internal sealed record BaselineSuite : ISuite
{
    public required NoiseModel Noise { get; init; }
    public required int BaselineRuns { get; init; }
    public int Workloads { get; init; } = 50;
    public int Launches { get; init; } = 10;
    public ComparisonOptions Options { get; init; } = new();

    public SuiteOutcome Draw(RandomStream random)
    {
        SimulatedWorkload[] workloads = SimulatedWorkload.Suite(Workloads);
        ReceiptSource[] runs = [.. Enumerable.Range(0, BaselineRuns + 1).Select(run => new ReceiptSource($"{run}.json", Run(run, workloads, random)))];
        return SuiteOutcome.Of(BaselineComparison.Compare(SideOfRuns.Baseline(runs[..BaselineRuns]), SideOfRuns.Candidate(runs[BaselineRuns..]), Options), slowed: null);
    }

    private Receipts.Schema.Receipt Run(int run, SimulatedWorkload[] workloads, RandomStream random)
    {
        double[] shift = LaunchPaths.RunShift(Noise, random, workloads.Length);
        double[][] launches = LaunchPaths.Of(Noise, random, workloads.Length, Launches);
        for (int i = 0; i < launches.Length; i++)
            for (int launch = 0; launch < Launches; launch++) launches[i][launch] += shift[i];
        return SimulatedReceipt.Of($"run-{run}", run, workloads, launches, Noise, random);
    }
}
