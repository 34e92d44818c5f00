using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Tests.Comparison;

namespace BitNet.Perf.Reporter.Tests.Rendering;

/// <summary>Fixed pairs of sides that show what reports are made of. No randomness: texts made from them are compared letter by letter.</summary>
internal static class Scenes
{
    private static readonly (string Id, double Value, string Unit)[] Suite =
    [
        (SyntheticRun.Gemv, 412_000, "ns"),
        ("kernel/gemv/i2s/avx512/2560x6912/b1/cold/t2", 409_000, "ns"),
        ("kernel/gemv/i2s/avx512/2560x2560/b1/cold/t2", 155_000, "ns"),
        (SyntheticRun.Small, 251_000, "ns"),
        ("kernel/norm/f32/avx512/2560/b1/hot/t1", 812, "ns"),
        ("e2e/prefill/i2s/pp128/t2", 110.5, "tok/s"),
        (SyntheticRun.Decode, 24.2, "tok/s"),
    ];

    /// <summary>A run of seven workloads and the probes; factors are cost ratios.</summary>
    public static SyntheticRun Run(string name, int launches, double runFactor = 1, IReadOnlyDictionary<string, double>? factors = null, double deviation = 0.004, string suite = "gate")
    {
        var run = new SyntheticRun(name) { Suite = suite, Commit = name.StartsWith('b') ? new('b', 40) : new('c', 40), Phases = Phases };
        foreach ((string id, double value, string unit) in Suite)
        {
            double cost = runFactor * (factors?.GetValueOrDefault(id, 1) ?? 1);
            run.With(id, SyntheticRun.Steady(unit == "ns" ? value * cost : value / cost, launches, deviation), unit);
        }
        return run.WithProbes(launches);
    }

    public static PhaseBreakdown Phases { get; } = new()
    {
        Workload = SyntheticRun.Decode,
        Launch = 1,
        Tokens = 32,
        TotalNanoseconds = 1_322_314_049,
        Phases =
        [
            new Phase("embed", 672_000, []),
            new Phase("forward", 905_342_049, [new("forward/attention", 120_342_049, []), new("forward/feed-forward", 780_000_000, []), new("forward/other", 5_000_000, [])]),
            new Phase("logits", 415_100_000, []),
            new Phase("sample", 900_000, []),
            new Phase("other", 300_000, []),
        ],
    };

    /// <summary>Ten quiet baseline runs; one regression, one improvement, one undecided, the rest equivalent.</summary>
    public static ComparisonResult Mixed() => Sides.Compare(
        Enumerable.Range(0, 10).Select(i => Run($"b{i}", 10, Math.Exp(0.003 * (i % 2 == 0 ? 1 : -1)))), MixedCandidate);

    public static SyntheticRun[] MixedCandidate =>
        [Run("c", 10, factors: new Dictionary<string, double>
        {
            [SyntheticRun.Gemv] = 1.085,
            [SyntheticRun.Small] = 1.026,
            [SyntheticRun.Decode] = 1 / 1.07,
        }).With("kernel/head/f16/avx512/128256x2560/b1/cold/t2", [25_000_000, 25_100_000])];

    /// <summary>Quick against quick.</summary>
    public static ComparisonResult Quick() => Sides.Compare(
        Run("b", 3, deviation: 0.01, suite: "quick"), Run("c", 3, factors: new Dictionary<string, double> { [SyntheticRun.Gemv] = 2, [SyntheticRun.Small] = 1.05 }, deviation: 0.01, suite: "quick"));

    public static ComparisonResult WrongResult() => Sides.Compare(
        new SyntheticRun("b").With(SyntheticRun.Gemv, [400, 402]).With(SyntheticRun.Small, [200, 201], definition: "gemv/1").With(SyntheticRun.Decode, [20, 21], "tok/s"),
        new SyntheticRun("c").With(SyntheticRun.Gemv, [300, 302], digest: "sha256:d2").With(SyntheticRun.Small, [200, 201], definition: "gemv/2"));

    public static ComparisonResult OtherHost() => Sides.Compare(Run("b", 3), new SyntheticRun("c") { Host = "intel-xeon-f6m143s8-4c-avx512-linux-net10-32gb" }
        .With(SyntheticRun.Gemv, [400, 402]).With(SyntheticRun.Small, [200, 202]));
}
