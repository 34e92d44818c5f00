using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.History;

/// <summary>What a series of nightly values shows: changes of its level, single outliers, whether it goes to and fro between two levels.</summary>
/// <param name="ChangePoints">In the order of time; those the detector confirmed, night after night.</param>
/// <param name="Outliers">Points, from 0, far from their level whose neighbours are not: no change.</param>
/// <param name="Bimodal">Between its changes it jumps between two levels: no change either.</param>
public sealed record SeriesAnalysis(int Points, IReadOnlyList<ChangePoint> ChangePoints, IReadOnlyList<int> Outliers, bool Bimodal)
{
    /// <summary>Innovations further out are outliers by name. The detector itself only cuts them.</summary>
    private const double OutlierBound = 4.5;

    /// <summary>Points on either side that tell how large a change is.</summary>
    private const int Around = 60;

    private const double IntervalMisrate = 0.05;

    /// <summary>Steps of one direction no further apart may be one slope.</summary>
    private const int TrendGap = 60;

    /// <summary>A sequence that jumps less often has steps, not two modes.</summary>
    private const double LeastJumps = 1.0 / 6;

    /// <param name="values">Finite, one a night.</param>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static SeriesAnalysis Of(IReadOnlyList<double> values)
    {
        foreach (double value in values)
            if (!double.IsFinite(value)) throw new ArgumentException($"{value} in a series; finite values were expected.", nameof(values));
        if (values.Count == 0) return new SeriesAnalysis(0, [], [], false);
        var detector = new ChangeDetector();
        foreach (double value in SeriesScale.Of(values)) detector.Add(value);
        SeriesPoints series = detector.Series;
        int[] bounds = [0, .. detector.Changes.Select(change => change.Index), series.Count];
        ChangePoint[] points = [.. Grouped(series, detector.Changes).Select(group => Point(values, group, bounds))];
        return new SeriesAnalysis(values.Count, points, Outlying(series, bounds), TwoLevels(series, bounds));
    }

    /// <summary>Whether the series went up within its last points and has not come back down since.</summary>
    public bool SlowedWithin(int points) => ChangePoints is [.., { IsUp: true } last] && (last.End ?? last.Index) >= Points - points;

    /// <summary>Changes that are one slope together; every other one alone.</summary>
    private static IEnumerable<Group> Grouped(SeriesPoints series, IReadOnlyList<LevelChange> changes)
    {
        for (int first = 0; first < changes.Count;)
        {
            int from = first == 0 ? 0 : changes[first - 1].Index, taken = 1;
            (int Start, int End)? slope = null;
            // The longest run of steps up, or down, that a slope explains.
            for (int count = RunLength(series, changes, first, from); count >= 1 && slope is null; count--)
            {
                int to = first + count < changes.Count ? changes[first + count].Index : series.Count;
                slope = TrendFit.Find(series, from, [.. changes.Skip(first).Take(count).Select(change => change.Index)], to);
                if (slope is not null) taken = count;
            }
            yield return new Group(first, taken, changes[first].Index, changes[first].ConfirmedAt, slope);
            first += taken;
        }
    }

    private static int RunLength(SeriesPoints series, IReadOnlyList<LevelChange> changes, int first, int from)
    {
        int bound(int i) => i < changes.Count ? changes[i].Index : series.Count;
        double before = series.Median(from, bound(first)), level = series.Median(bound(first), bound(first + 1));
        bool up = level > before;
        int count = 1;
        while (first + count < changes.Count && bound(first + count) - bound(first + count - 1) <= TrendGap)
        {
            double next = series.Median(bound(first + count), bound(first + count + 1));
            if (next > level != up) break;
            level = next;
            count++;
        }
        return count;
    }

    private static ChangePoint Point(IReadOnlyList<double> values, Group group, int[] bounds)
    {
        int start = group.Slope?.Start ?? group.Index, end = group.Slope?.End ?? group.Index;
        int first = Math.Max(bounds[group.First], start - Around);
        double[] before = [.. values.Take(start).Skip(first)];
        double[] after = [.. values.Take(bounds[group.First + group.Count + 1]).Skip(end).Take(Around)];
        bool ratio = SeriesScale.IsRatio(values);
        double low = WorkloadFigures.Median(before), high = WorkloadFigures.Median(after);
        int above = before.Sum(b => after.Count(a => a > b)), below = before.Sum(b => after.Count(a => a < b));
        return new ChangePoint
        {
            Index = start,
            Kind = group.Slope is null ? ChangeKind.Step : ChangeKind.Trend,
            End = group.Slope?.End,
            Before = low,
            After = high,
            Ratio = ratio ? high / low : null,
            Interval = ratio ? HodgesLehmann.RatioInterval(after, before, IntervalMisrate) : null,
            P = Math.Min(1, 2 * MannWhitney.Cdf(before.Length, after.Length, Math.Min(above, below))),
            ConfirmedAt = group.ConfirmedAt,
        };
    }

    private static int[] Outlying(SeriesPoints series, int[] bounds)
    {
        double[] deviations = [.. Deviations(series, bounds)];
        if (SeriesNoise.Of(deviations) is not { } noise) return [];
        double bound = OutlierBound * noise.Scale;
        // The neighbours are those of the level: a run of outlying points is no single one.
        double[] own = [.. deviations.Where(deviation => !double.IsNaN(deviation))];
        return [.. Enumerable.Range(0, own.Length).Where(i => Math.Abs(own[i]) > bound && (i == 0 || Math.Abs(own[i - 1]) <= bound) && (i + 1 == own.Length || Math.Abs(own[i + 1]) <= bound))];
    }

    private static IEnumerable<double> Deviations(SeriesPoints series, int[] bounds)
    {
        for (int i = 0; i + 1 < bounds.Length; i++)
        {
            if (i > 0) yield return double.NaN;
            double level = series.Median(bounds[i], bounds[i + 1]);
            for (int t = bounds[i]; t < bounds[i + 1]; t++) yield return series[t] - level;
        }
    }

    private static bool TwoLevels(SeriesPoints series, int[] bounds)
    {
        for (int i = 0; i + 1 < bounds.Length; i++)
        {
            double[] part = [.. Enumerable.Range(bounds[i], bounds[i + 1] - bounds[i]).Select(t => series[t])];
            if (TwoModes.Find(part) is not { } modes) continue;
            int jumps = Enumerable.Range(1, part.Length - 1).Count(t => part[t] > modes.Boundary != part[t - 1] > modes.Boundary);
            double smaller = Math.Min(modes.UpperShare, 1 - modes.UpperShare);
            if (jumps >= LeastJumps * part.Length && smaller >= LeastJumps) return true;
        }
        return false;
    }

    /// <param name="First">Which of the changes is the first of them.</param>
    private sealed record Group(int First, int Count, int Index, int ConfirmedAt, (int Start, int End)? Slope);
}
