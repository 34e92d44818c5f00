using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Cli.Display;

/// <summary>Figures for people: three significant digits, a unit always.</summary>
public static class FigureText
{
    private static readonly (double Least, double Divisor, string Unit)[] Times = [(1e9, 1e9, "s"), (1e6, 1e6, "ms"), (1e3, 1e3, "µs"), (0, 1, "ns")];
    private static readonly (double Least, double Divisor, string Unit)[] Sizes = [(1e9, 1e9, "GB"), (1e6, 1e6, "MB"), (1e3, 1e3, "kB"), (0, 1, "B")];
    private static readonly (double Least, double Divisor, string Unit)[] Counts = [(1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e3, 1e3, "k"), (0, 1, "")];

    /// <summary>A value in a unit of receipts: 412345 ns is "412 µs".</summary>
    public static string Value(double value, string unit) => unit switch
    {
        "ns" => Scaled(value, Times),
        "B" => Scaled(value, Sizes),
        _ => $"{Digits(value)} {unit}",
    };

    /// <summary>A number of things: 17694720 is "17.7 M".</summary>
    public static string Count(long count) => Scaled(count, Counts).TrimEnd();

    public static string Bytes(long bytes) => Scaled(bytes, Sizes);

    /// <summary>What moved or was computed per second: bytes where the time is one of reading memory, multiply-adds where it is one of computing.</summary>
    public static string Throughput(WorkloadRecord workload)
    {
        WorkloadSummary summary = workload.Summary;
        if (workload.Unit is "GB/s" or "GMAC/s")
            return ""; // the value says it
        bool computing = workload.Work is { MultiplyAdds: { } adds, Bytes: { } bytes } && adds >= bytes * ComputeBound;
        return summary switch
        {
            { GigaMultiplyAddsPerSecond: { } rate } when computing || summary.GigabytesPerSecond is null => $"{Digits(rate)} GMAC/s",
            { GigabytesPerSecond: { } bandwidth } => $"{Digits(bandwidth)} GB/s",
            _ => "",
        };
    }

    /// <summary>A spread of logarithms as "±0.8 %".</summary>
    public static string Spread(double? launchSpread) =>
        launchSpread is { } spread ? $"±{Math.Round(spread * 100, 1).ToString("0.0", CultureInfo.InvariantCulture)} %" : "";

    public static string Percent(double share) => $"{Math.Round(share * 100).ToString("0", CultureInfo.InvariantCulture)} %";

    /// <summary>"3 min 20 s", "45 s".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 0.95 } => $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        { TotalSeconds: < 59.5 } => $"{time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s",
        { TotalMinutes: < 59.5 } => Two((int)Math.Round(time.TotalSeconds), 60, "min", "s"),
        _ => Two((int)Math.Round(time.TotalMinutes), 60, "h", "min"),
    };

    /// <summary>Three significant digits, none lost before the point: 0.0123, 1.23, 41.2, 412, 4123.</summary>
    public static string Digits(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value.ToString(CultureInfo.InvariantCulture);
        double rounded = Math.Round(value, Decimals(value)); // 0.9996 becomes 1, which has one decimal less
        return rounded.ToString($"F{Decimals(rounded)}", CultureInfo.InvariantCulture);
    }

    // A 2-bit weight gives four multiply-adds a byte when every weight is used once; from ten times that on, reading is not what takes the time.
    private const int ComputeBound = 40;

    private static int Decimals(double value) =>
        value == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 9);

    private static string Scaled(double value, (double Least, double Divisor, string Unit)[] units)
    {
        // 999.6 µs would print as "1000 µs": the unit is chosen by what is printed.
        (double _, double divisor, string unit) = units.First(u => Math.Abs(value) * 1.0005 >= u.Least);
        return $"{Digits(value / divisor)} {unit}";
    }

    private static string Two(int amount, int factor, string large, string small) =>
        amount % factor == 0 ? $"{amount / factor} {large}" : $"{amount / factor} {large} {amount % factor} {small}";
}
