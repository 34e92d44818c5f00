using System.Globalization;
using System.Text;
using BitNet.Perf.Receipts.Schema;
using CsvHelper;

namespace BitNet.Perf.Receipts.Import;

/// <summary>Samples as CSV: header <c>workload,launch,iteration,value,unit</c>, UTF-8, invariant culture.</summary>
public static class SamplesCsv
{
    public const string Header = "workload,launch,iteration,value,unit";

    private static readonly string[] Columns = Header.Split(',');

    /// <summary>Writes every sample of a receipt, in its units, launches and iterations numbered from 1.</summary>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.WriteFailed"/>.</exception>
    public static void Write(string path, Receipt receipt) => Write(path, Rows(receipt));

    /// <exception cref="ReceiptException"><see cref="ReceiptFault.WriteFailed"/>.</exception>
    public static void Write(string path, IEnumerable<SampleRow> rows) => AtomicFile.Write(path, stream => Write(stream, rows));

    /// <summary>The same into a stream, which stays open.</summary>
    public static void Write(Stream stream, IEnumerable<SampleRow> rows)
    {
        using CsvWriter writer = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        writer.WriteRecord(Columns);
        foreach (SampleRow row in rows)
        {
            writer.WriteRecord([
                row.Workload, row.Launch.ToString(CultureInfo.InvariantCulture), row.Iteration.ToString(CultureInfo.InvariantCulture),
                row.Value.ToString("R", CultureInfo.InvariantCulture), row.Unit.Name]);
        }
    }

    public static IEnumerable<SampleRow> Rows(Receipt receipt) =>
        from workload in receipt.Workloads
        from launch in workload.Launches
        from sample in launch.Values.Select((value, index) => (Value: value, Iteration: index + 1))
        select new SampleRow(workload.Id, launch.Launch, sample.Iteration, sample.Value, Unit.Find(workload.Unit)!);

    /// <summary>Reads a file of samples; at least one.</summary>
    /// <exception cref="ReceiptException">The file is missing or unreadable, or <see cref="ReceiptFault.Malformed"/> with the line: wrong header, number of
    /// fields, unit, number or quoting, a value that is not finite and positive, a sample twice, a workload in two units, no sample.</exception>
    public static IReadOnlyList<SampleRow> Read(string path)
    {
        byte[] content = AtomicFile.Read(path);
        try
        {
            return Parse(content);
        }
        catch (ReceiptException e)
        {
            throw e.In(path);
        }
    }

    public static IReadOnlyList<SampleRow> Parse(byte[] content)
    {
        List<SampleRow> rows = [];
        Dictionary<(string, int, int), long> seen = [];
        Dictionary<string, Unit> units = [];
        foreach ((long line, string[] fields) in Records(content, Header))
        {
            SampleRow row = SampleRowParser.Parse(fields, line);
            if (!seen.TryAdd((row.Workload, row.Launch, row.Iteration), line))
            {
                throw Malformed(line,
                    $"{row.Workload}, launch {row.Launch}, iteration {row.Iteration} was on line {seen[(row.Workload, row.Launch, row.Iteration)]} already", "each sample once");
            }
            if (units.TryGetValue(row.Workload, out Unit? unit) && unit != row.Unit)
                throw Malformed(line, $"{row.Workload} in {row.Unit} and in {unit}", "one unit for a workload");
            units[row.Workload] = row.Unit;
            rows.Add(row);
        }
        return rows.Count > 0 ? rows : throw Malformed(null, "no samples", "at least one line after the header");
    }

    /// <summary>Lines after a header that must be <paramref name="expected"/>, each with its number.</summary>
    internal static IEnumerable<(long Line, string[] Fields)> Records(byte[] content, string expected)
    {
        if (!System.Text.Unicode.Utf8.IsValid(content))
            throw Malformed(FirstInvalidLine(content), "not UTF-8", "text in UTF-8");
        CsvReaderOptions options = CsvReaderOptions.Default with
        {
            Separator = ',',
            HasHeader = false, // read as a record, to hold it against ours word by word
            MalformedData = CsvMalformedDataHandling.Throw,
            AllowLineBreaksInQuotes = false,
            TrackLineNumbers = true,
            Encoding = Encoding.UTF8,
        };
        using CsvReader reader = CsvReader.Create(content, options);
        if (!Advance(reader))
            throw Malformed(1, "empty", $"the header {expected}");
        string header = string.Join(',', Fields(reader));
        if (header != expected)
            throw Malformed(reader.LineNumber, $"header \"{Shown(header)}\"", expected);
        while (Advance(reader))
            yield return (reader.LineNumber, Fields(reader));
    }

    private static bool Advance(CsvReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new ReceiptException(ReceiptFault.Malformed, null, Line(e.LineNumber), "wrong quoting", "fields in double quotes or without any", e);
        }
    }

    internal static long FirstInvalidLine(ReadOnlySpan<byte> content)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(content[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
            at += length;
        return 1 + content[..at].Count((byte)'\n');
    }

    private static string[] Fields(CsvReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];

    internal static ReceiptException Malformed(long? line, string what, string expected) =>
        new(ReceiptFault.Malformed, null, line is long number ? Line(number) : null, what, expected);

    /// <summary>A field as an error may show it: not the whole of a file that is no CSV.</summary>
    internal static string Shown(string field) => field.Length <= 60 ? field : field[..60] + "…";

    private static string Line(long number) => FormattableString.Invariant($"line {number}");
}
