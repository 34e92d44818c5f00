using BitNet.Perf.Reporter.History;
using BitNet.Perf.Reporter.Statistics;
using BitNet.Perf.Simulations.Noise;

namespace BitNet.Perf.Simulations.History;

/// <summary>A claim about change points over many simulated series: how many of them show something.</summary>
/// <param name="Name">Stable: the random numbers depend on it.</param>
/// <param name="Least">Share of the series that must at least show it; null where <paramref name="Most"/> holds.</param>
/// <param name="Most">Share that may show it.</param>
/// <param name="Holds">Draws a series and says whether it shows it.</param>
internal sealed record HistoryClaim(string Name, double? Least, double? Most, Func<RandomStream, bool> Holds)
{
    private const int Year = 365;
    private const double Step = 3 * NightlySeries.Sigma;

    /// <summary>Nights in which the step may lie: the noise is known by then, and there is time to notice it.</summary>
    private const int EarliestStep = 100;
    private const int LatestStep = 300;

    private const int SlopeNights = 30;
    private const double SlopeRise = 6 * NightlySeries.Sigma;

    public static IReadOnlyList<HistoryClaim> All { get; } =
    [
        .. Enum.GetValues<NightNoise>().Select(FalseAlarm),
        .. Delays(NightNoise.Normal, 0.90, 0.99),
        .. Delays(NightNoise.Correlated, 0.65, 0.95),
        Located(NightNoise.Normal), Located(NightNoise.Correlated),
        SlopeNamed(), StepNotCalledSlope(), TwoLevelsNamed(), OutlierNamed(),
    ];

    /// <summary>Series of the claim that show it, on so many processors.</summary>
    public int Count(int series, ulong seed, int threads)
    {
        int shown = 0;
        Parallel.For(0, series, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            if (Holds(RandomStream.Of(seed, Name, i))) Interlocked.Increment(ref shown);
        });
        return shown;
    }

    /// <summary>Whether so many of so many contradict the claim, with one wrong word in 1 ÷ <paramref name="doubt"/>.</summary>
    public bool IsContradicted(int shown, int series, double doubt) => Most is { } most
        ? BinomialLimit.Lower(shown, series, 1 - doubt) > most
        : BinomialLimit.Upper(shown, series, 1 - doubt) < Least!.Value;

    private static HistoryClaim FalseAlarm(NightNoise noise) => new($"alarm in a stationary year, {Named(noise)}", null, 0.01,
        random => Watched(NightlySeries.Draw(noise, Year, random, _ => 0)).Count > 0);

    private static IEnumerable<HistoryClaim> Delays(NightNoise noise, double soon, double later) =>
    [
        new($"3σ step within 5 nights, {Named(noise)}", soon, null, random => Delay(noise, random) <= 5),
        new($"3σ step within 12 nights, {Named(noise)}", later, null, random => Delay(noise, random) <= 12),
    ];

    /// <summary>Nights from the first of the new level to the alarm: 0 is that night itself.</summary>
    private static int? Delay(NightNoise noise, RandomStream random) => FoundStep(noise, random) is { } found ? found.Change.ConfirmedAt - found.Step : null;

    private static HistoryClaim Located(NightNoise noise) => new($"found 3σ step within ±2, {Named(noise)}", 0.85, null,
        random => FoundStep(noise, random) is not { } found || Math.Abs(found.Change.Index - found.Step) <= 2);

    private static (LevelChange Change, int Step)? FoundStep(NightNoise noise, RandomStream random)
    {
        int at = EarliestStep + random.Next(LatestStep - EarliestStep);
        double[] values = NightlySeries.Draw(noise, at + 40, random, t => t >= at ? Step : 0);
        LevelChange? first = Watched(values).Where(change => change.ConfirmedAt >= at).Select(change => (LevelChange?)change).FirstOrDefault();
        return first is { } change ? (change, at) : null;
    }

    private static HistoryClaim SlopeNamed() => new("slope over 30 nights named a trend", 0.70, null, random =>
    {
        int at = EarliestStep + random.Next(100);
        SeriesAnalysis analysis = SeriesAnalysis.Of(NightlySeries.Draw(NightNoise.Normal, 300, random, t => SlopeRise * Math.Clamp((double)(t - at) / SlopeNights, 0, 1)));
        return analysis.ChangePoints is [{ Kind: ChangeKind.Trend }];
    });

    private static HistoryClaim StepNotCalledSlope() => new("5σ step named a trend", null, 0.05, random =>
    {
        int at = EarliestStep + random.Next(100);
        SeriesAnalysis analysis = SeriesAnalysis.Of(NightlySeries.Draw(NightNoise.Normal, 300, random, t => t >= at ? 5 * NightlySeries.Sigma : 0));
        return analysis.ChangePoints.Any(point => point.Kind == ChangeKind.Trend);
    });

    private static HistoryClaim TwoLevelsNamed() => new("jumping between two levels named, and no change", 0.95, null, random =>
    {
        double[] values = NightlySeries.Draw(NightNoise.Normal, Year, random, _ => random.Coin() ? 8 * NightlySeries.Sigma : 0);
        SeriesAnalysis analysis = SeriesAnalysis.Of(values);
        return analysis is { Bimodal: true, ChangePoints.Count: 0 };
    });

    private static HistoryClaim OutlierNamed() => new("single outlier of 15 % named, and no change", 0.98, null, random =>
    {
        int at = random.Next(Year);
        SeriesAnalysis analysis = SeriesAnalysis.Of(NightlySeries.Draw(NightNoise.Normal, Year, random, t => t == at ? 0.15 : 0));
        return analysis.Outliers.Contains(at) && analysis.ChangePoints.Count == 0;
    });

    private static IReadOnlyList<LevelChange> Watched(double[] values)
    {
        var detector = new ChangeDetector();
        foreach (double value in values) detector.Add(Math.Log(value));
        return detector.Changes;
    }

    private static string Named(NightNoise noise) => noise switch
    {
        NightNoise.Normal => "normal",
        NightNoise.HeavyTailed => "3 % outliers of +15 %",
        _ => "AR(1) 0.5",
    };
}
