using System.Globalization;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Import;

/// <summary>A series of values, one a night.</summary>
/// <param name="Values">In the order of their index.</param>
public sealed record NamedSeries(string Name, IReadOnlyList<double> Values);

/// <summary>Series as CSV: header <c>series,index,value</c>, UTF-8, invariant culture. Of each series the indexes are 0, 1, 2, …, in any order of lines.</summary>
public static class SeriesCsv
{
    public const string Header = "series,index,value";

    /// <summary>The series of a file's content, in the order of their first lines; at least one.</summary>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Malformed"/> with the line: wrong header, number of fields, number or quoting, a value that is not finite,
    /// an index twice or left out, no line.</exception>
    public static IReadOnlyList<NamedSeries> Parse(byte[] content)
    {
        Dictionary<string, SortedDictionary<int, double>> series = [];
        List<string> order = [];
        foreach ((long line, string[] fields) in SamplesCsv.Records(content, Header))
        {
            if (fields is not [string name, string index, string value])
                throw SamplesCsv.Malformed(line, $"{fields.Length} fields", $"3: {Header}");
            if (!Forms.IsText(name) || name.Contains('\uFFFD'))
                throw SamplesCsv.Malformed(line, $"series \"{SamplesCsv.Shown(name)}\"", "a name without control characters and white space at its ends");
            if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int at))
                throw SamplesCsv.Malformed(line, $"index \"{SamplesCsv.Shown(index)}\"", "a whole number from 0");
            if (!double.TryParse(value, SampleRowParser.Number, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
                throw SamplesCsv.Malformed(line, $"value \"{SamplesCsv.Shown(value)}\"", "a finite number such as 1234.5");
            if (!series.TryGetValue(name, out SortedDictionary<int, double>? points))
            {
                series[name] = points = [];
                order.Add(name);
            }
            if (!points.TryAdd(at, number))
                throw SamplesCsv.Malformed(line, $"{name} has index {at} twice", "each point once");
        }
        if (order.Count == 0)
            throw SamplesCsv.Malformed(null, "no points", "at least one line after the header");
        foreach (string name in order)
        {
            int missing = series[name].Keys.Select((index, position) => (index, position)).FirstOrDefault(x => x.index != x.position, (index: -1, position: -1)).position;
            if (missing >= 0)
                throw SamplesCsv.Malformed(null, $"{name} has no index {missing} among its {series[name].Count} points", "indexes 0, 1, 2, … without a gap");
        }
        return [.. order.Select(name => new NamedSeries(name, [.. series[name].Values]))];
    }
}
