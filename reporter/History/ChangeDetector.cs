using System.Runtime.InteropServices;

namespace BitNet.Perf.Reporter.History;

/// <summary>Watches a series, one point a night, and says when its level has changed. What it has said it never takes back. docs/statistics.md, "History".</summary>
/// <remarks>
/// <para>Two scans ask each night whether the points since the last change have one level. The quick one looks at the last 3, 5, 6, 9 and 13 points: how far
/// each is from what the level and the point before it let expect (the innovation), each cut where outliers begin, weighted as a step would show in them. For a step of known place and size in autoregressive
/// noise that weighting is the likelihood ratio (cf. E. S. Page, Biometrika 41, 1954; M. Basseville and I. V. Nikiforov, <i>Detection of Abrupt Changes</i>, 1993, section 2.4). The slow one, every third
/// night, compares the robust means of what lies before and after one of some places further back, with the noise of both parts.</para>
/// <para>Their bounds were set by simulation, so that a year of stationary nights gives an alarm in at most one of a hundred series, whether the noise is
/// normal, has outliers, or is correlated; the simulation is a test.</para>
/// </remarks>
internal sealed class ChangeDetector
{
    /// <summary>After the last change, before anything is tested.</summary>
    private const int LeastBefore = 8;

    /// <summary>Enough where the noise is known from before the last change.</summary>
    private const int LeastBeforeKnown = 5;
    private const int KnownNoise = 25;

    /// <summary>The newest points are no part of the noise they are held against.</summary>
    private const int Guard = 12;

    private const int SlowEvery = 3;

    /// <summary>Points after the step that the quick scan looks at, and the bounds of their sums in standard deviations. The one of six has most of the error rate: a step that
    /// is noticed five nights after its first is noticed soon.</summary>
    private static readonly (int After, double Bound)[] Quick = [(13, 4.55), (9, 4.55), (6, 4.45), (5, 4.75), (3, 4.8)];

    /// <summary>The estimated scale is wrong by some percent: with n points a bound is wider by so many n-ths.</summary>
    private const double QuickWidening = 4;

    private static readonly int[] Slow = [10, 13, 16, 20, 26, 34, 44, 57, 75, 100, 130, 170, 220, 290, 380, 500, 660];
    private const double SlowBound = 5.6;
    private const double SlowWidening = 4;

    /// <summary>Values further from the level than so many scales count as if they were no further.</summary>
    private const double LevelLimit = 3;
    private const double MeanLimit = 2.5;

    /// <summary>Places around the one that raised the alarm where the step may have been.</summary>
    private const int Nearby = 20;

    private readonly SeriesPoints _series = new();
    private readonly List<double> _earlier = [];
    private readonly List<double> _deviations = [];
    private readonly List<LevelChange> _changes = [];
    private int _start;

    /// <summary>So far, in the order of time.</summary>
    public IReadOnlyList<LevelChange> Changes => _changes;

    /// <summary>What it has seen, in the scale of the analysis.</summary>
    public SeriesPoints Series => _series;

    /// <summary>A detector that has seen a series and what was said of it.</summary>
    /// <param name="values">Finite.</param>
    /// <param name="known">All changes that were confirmed within <paramref name="values"/>.</param>
    public static ChangeDetector After(IReadOnlyList<double> values, IReadOnlyList<LevelChange> known)
    {
        var detector = new ChangeDetector();
        foreach (double value in values) detector._series.Add(value);
        foreach (LevelChange change in known) detector.Take(change);
        return detector;
    }

    /// <summary>One more point.</summary>
    /// <returns>What it shows, null when nothing.</returns>
    public LevelChange? Add(double value)
    {
        _series.Add(value);
        if (_series.Count - _start < LeastBefore) return null;
        var best = new Suspicion(0, 1);
        ScanQuickly(ref best);
        if (_series.Count % SlowEvery == 0) ScanSlowly(ref best);
        if (best.Split == 0) return null;
        var change = new LevelChange(Locate(best.Split), _series.Count - 1);
        Take(change);
        return change;
    }

    /// <summary>What lies before a change tells of the noise after it.</summary>
    private void Take(LevelChange change)
    {
        double level = _series.Median(_start, change.Index);
        _earlier.Add(double.NaN);
        for (int t = _start; t < change.Index; t++) _earlier.Add(_series[t] - level);
        _start = change.Index;
        _changes.Add(change);
    }

    private void ScanQuickly(ref Suspicion best)
    {
        int length = _series.Count - _start, until = _series.Count - Math.Min(Guard, length / 3);
        double middle = _series.Median(_start, until);
        Begin();
        Append(_start, until, middle);
        if (SeriesNoise.Of(CollectionsMarshal.AsSpan(_deviations)) is not { } noise) return;
        int least = noise.Points >= KnownNoise ? LeastBeforeKnown : LeastBefore;
        foreach ((int after, double bound) in Quick)
        {
            int split = _series.Count - after;
            if (split - _start < least) continue;
            double level = _series.LimitedMean(_start, split, middle, LevelLimit * noise.Scale);
            best = best.Or(split, StepScore(split, level, noise) / (bound * (1 + QuickWidening / noise.Points)));
        }
    }

    /// <summary>Standard deviations by which the points from <paramref name="split"/> on leave the level as a step would.</summary>
    private double StepScore(int split, double level, SeriesNoise noise)
    {
        double sum = 0, weights = 0, squares = 0, limit = LevelLimit * noise.Scale;
        double before = Math.Clamp(_series[split - 1] - level, -limit, limit);
        for (int t = split; t < _series.Count; t++)
        {
            double deviation = _series[t] - level;
            // The first point shows the whole step, each later one what the point before it does not let expect.
            double weight = t == split ? 1 : 1 - noise.Correlation;
            sum += weight * Math.Clamp((deviation - noise.Correlation * before) / noise.Innovation, -noise.LowerCap, noise.UpperCap);
            weights += weight;
            squares += weight * weight;
            before = deviation;
        }
        // The second part of the variance is that of the level, which the points before the step only estimate.
        return Math.Abs(sum) / Math.Sqrt(squares + weights * weights / (split - _start));
    }

    private void ScanSlowly(ref Suspicion best)
    {
        foreach (int after in Slow)
        {
            int end = _series.Count, split = end - after, before = split - _start;
            if (before < LeastBefore) break;
            double lower = _series.Median(_start, split), upper = _series.Median(split, end);
            Begin();
            Append(_start, split, lower);
            _deviations.Add(double.NaN);
            Append(split, end, upper);
            if (SeriesNoise.Of(CollectionsMarshal.AsSpan(_deviations)) is not { } noise) continue;
            double limit = MeanLimit * noise.Scale;
            double shift = _series.LimitedMean(split, end, upper, limit) - _series.LimitedMean(_start, split, lower, limit);
            // Variance of a long mean of an autoregression: σ²/(1 − ρ)²/n with σ² of the innovations.
            double error = noise.Innovation / (1 - noise.Correlation) * Math.Sqrt(1.0 / before + 1.0 / after);
            best = best.Or(split, Math.Abs(shift) / error / (SlowBound * (1 + SlowWidening / noise.Points)));
        }
    }

    /// <summary>Where two medians leave the least sum of magnitudes.</summary>
    private int Locate(int near)
    {
        int from = Math.Max(_start + LeastBeforeKnown - 1, near - Nearby), to = Math.Min(_series.Count - 2, near + Nearby), best = near;
        double least = double.PositiveInfinity;
        for (int split = from; split <= to; split++)
        {
            double before = _series.Median(_start, split), after = _series.Median(split, _series.Count), sum = 0;
            for (int t = from; t < _series.Count; t++) sum += Math.Abs(_series[t] - (t < split ? before : after));
            if (sum < least) (least, best) = (sum, split);
        }
        return best;
    }

    private void Begin()
    {
        _deviations.Clear();
        _deviations.AddRange(_earlier);
        _deviations.Add(double.NaN);
    }

    private void Append(int from, int to, double level)
    {
        for (int t = from; t < to; t++) _deviations.Add(_series[t] - level);
    }

    /// <param name="Split">First point of what may be a new level; 0 for nothing so far.</param>
    /// <param name="Excess">Over its bound.</param>
    private readonly record struct Suspicion(int Split, double Excess)
    {
        public Suspicion Or(int split, double excess) => excess > Excess ? new Suspicion(split, excess) : this;
    }
}

/// <param name="Index">First point of the new level, from 0.</param>
/// <param name="ConfirmedAt">The point with which it was noticed.</param>
internal readonly record struct LevelChange(int Index, int ConfirmedAt);
