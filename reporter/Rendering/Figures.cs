using System.Globalization;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Values with their unit, in as many digits as their uncertainty deserves: three at least, five at most.</summary>
public static class Figures
{
    private const int LeastDigits = 3;
    private const int MostDigits = 5;
    private static readonly (double Size, string Name)[] Times = [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1, "ns")];
    private static readonly (double Size, string Name)[] Sizes = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B")];

    /// <summary>A value in a unit of receipts: 412345 ns is "412 µs".</summary>
    /// <param name="relativeError">Half an interval's width as a share of the value, 0.01 is ±1 %; null: three digits.</param>
    public static string Value(double value, string unit, double? relativeError = null) => Values([value], unit, relativeError)[0];

    /// <summary>Values in one unit and with the same decimals, so that they can be compared at a glance.</summary>
    public static string[] Values(IReadOnlyList<double> values, string unit, double? relativeError = null)
    {
        double largest = values.Max(Math.Abs);
        (double size, string name) = unit switch { "ns" => Scale(largest, Times), "B" => Scale(largest, Sizes), _ => (1, unit) };
        // Whole bytes are exact and shown as such.
        int decimals = unit == "B" && size == 1 ? 0 : Decimals(largest / size, relativeError);
        return [.. values.Select(value => $"{Fixed(value / size, decimals)} {name}")];
    }

    /// <summary>A number without a unit, three digits.</summary>
    public static string Number(double value) => Fixed(value, Decimals(value, null));

    /// <summary>A spread of logarithms as "0.8 %", one decimal always.</summary>
    public static string Spread(double launchSpread) => $"{(launchSpread * 100).ToString("F1", CultureInfo.InvariantCulture)} %";

    /// <summary>"4 d", "3 h", "12 min".</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 1 } => FormattableString.Invariant($"{Math.Floor(age.TotalDays)} d"),
        { TotalHours: >= 1 } => FormattableString.Invariant($"{Math.Floor(age.TotalHours)} h"),
        _ => FormattableString.Invariant($"{Math.Floor(Math.Max(0, age.TotalMinutes))} min"),
    };

    /// <summary>Seven digits of a commit.</summary>
    public static string Commit(string? commit) => commit is null ? "unknown commit" : commit[..Math.Min(7, commit.Length)];

    /// <summary>"1 launch", "2 launches".</summary>
    public static string Count(int n, string one, string many) => FormattableString.Invariant($"{n} {(n == 1 ? one : many)}");

    private static (double, string) Scale(double value, (double Size, string Name)[] units) =>
        units.FirstOrDefault(unit => value * 1.0005 >= unit.Size, units[^1]);

    // The last digit shown is worth a quarter of the error at least.
    private static int Decimals(double value, double? relativeError)
    {
        if (value == 0 || !double.IsFinite(value)) return 0;
        int magnitude = (int)Math.Floor(Math.Log10(Math.Abs(value) * 1.0005));
        int wanted = relativeError is { } error && error > 0 ? (int)Math.Ceiling(-Math.Log10(error)) + 1 : LeastDigits;
        return Math.Max(0, Math.Clamp(wanted, LeastDigits, MostDigits) - 1 - magnitude);
    }

    private static string Fixed(double value, int decimals) => value.ToString($"F{Math.Min(decimals, 9)}", CultureInfo.InvariantCulture);
}
