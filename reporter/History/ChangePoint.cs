using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.History;

/// <summary>A change of the level of a series.</summary>
public sealed record ChangePoint
{
    /// <summary>First point of the new level, or of the slope; from 0.</summary>
    public required int Index { get; init; }

    public required ChangeKind Kind { get; init; }

    /// <summary>Last point of a slope; null of a step.</summary>
    public int? End { get; init; }

    /// <summary>Median of the level before, in the series' own unit.</summary>
    public required double Before { get; init; }

    /// <summary>Median of the level after.</summary>
    public required double After { get; init; }

    /// <summary>After ÷ before; null where values of the series are 0 or negative.</summary>
    public double? Ratio { get; init; }

    /// <summary>95 % interval of the ratio (Hodges–Lehmann, as for independent points); null without a ratio, or with too few points.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Two-sided Mann–Whitney p of the points on both sides, as if the place had been known beforehand and points were independent: it ranks changes, the alarm's own
    /// error rate is the detector's.</summary>
    public required double P { get; init; }

    /// <summary>The point with which it was noticed, or with which the first of a slope's steps was.</summary>
    public required int ConfirmedAt { get; init; }

    public bool IsUp => After > Before;
}

/// <summary>From one point to the next, or over many.</summary>
public enum ChangeKind { Step, Trend }
