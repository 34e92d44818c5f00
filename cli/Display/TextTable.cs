namespace BitNet.Perf.Cli.Display;

/// <summary>Rows of text in aligned columns, two blanks between them. The first column is aligned left, the others as told.</summary>
public sealed class TextTable(params IReadOnlyList<TextColumn> columns)
{
    private readonly List<string[]> _rows = [];

    /// <param name="cells">One for each column; missing ones are empty, surplus ones are left out.</param>
    public void Add(params string[] cells) => _rows.Add([.. columns.Select((_, i) => i < cells.Length ? cells[i] : "")]);

    /// <summary>A line across all columns, e.g. the heading of the rows below it.</summary>
    public void AddHeading(string text) => _rows.Add([text]);

    /// <summary>Header (unless every column's is empty) and rows, each without trailing blanks.</summary>
    public IReadOnlyList<string> Lines()
    {
        int[] widths = [.. columns.Select((column, i) => _rows.Where(row => row.Length > 1).Select(row => row[i].Length).Append(column.Header.Length).Max())];
        string[] header = [.. columns.Select(column => column.Header)];
        IEnumerable<string[]> all = header.All(text => text.Length == 0) ? _rows : _rows.Prepend(header);
        return [.. all.Select(row => row.Length == 1 && columns.Count > 1 ? row[0] : Line(row, widths))];
    }

    private string Line(string[] row, int[] widths)
    {
        IEnumerable<string> cells = row.Select((text, i) => columns[i].Right ? text.PadLeft(widths[i]) : text.PadRight(widths[i]));
        // A column without any text takes no room.
        return string.Join("  ", cells.Where(cell => cell.Length > 0)).TrimEnd();
    }
}

public sealed record TextColumn(string Header, bool Right = false);
