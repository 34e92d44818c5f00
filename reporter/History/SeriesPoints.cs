using System.Runtime.InteropServices;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.History;

/// <summary>A series as it grows, and the levels of its parts.</summary>
internal sealed class SeriesPoints
{
    private readonly List<double> _values = [];
    private double[] _scratch = new double[256];

    public int Count => _values.Count;

    public double this[int index] => _values[index];

    public void Add(double value)
    {
        _values.Add(value);
        if (_scratch.Length < Count) Array.Resize(ref _scratch, 2 * Count);
    }

    /// <summary>Median of [from, to).</summary>
    public double Median(int from, int to)
    {
        Span<double> part = _scratch.AsSpan(0, to - from);
        CollectionsMarshal.AsSpan(_values)[from..to].CopyTo(part);
        int middle = part.Length / 2;
        double upper = OrderStatistic.Of(part, middle);
        if (part.Length % 2 == 1) return upper;
        // Everything before the middle is at most it: the largest of that is the other middle value.
        double lower = part[0];
        foreach (double value in part[1..middle]) lower = Math.Max(lower, value);
        return (lower + upper) / 2;
    }

    /// <summary>Mean of [from, to), each value at most <paramref name="limit"/> from <paramref name="middle"/>.</summary>
    public double LimitedMean(int from, int to, double middle, double limit)
    {
        double sum = 0;
        foreach (double value in CollectionsMarshal.AsSpan(_values)[from..to]) sum += Math.Clamp(value, middle - limit, middle + limit);
        return sum / (to - from);
    }
}
