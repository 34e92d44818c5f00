using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Simulations.Generation;
using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.Suites;

/// <summary>Two builds in alternating launches, as `ab` measures them: looked at after the declared numbers of pairs, over as soon as all is decided.</summary>
internal sealed record InterleavedSuite : ISuite
{
    private const double FamilyErrorRate = 0.01;

    public required NoiseModel Noise { get; init; }
    public int Workloads { get; init; } = 50;

    /// <summary>Asked for; what is undecided then is measured on to the last look.</summary>
    public int Pairs { get; init; } = 20;

    /// <summary>True slowdown of the first workload in the head: 0.05 is 5 %.</summary>
    public double Slowdown { get; init; }

    public SuiteOutcome Draw(RandomStream random)
    {
        SimulatedWorkload[] workloads = SimulatedWorkload.Suite(Workloads);
        LookPlan looks = LookPlan.Of(Pairs, Workloads, FamilyErrorRate);
        int blocks = looks.Looks[^1].Launches;
        // Balanced in every two blocks, as `ab` draws it.
        bool[] baseFirst = new bool[blocks];
        for (int i = 0; i < blocks; i++) baseFirst[i] = i % 2 == 0 ? random.Coin() : !baseFirst[i - 1];
        double[][] time = LaunchPaths.Of(Noise, random, workloads.Length, 2 * blocks);
        Receipt before = Side(InterleavedSide.Base), after = Side(InterleavedSide.Head);
        string? slowed = Slowdown > 0 ? workloads[0].Id : null;
        ComparisonResult result = Compare(looks.Looks[0].Launches);
        foreach (int look in looks.Looks.Skip(1).Select(look => look.Launches))
        {
            if (PairedComparison.AllDecided(result)) break;
            result = Compare(look);
        }
        return SuiteOutcome.Of(result, slowed);

        ComparisonResult Compare(int pairs) => PairedComparison.Compare(
            SideOfRuns.Baseline([new ReceiptSource("base.json", FirstLaunches.Of(before, pairs))]),
            SideOfRuns.Candidate([new ReceiptSource("head.json", FirstLaunches.Of(after, pairs))]), new ComparisonOptions());

        Receipt Side(InterleavedSide side)
        {
            bool head = side == InterleavedSide.Head;
            double[][] launches = [.. time.Select((path, workload) => Enumerable.Range(0, blocks)
                .Select(block => path[2 * block + (baseFirst[block] == head ? 1 : 0)] + (head && workload == 0 ? Math.Log(1 + Slowdown) : 0)).ToArray())];
            return SimulatedReceipt.Of(head ? "head" : "base", 0, workloads, launches, Noise, random) with
            {
                Interleaving = new Interleaving
                {
                    Side = side,
                    Partner = head ? "base" : "head",
                    BaseFirst = baseFirst,
                    Looks = looks.Looks,
                    Only = [],
                    FamilySize = Workloads,
                    FamilyErrorRate = FamilyErrorRate,
                },
            };
        }
    }
}
