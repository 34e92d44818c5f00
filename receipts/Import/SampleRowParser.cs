using System.Globalization;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Import;

/// <summary>The five fields of a line of samples.</summary>
internal static class SampleRowParser
{
    public const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <param name="fields">As in the file.</param>
    /// <param name="line">For errors.</param>
    public static SampleRow Parse(string[] fields, long line)
    {
        if (fields is not [string workload, string launch, string iteration, string value, string unitName])
            throw SamplesCsv.Malformed(line, $"{fields.Length} fields", $"5: {SamplesCsv.Header}");
        if (!Forms.IsText(workload) || workload.Contains('\uFFFD'))
            throw SamplesCsv.Malformed(line, $"workload \"{SamplesCsv.Shown(workload)}\"", "a name without control characters and white space at its ends");
        if (MachinePaths.Find(workload) is { } path)
            throw SamplesCsv.Malformed(line, $"workload \"{SamplesCsv.Shown(workload)}\" holds a path of the machine, {SamplesCsv.Shown(path)}", "a name that means the same on every machine");
        if (!Unit.TryParse(unitName, out Unit unit, out double factor))
            throw SamplesCsv.Malformed(line, $"unit \"{SamplesCsv.Shown(unitName)}\"", $"one of {Unit.Names}");
        return new SampleRow(workload, Count(launch, "launch", line), Count(iteration, "iteration", line), Value(value, factor, line), unit);
    }

    private static int Count(string text, string column, long line) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : throw SamplesCsv.Malformed(line, $"{column} \"{SamplesCsv.Shown(text)}\"", "a whole number from 0");

    private static double Value(string text, double factor, long line)
    {
        if (!double.TryParse(text, Number, CultureInfo.InvariantCulture, out double value))
            throw SamplesCsv.Malformed(line, $"value \"{SamplesCsv.Shown(text)}\"", "a number such as 1234.5");
        double kept = value * factor;
        return double.IsFinite(kept) && kept > 0
            ? kept
            : throw SamplesCsv.Malformed(line, $"value {SamplesCsv.Shown(text)}", "a finite number above 0");
    }
}
