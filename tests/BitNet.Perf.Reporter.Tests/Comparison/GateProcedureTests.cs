using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Reporter.Tests.Comparison;

/// <summary>The whole procedure of gate, noise drawn from the model: a first look at all workloads, then further ones at those that are open there and that
/// launches could decide. Limits are 99 % binomial ones.</summary>
public class GateProcedureTests
{
    private const int Workloads = 20;

    private static readonly LaunchLooks Looks = new([new(8, 0.8), new(16, 0.1), new(32, 0.1)]);

    private static readonly WorkloadRecord[] Records = [.. Enumerable.Range(1, Workloads).Select(w =>
        new SyntheticRun().With($"kernel/gemv/i2s/avx512/{w * 128}x2560/b1/cold/t2", [1000]).Build().Workloads[0])];

    /// <param name="LaunchDeviation">s.</param>
    /// <param name="RunDeviation">σ_run, half of its variance shared by all workloads of a run.</param>
    private sealed record Scene(int BaselineRuns, double LaunchDeviation, double RunDeviation, double Threshold = 0.03);

    private static readonly Scene Launches = new(20, 0.04, 0.002), Runs = new(5, 0.01, 0.02), Assumed = new(1, 0.05, 0.05);

    /// <summary>Counts of suites, and of launches of single workloads.</summary>
    private sealed record Tally(int Alarms, int Found, int FoundAtOneLook, int Passed, int PassedAtOneLook, double MeasuredOn);

    /// <param name="scene">Noise.</param>
    /// <param name="suites">How many.</param>
    /// <param name="slowdown">True cost ratio of the first workload.</param>
    /// <param name="truth">True cost ratio of the others.</param>
    /// <param name="everything">Measures every workload on to the last look, open or not.</param>
    private static Tally Simulate(Scene scene, int suites, int seed, double slowdown = 1, double truth = 1, bool everything = false)
    {
        var noise = new Noise(seed);
        var options = new ComparisonOptions { Threshold = scene.Threshold };
        int alarms = 0, found = 0, foundAtOneLook = 0, passed = 0, passedAtOneLook = 0;
        long measuredOn = 0;
        for (int suite = 0; suite < suites; suite++)
        {
            double[][][] before = [.. Enumerable.Range(0, scene.BaselineRuns).Select(_ => Run(Looks.Declared[0].Launches, 1, 1))];
            double[][] after = Run(Looks.Declared[^1].Launches, slowdown, truth);
            SideSample[] baseline = [.. Enumerable.Range(0, Workloads).Select(w => new SideSample([.. before.Select(run => run[w])], Better.Lower))];
            Verdict[] verdicts = Gate(baseline, after, options, everything, ref measuredOn);
            Verdict[] single = OneLook(baseline, after, options);
            if (verdicts.Skip(slowdown == 1 ? 0 : 1).Any(v => v == Verdict.Regressed)) alarms++;
            if (verdicts[0] == Verdict.Regressed) found++;
            if (single[0] == Verdict.Regressed) foundAtOneLook++;
            passed += verdicts.Skip(1).Count(v => v is Verdict.Equivalent or Verdict.NotSlower);
            passedAtOneLook += single.Skip(1).Count(v => v is Verdict.Equivalent or Verdict.NotSlower);
        }
        return new Tally(alarms, found, foundAtOneLook, passed, passedAtOneLook, (double)measuredOn / suites / Workloads);

        // workloads × launches
        double[][] Run(int launches, double first, double others)
        {
            double common = Math.Sqrt(0.5) * noise.Normal();
            return [.. Enumerable.Range(0, Workloads).Select(w =>
            {
                double middle = Math.Log(w == 0 ? first : others) + scene.RunDeviation * (common + Math.Sqrt(0.5) * noise.Normal());
                return noise.Normals(launches).Select(z => middle + scene.LaunchDeviation * z).ToArray();
            })];
        }
    }

    private static Verdict[] Gate(SideSample[] before, double[][] after, ComparisonOptions options, bool everything, ref long measuredOn)
    {
        int[] reached = new int[Workloads];
        for (int look = 0; ; look++)
        {
            IReadOnlyList<TestedPair> tested = WorkloadJudgement.Test([.. before.Select((side, w) => Pair(side, after[w], w, reached[w]))], options);
            Verdict[] verdicts = WorkloadJudgement.Verdicts(tested, Looks, options);
            int[] open = look + 1 == Looks.Count ? [] : [.. Enumerable.Range(0, Workloads).Where(w => everything || (reached[w] == look && verdicts[w] == Verdict.Undecided
                && WorkloadJudgement.Needed(tested[w], tested[w].Evidence!, Workloads, Looks, options).Launches is not null))];
            if (open.Length == 0) return verdicts;
            foreach (int w in open) reached[w] = look + 1;
            measuredOn += open.Length * (Looks.Declared[look + 1].Launches - Looks.Declared[look].Launches);
        }
    }

    private static WorkloadPair Pair(SideSample before, double[] launches, int workload, int reached)
    {
        SampleAtLook[] samples = [.. Enumerable.Range(0, reached + 1).Select(look => new SampleAtLook(look, new SideSample([launches[..Looks.Declared[look].Launches]], Better.Lower)))];
        return new WorkloadPair(Records[workload].Id, Records[workload], before, samples[^1].Sample, true) { Look = reached, Earlier = samples[..^1] };
    }

    private static Verdict[] OneLook(SideSample[] before, double[][] after, ComparisonOptions options) => WorkloadJudgement.Verdicts(
        WorkloadJudgement.Test([.. before.Select((side, w) => Pair(side, after[w], w, 0))], options), LaunchLooks.Single, options);

    public static TheoryData<string> Scenes => ["launches", "runs", "assumed"];

    private static Scene Named(string name) => name switch { "launches" => Launches, "runs" => Runs, _ => Assumed };

    // The worst that choosing could do: every workload at every look. Without a threshold, which would hide false alarms of small size.
    [Theory]
    [MemberData(nameof(Scenes))]
    public void Suites_with_every_look_at_every_workload_raise_at_most_the_nominal_false_alarms(string scene)
    {
        const int Suites = 200;
        Tally tally = Simulate(Named(scene) with { Threshold = 1e-6 }, Suites, seed: 211, everything: true);
        Assert.InRange(tally.Alarms, 0, BinomialLimit.Upper(Suites, 0.01));
    }

    [Fact]
    public void Suites_in_which_only_open_workloads_are_measured_on_raise_at_most_the_nominal_false_alarms()
    {
        const int Suites = 200;
        Tally tally = Simulate(Launches, Suites, seed: 223);
        Assert.InRange(tally.Alarms, 0, BinomialLimit.Upper(Suites, 0.01));
        // Something was measured on, and not everything.
        Assert.InRange(tally.MeasuredOn, 1, 23);
    }

    // 8 launches at 4 % and 2 % between them and 20 baseline runs: one look must be lucky to call 6 %.
    [Fact]
    public void Where_noise_between_launches_rules_measuring_on_finds_far_more_than_one_look()
    {
        const int Suites = 100;
        Tally tally = Simulate(Launches, Suites, seed: 227, slowdown: 1.06);
        Assert.InRange(tally.Found, tally.FoundAtOneLook + 20, Suites);
    }

    // Where noise between runs rules no launch helps, and the price of the looks to come is all that is left: some tenths of the first level.
    [Fact]
    public void Where_noise_between_runs_rules_little_is_lost_to_one_look()
    {
        const int Suites = 200;
        Tally tally = Simulate(new Scene(10, 0.01, 0.01), Suites, seed: 229, slowdown: 1.08);
        Assert.InRange(tally.FoundAtOneLook, Suites / 4, Suites);
        Assert.InRange(tally.Found, tally.FoundAtOneLook * 0.85, Suites);
    }

    // All but the first workload truly cost τ more: each may pass with 5 %, and does so less often than at one look by chance alone.
    [Theory]
    [MemberData(nameof(Scenes))]
    public void A_workload_that_costs_the_threshold_more_passes_at_most_as_often_as_one_look_may(string scene)
    {
        const int Suites = 60;
        // Workloads of a suite share half of what varies between runs: the limit is that of its suites' mean, taken as wide as if they shared all.
        Tally tally = Simulate(Named(scene), Suites, seed: 233, truth: 1.03);
        Assert.InRange(tally.Passed, 0, (Workloads - 1) * BinomialLimit.Upper(Suites, VerdictRule.MarginalTail));
        Assert.InRange(tally.PassedAtOneLook, 0, (Workloads - 1) * BinomialLimit.Upper(Suites, VerdictRule.MarginalTail));
    }
}
