using System.Text;

namespace BitNet.Perf.Cli.Display;

/// <summary>Rows of text in aligned columns, two blanks between them, or one where a column is told to stand close.</summary>
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
        var line = new StringBuilder();
        for (int i = 0; i < row.Length; i++)
        {
            if (widths[i] == 0)
                continue; // a column without any text takes no room
            if (line.Length > 0)
                line.Append(' ', columns[i].Close ? 1 : 2);
            line.Append(columns[i].Right ? row[i].PadLeft(widths[i]) : row[i].PadRight(widths[i]));
        }
        return line.ToString().TrimEnd();
    }
}

/// <param name="Right">Aligned right.</param>
/// <param name="Close">One blank before it.</param>
public sealed record TextColumn(string Header, bool Right = false, bool Close = false);
