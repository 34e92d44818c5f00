using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

/// <summary>Whole suites of one build against itself, each with a calibration of its own from runs of the same noise, through the comparison's own code.
/// As <see cref="FalseAlarmTests"/>: without the threshold; the limits are 99 % binomial ones above the nominal 1 %.</summary>
public class CalibratedFalseAlarmTests
{
    private const int Workloads = 20, CalibrationRuns = 6;

    private static readonly WorkloadRecord[] Records = [.. Enumerable.Range(1, Workloads).Select(w =>
        new SyntheticRun().With($"kernel/gemv/i2s/avx512/{w * 128}x2560/b1/cold/t2", [1000]).Build().Workloads[0])];

    /// <param name="shared">Share of the variance between runs that all workloads of a run have in common.</param>
    /// <param name="wild">Workloads at 6 % between runs.</param>
    private static (int Alarms, int Calibrated) Simulate(
        int suites, int baselineRuns, int launches, double launchDeviation, double runDeviation, double shared, int seed, int wild = 0, double? runDeviationNow = null)
    {
        var noise = new Noise(seed);
        (int alarms, int calibrated) = (0, 0);
        for (int suite = 0; suite < suites; suite++)
        {
            // runs × workloads × launches
            double[][][] Runs(int count, double deviation) => [.. Enumerable.Range(0, count).Select(_ =>
            {
                double common = Math.Sqrt(shared) * noise.Normal();
                return Enumerable.Range(0, Workloads).Select(w =>
                {
                    double middle = (w < wild ? 0.06 : deviation) * (common + Math.Sqrt(1 - shared) * noise.Normal());
                    return noise.Normals(launches).Select(z => middle + launchDeviation * z).ToArray();
                }).ToArray();
            })];

            double[][][] known = Runs(CalibrationRuns, runDeviation), before = Runs(baselineRuns, runDeviationNow ?? runDeviation), after = Runs(1, runDeviationNow ?? runDeviation);
            Calibration calibration = CalibrationTests.Empty with
            {
                Classes = [CalibrationEstimate.Noise(RunNoise.ClassOf(Records[0].Id), [.. Records.Select((record, w) => (record.Id, Sample(known, w)))])],
            };
            WorkloadPair[] pairs = [.. Records.Select((record, w) => new WorkloadPair(record.Id, record, Sample(before, w), Sample(after, w), true))];
            var options = new ComparisonOptions { Threshold = 1e-6, Calibration = calibration };
            IReadOnlyList<TestedPair> tested = WorkloadJudgement.Test(pairs, options);
            if (WorkloadJudgement.Verdicts(tested, LaunchLooks.Single, options).Contains(Verdict.Regressed)) alarms++;
            if (tested.All(t => t.Evidence!.Noise is { Calibrated: true, Assumed: false })) calibrated++;
        }
        return (alarms, calibrated);
    }

    private static SideSample Sample(double[][][] runs, int workload) => new([.. runs.Select(run => run[workload])], Better.Lower);

    // Noise between runs that all workloads of a class share, that each has of its own, and none beside large launch noise, where the
    // calibration's estimate is zero about half of the time.
    [Theory]
    [InlineData(1, 5, 0.01, 0.02, 1.0)]
    [InlineData(1, 5, 0.01, 0.02, 0.0)]
    [InlineData(1, 3, 0.05, 0.0, 0.0)]
    [InlineData(1, 16, 0.02, 0.01, 0.5)]
    public void With_noise_known_from_a_calibration_suites_raise_at_most_the_nominal_false_alarms(
        int baselineRuns, int launches, double launchDeviation, double runDeviation, double shared)
    {
        const int Suites = 300;
        (int alarms, int calibrated) = Simulate(Suites, baselineRuns, launches, launchDeviation, runDeviation, shared, seed: 211);
        Assert.Equal(Suites, calibrated);
        Assert.InRange(alarms, 0, BinomialLimit.Upper(Suites, 0.01));
    }

    // Two to four baseline runs add to the calibration what little they know.
    [Theory]
    [InlineData(2, 1.0)]
    [InlineData(4, 1.0)]
    [InlineData(3, 0.0)]
    public void Calibration_and_a_few_runs_together_raise_at_most_the_nominal_false_alarms(int baselineRuns, double shared)
    {
        const int Suites = 300;
        Assert.InRange(Simulate(Suites, baselineRuns, 5, 0.01, 0.02, shared, seed: 223).Alarms, 0, BinomialLimit.Upper(Suites, 0.01));
    }

    [Fact]
    public void Two_workloads_noisier_than_their_class_raise_at_most_the_nominal_false_alarms()
    {
        const int Suites = 300;
        Assert.InRange(Simulate(Suites, 1, 5, 0.01, 0.01, 0, seed: 227, wild: 2).Alarms, 0, BinomialLimit.Upper(Suites, 0.01));
    }

    // What a calibration cannot do: a host that has since become five times as noisy between runs. One stored run shows nothing of it.
    [Fact]
    public void A_calibration_of_a_quieter_time_raises_many_false_alarms()
    {
        const int Suites = 100;
        Assert.InRange(Simulate(Suites, 1, 5, 0.01, 0.01, 0, seed: 229, runDeviationNow: 0.05).Alarms, Suites / 4, Suites);
    }
}
