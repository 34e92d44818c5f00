using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.Suites;

/// <summary>`compare` and `gate`: one build against itself, runs made at different times.</summary>
internal static class BaselineScenarios
{
    private const double LaunchDeviation = 0.02;
    private const double FamilyErrorRate = 0.01;

    public static IEnumerable<Scenario> All()
    {
        // One stored run: the noise between runs cannot be estimated and is taken as known.
        yield return Alarms("compare/known/normal", 1, runDeviation: 0.02, LaunchShocks.Normal(LaunchDeviation), Known(0.02));
        yield return Alarms("compare/known/heavy-tailed", 1, runDeviation: 0.02, LaunchShocks.HeavyTailed(LaunchDeviation), Known(0.02));
        yield return Alarms("compare/assumed/normal", 1, runDeviation: 0.05, LaunchShocks.Normal(LaunchDeviation), new ComparisonOptions());
        yield return Alarms("compare/assumed/heavy-tailed", 1, runDeviation: 0.05, LaunchShocks.HeavyTailed(LaunchDeviation), new ComparisonOptions());
        foreach (int runs in new[] { 5, 10 })
        {
            yield return Alarms($"compare/pooled-{runs}/normal", runs, runDeviation: 0.02, LaunchShocks.Normal(LaunchDeviation), new ComparisonOptions());
            yield return Alarms($"compare/pooled-{runs}/shared", runs, runDeviation: 0.02, LaunchShocks.Normal(LaunchDeviation), new ComparisonOptions(), shared: 1);
            yield return Alarms($"compare/pooled-{runs}/heavy-tailed", runs, runDeviation: 0.02, LaunchShocks.HeavyTailed(LaunchDeviation), new ComparisonOptions());
            yield return Alarms($"compare/pooled-{runs}/outliers", runs, runDeviation: 0.02, LaunchShocks.WithOutliers(LaunchDeviation, 0.03, 0.15), new ComparisonOptions());
            yield return Alarms($"compare/pooled-{runs}/no-run-noise", runs, runDeviation: 0, LaunchShocks.Normal(LaunchDeviation), new ComparisonOptions());
            yield return Correlated($"compare/pooled-{runs}/ar1", runs);
        }
    }

    private static ComparisonOptions Known(double deviation) => new() { AssumedRunDeviation = deviation };

    private static Scenario Alarms(string name, int runs, double runDeviation, LaunchShock launch, ComparisonOptions options, double shared = 0.5) =>
        new(name, Counted.FalseAlarms, FamilyErrorRate, new BaselineSuite
        {
            Noise = new NoiseModel { Launch = launch, RunDeviation = runDeviation, RunShared = shared },
            BaselineRuns = runs,
            Options = options,
        });

    // Launches of a run that follow each other are alike, and the host is busy now and then: a run's mean is noisier than its launches say.
    private static Scenario Correlated(string name, int runs) => new(name, Counted.FalseAlarms, FamilyErrorRate, new BaselineSuite
    {
        Noise = new NoiseModel
        {
            Launch = LaunchShocks.Normal(LaunchDeviation),
            LaunchCorrelation = 0.5,
            HostDeviation = 0.01,
            HostCorrelation = 0.5,
            RunDeviation = 0.02,
        },
        BaselineRuns = runs,
    });
}
