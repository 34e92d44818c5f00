using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Settings;

/// <summary>Values as people type them. Every parser throws <see cref="FormatException"/> with what was found and what was expected.</summary>
public static class SettingText
{
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint;

    private static readonly (string Suffix, double Seconds)[] DurationUnits = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>"3%" or "0.5 %" as a share: 0.03, 0.005. The sign is required: a bare 3 could be 300 % as well.</summary>
    public static double Percentage(string text)
    {
        if (!text.EndsWith('%'))
            throw Expected(text, "a percentage with its sign, e.g. 3%");
        if (!double.TryParse(text.AsSpan(0, text.Length - 1).Trim(), Plain, CultureInfo.InvariantCulture, out double percent) || percent is not (> 0 and <= 1000))
            throw Expected(text, "a percentage above 0% and up to 1000%, e.g. 3%");
        return percent / 100;
    }

    /// <summary>"30m", "45s", "1.5h", "200ms".</summary>
    public static TimeSpan Duration(string text)
    {
        foreach ((string suffix, double seconds) in DurationUnits)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), Plain, CultureInfo.InvariantCulture, out double number))
            {
                return number * seconds <= TimeSpan.FromDays(7).TotalSeconds
                    ? TimeSpan.FromSeconds(number * seconds)
                    : throw Expected(text, "at most seven days");
            }
        }
        throw Expected(text, "a duration with its unit, e.g. 30m, 45s or 2h");
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static int Count(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw Expected(text, $"a whole number from {least} to {most}");

    /// <summary>"1,2": thread counts, ascending and each once.</summary>
    public static IReadOnlyList<int> Threads(IReadOnlyList<string> texts)
    {
        int[] counts = [.. texts.SelectMany(text => text.Split(',')).Select(text => Count(text.Trim(), 1, 1024))];
        return counts.Distinct().Count() == counts.Length
            ? [.. counts.Order()]
            : throw Expected(string.Join(',', counts), "each number of threads once, e.g. 1,2");
    }

    public static IReadOnlyList<string> Globs(IReadOnlyList<string> texts) => [.. texts.Select(text => new WorkloadGlob(text).ToString())];

    public static bool Flag(string text) => text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Expected(text, "true or false"),
    };

    /// <summary>A text that names something; what it names is looked up later.</summary>
    public static string Name(string text) => text.Trim().Length > 0 ? text : throw Expected(text, "a name that is not empty");

    /// <summary>One of a few words.</summary>
    public static string OneOf(string text, params IReadOnlyList<string> words) =>
        words.Contains(text) ? text : throw Expected(text, string.Join(", ", words.SkipLast(1)) + " or " + words[^1]);

    private static FormatException Expected(string found, string expected) => new($"\"{found}\"; expected {expected}");
}
