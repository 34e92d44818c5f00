namespace BitNet.Perf.Reporter.Rendering;

/// <summary>A straight line of a drawing.</summary>
/// <param name="Kind">Its class.</param>
internal sealed record Segment(double X1, double Y1, double X2, double Y2, string Kind = "");

/// <summary>A rectangle of a drawing; y grows downwards.</summary>
internal sealed record LabelBox(double Left, double Top, double Right, double Bottom)
{
    public bool Overlaps(LabelBox other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public bool Holds(LabelBox other) => Left <= other.Left && other.Right <= Right && Top <= other.Top && other.Bottom <= Bottom;

    /// <summary>Liang and Barsky's clipping: whether any of the line is inside.</summary>
    public bool Crosses(Segment line)
    {
        double from = 0, to = 1, dx = line.X2 - line.X1, dy = line.Y2 - line.Y1;
        foreach ((double step, double room) in new[] { (-dx, line.X1 - Left), (dx, Right - line.X1), (-dy, line.Y1 - Top), (dy, Bottom - line.Y1) })
        {
            if (step == 0 && room < 0) return false;
            if (step < 0) from = Math.Max(from, room / step);
            if (step > 0) to = Math.Min(to, room / step);
        }
        return from <= to;
    }
}

/// <summary>Where a label stands: the text's base line and anchor, and a line to its point where that is not next to it.</summary>
internal sealed record LabelPlace(double X, double Y, string Anchor, Segment? Leader);

/// <summary>Finds room for labels beside their points: never on another label or a point, on a line only if there is no other room.</summary>
internal sealed class LabelPlacement(LabelBox area, IReadOnlyList<Segment> lines)
{
    private const double Character = 7.3, Ascent = 10, Descent = 3, Gap = 9, PointRadius = 5;
    private const int MostSteps = 6;
    private const double Row = 14, NearRows = 1;

    /// <summary>A line through the text costs as much as moving it by so many rows.</summary>
    private const double LineCost = 3;

    private readonly List<LabelBox> _taken = [];

    /// <summary>Keeps labels off a point.</summary>
    public void Keep(double x, double y) => _taken.Add(new LabelBox(x - PointRadius, y - PointRadius, x + PointRadius, y + PointRadius));

    /// <summary>Null when there is no room at all.</summary>
    public LabelPlace? Place(double x, double y, string text)
    {
        (LabelPlace place, LabelBox box) = Candidates(x, y, text.Length * Character)
            .Where(c => area.Holds(c.Box) && !_taken.Any(c.Box.Overlaps))
            .OrderBy(c => c.Cost + (lines.Any(c.Box.Crosses) ? LineCost : 0))
            .Select(c => (c.Place, c.Box)).FirstOrDefault();
        if (place is null) return null;
        _taken.Add(box);
        return place;
    }

    // To the right and to the left, then ever farther below and above.
    private static IEnumerable<(LabelPlace Place, LabelBox Box, double Cost)> Candidates(double x, double y, double width)
    {
        for (int step = 0; step <= MostSteps; step++)
        {
            foreach (int rows in step == 0 ? [0] : new[] { step, -step })
            {
                double line = y + 4 + rows * Row;
                foreach (bool right in new[] { true, false })
                {
                    double edge = right ? x + Gap : x - Gap;
                    Segment? leader = step > NearRows ? new Segment(x, y, edge, line - 4) : null;
                    var box = new LabelBox(right ? edge : edge - width, line - Ascent, right ? edge + width : edge, line + Descent);
                    yield return (new LabelPlace(edge, line, right ? "start" : "end", leader), box, step + (right ? 0 : 0.5));
                }
            }
        }
    }
}
