using System.Globalization;

namespace BitNet.Perf.Bench.Host;

/// <summary>Lists of processors as Linux writes them: "0-3,8,10-11".</summary>
public static class ProcessorList
{
    /// <summary>The numbers of a list, ascending; empty for empty or unreadable text.</summary>
    public static IReadOnlyList<int> Parse(string? text)
    {
        var result = new SortedSet<int>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', 2);
            if (!int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first))
                return [];
            var last = first;
            if (ends.Length == 2 && (!int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out last) || last < first))
                return [];
            for (var i = first; i <= last; i++)
                result.Add(i);
        }
        return [.. result];
    }

    public static string Format(IEnumerable<int> processors)
    {
        var parts = new List<string>();
        int? first = null, last = null;
        foreach (var p in processors.Order())
        {
            if (last is { } l && p == l + 1)
            {
                last = p;
                continue;
            }
            Flush();
            first = last = p;
        }
        Flush();
        return string.Join(',', parts);

        void Flush()
        {
            if (first is { } f && last is { } l)
                parts.Add(f == l ? $"{f}" : $"{f}-{l}");
        }
    }
}
