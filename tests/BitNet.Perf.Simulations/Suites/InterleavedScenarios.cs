using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.Suites;

/// <summary>`ab` with its default of 20 pairs, 2 % between launches unless the name says otherwise.</summary>
internal static class InterleavedScenarios
{
    private const double Deviation = 0.02;
    private const double FamilyErrorRate = 0.01;
    private const double Power = 0.95;
    private const double GreenShare = 0.9;

    public static IEnumerable<Scenario> All()
    {
        foreach ((string name, NoiseModel noise) in Noises()) yield return new Scenario($"ab/same/{name}", Counted.FalseAlarms, FamilyErrorRate, new InterleavedSuite { Noise = noise });
        foreach ((string name, NoiseModel noise) in Noises())
        {
            // The claim of power is about the first, plain noise; of the others the share is told.
            yield return new Scenario($"ab/slower-5/{name}", Counted.Found, name == "normal" ? Power : null, new InterleavedSuite { Noise = noise, Slowdown = 0.05 });
        }
        foreach (double percent in new[] { 0.5, 1, 1.5, 2, 2.5, 3 })
        {
            yield return new Scenario(FormattableString.Invariant($"ab/green/{percent}"), Counted.Green, percent <= 2 ? GreenShare : null,
                new InterleavedSuite { Noise = new NoiseModel { Launch = LaunchShocks.Normal(percent / 100) } });
        }
    }

    private static (string, NoiseModel)[] Noises()
    {
        var normal = new NoiseModel { Launch = LaunchShocks.Normal(Deviation) };
        return
        [
            ("normal", normal),
            ("heavy-tailed", normal with { Launch = LaunchShocks.HeavyTailed(Deviation) }),
            ("outliers", normal with { Launch = LaunchShocks.WithOutliers(Deviation, share: 0.03, slower: 0.15) }),
            ("ar1", normal with { LaunchCorrelation = 0.5, IterationCorrelation = 0.9, IterationDeviation = 0.02 }),
            ("linear-drift", normal with { Drift = new Drift(Linear: 0.2, Step: 0) }),
            ("random-walk", normal with { Drift = new Drift(Linear: 0, Step: 0.01) }),
            ("shared-host", normal with { HostDeviation = 0.05, HostCorrelation = 0.7 }),
            ("bimodal", normal with { Launch = LaunchShocks.TwoModes(Deviation, share: 0.3, apart: 0.08) }),
        ];
    }
}
