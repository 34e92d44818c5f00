using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Statistics;
using BitNet.Perf.Simulations.Generation;
using BitNet.Perf.Simulations.Noise;
using BitNet.Perf.Simulations.Suites;

namespace BitNet.Perf.Simulations.Claims;

/// <summary>The short form of the simulations: few suites of every scenario, each bound within what so few can show. The long form is this program
/// with --suites; docs/statistics.md, "Simulated", has its figures.</summary>
public class ScenarioTests
{
    private const int Suites = 12;

    /// <summary>One of all these tests may fail in a thousand choices of the seed; the seed is fixed.</summary>
    private const double Doubt = 1e-5;

    public static TheoryData<string> Bounded => [.. Scenarios.All.Where(scenario => scenario.Bound is not null).Select(scenario => scenario.Name)];

    private static SuiteTally Tally(Scenario scenario, int threads = 1, int suites = Suites) => SuiteTally.Of(scenario.Name, scenario.Suite, suites, seed: 1, threads);

    private static Scenario Named(string name) => Scenarios.All.Single(scenario => scenario.Name == name);

    [Theory]
    [MemberData(nameof(Bounded))]
    public void So_few_suites_do_not_contradict_the_bound(string name)
    {
        Scenario scenario = Named(name);
        SuiteTally tally = Tally(scenario);
        double bound = scenario.Bound!.Value;
        if (scenario.Counted == Counted.FalseAlarms)
        {
            Assert.InRange(BinomialLimit.Lower(tally.Alarms, Suites, 1 - Doubt), 0, bound);
            Assert.InRange(BinomialLimit.Lower(tally.Significant, Suites, 1 - Doubt), 0, bound);
        }
        else
        {
            Assert.InRange(BinomialLimit.Upper(scenario.Hits(tally), Suites, 1 - Doubt), bound, 1);
        }
    }

    // What the simulations can see at all: with false confidence in the noise between runs they find alarms by the dozen.
    [Fact]
    public void A_comparison_that_assumes_too_little_noise_between_runs_is_found_out()
    {
        var deceived = new BaselineSuite
        {
            Noise = new NoiseModel { Launch = LaunchShocks.Normal(0.02), RunDeviation = 0.05 },
            BaselineRuns = 1,
            Options = new ComparisonOptions { AssumedRunDeviation = 0.01 },
        };
        Assert.InRange(SuiteTally.Of("deceived", deceived, Suites, seed: 1, threads: 1).Alarms, Suites / 2, Suites);
    }

    [Fact]
    public void Any_number_of_threads_counts_the_same()
    {
        Scenario scenario = Named("ab/green/2.5");
        Assert.Equal(Tally(scenario), Tally(scenario, threads: 3));
    }

    [Fact]
    public void Every_scenario_has_a_name_of_its_own() => Assert.Equal(Scenarios.All.Count, Scenarios.All.DistinctBy(scenario => scenario.Name).Count());

    [Fact]
    public void Clean_launches_are_hardly_ever_said_to_be_autocorrelated()
    {
        var model = new NoiseModel { Launch = LaunchShocks.Normal(0.02), RunDeviation = 0.02 };
        SimulatedWorkload[] workloads = SimulatedWorkload.Suite(50);
        int warned = 0;
        const int Comparisons = 20;
        for (int i = 0; i < Comparisons; i++)
        {
            var random = RandomStream.Of(1, "clean", i);
            ReceiptSource[] runs = [.. Enumerable.Range(0, 3).Select(run => new ReceiptSource($"{run}.json",
                SimulatedReceipt.Of($"run-{run}", run, workloads, LaunchPaths.Of(model, random, workloads.Length, 12), model, random)))];
            ComparisonResult result = BaselineComparison.Compare(SideOfRuns.Baseline(runs[..2]), SideOfRuns.Candidate(runs[2..]), new ComparisonOptions());
            warned += result.Warnings.Where(warning => warning.Code == "launches-autocorrelated").Select(warning => warning.Subject).Distinct().Count();
        }
        // Two sides at a thousandth each: 2 of 1,000 workloads expected.
        Assert.InRange(BinomialLimit.Lower(warned, 50 * Comparisons, 1 - Doubt), 0, 0.002);
    }

    [Fact]
    public void What_an_interleaved_suite_sees_at_a_look_are_the_first_launches_of_both_sides()
    {
        var model = new NoiseModel { Launch = LaunchShocks.Normal(0.02) };
        SimulatedWorkload[] workloads = SimulatedWorkload.Suite(5);
        var random = new RandomStream(17);
        Receipt all = SimulatedReceipt.Of("base", 0, workloads, LaunchPaths.Of(model, random, workloads.Length, 10), model, random);
        Receipt first = FirstLaunches.Of(all, 4);
        Assert.Equal(4, first.Launches.Count);
        Assert.All(first.Workloads.Zip(all.Workloads), pair => Assert.Equal(pair.Second.Launches.Take(4), pair.First.Launches));
    }
}
