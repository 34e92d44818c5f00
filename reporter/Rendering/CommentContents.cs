namespace BitNet.Perf.Reporter.Rendering;

/// <summary>What a pull-request comment has beside the report's contents: how it is found again, and how much of it there is room for.</summary>
/// <param name="Marker">A hidden line, the same for every comment of this suite on this host, so that the next one takes the place of the last.</param>
/// <param name="Rows">Rows of the table of regressions, at most.</param>
/// <param name="Folded">Rows in each part that is folded away, at most.</param>
/// <param name="Details">Whether host, method and warnings are folded in.</param>
public sealed record CommentContents(string Marker, int Rows, int Folded, bool Details)
{
    public const string Template = "comment.md.scriban";

    /// <summary>Characters that GitHub takes in a comment.</summary>
    public const int GitHubLimit = 65_536;

    /// <summary>Left for what a workflow adds, e.g. a link to its artifacts.</summary>
    public const int Reserved = 1_536;

    private const int MostRows = 10;

    /// <summary>From all to the least; the regressions go last.</summary>
    private static readonly (int Rows, int Folded, bool Details)[] Rooms =
        [(MostRows, 1_000, true), (MostRows, 200, true), (MostRows, 50, true), (MostRows, 0, true), (MostRows, 0, false), (1, 0, false)];

    public static CommentContents Of(string suite, string hostKey) =>
        new($"<!-- bitnet-perf:{Word(suite)}:{Word(hostKey)} -->", Rooms[0].Rows, Rooms[0].Folded, Rooms[0].Details);

    /// <summary>The comment with as much in its folds as fits.</summary>
    /// <param name="render">From contents to text.</param>
    internal static string Fit(ReportModel model, Func<ReportModel, string> render)
    {
        string text = "";
        foreach ((int rows, int folded, bool details) in Rooms)
        {
            text = render(model with { Comment = model.Comment with { Rows = rows, Folded = folded, Details = details } });
            if (text.Length <= GitHubLimit - Reserved)
                break;
        }
        return text;
    }

    // Nothing that ends an HTML comment.
    private static string Word(string text) => string.Concat(text.Take(120).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-')).Replace("--", "-", StringComparison.Ordinal);
}
