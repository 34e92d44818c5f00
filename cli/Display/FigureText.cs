using System.Globalization;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Rendering;

namespace BitNet.Perf.Cli.Display;

/// <summary>Figures for people beside those that reports have (<see cref="Figures"/>).</summary>
public static class FigureText
{
    private static readonly (double Least, string Unit)[] Counts = [(1e9, " G"), (1e6, " M"), (1e3, " k"), (0, "")];

    /// <summary>A number of things: 17694720 is "17.7 M".</summary>
    public static string Count(long count)
    {
        (double least, string unit) = Counts.First(c => count >= c.Least);
        return Figures.Number(least == 0 ? count : count / least) + unit;
    }

    /// <summary>What moved or was computed per second: bytes where the time is one of reading memory, multiply-adds where it is one of computing.</summary>
    public static string Throughput(WorkloadRecord workload)
    {
        WorkloadSummary summary = workload.Summary;
        if (workload.Unit is "GB/s" or "GMAC/s")
            return ""; // the value says it
        bool computing = workload.Work is { MultiplyAdds: { } adds, Bytes: { } bytes } && adds >= bytes * ComputeBound;
        return summary switch
        {
            { GigaMultiplyAddsPerSecond: { } rate } when computing || summary.GigabytesPerSecond is null => $"{Figures.Number(rate)} GMAC/s",
            { GigabytesPerSecond: { } bandwidth } => $"{Figures.Number(bandwidth)} GB/s",
            _ => "",
        };
    }

    /// <summary>A spread of logarithms as "0.8 %".</summary>
    public static string Spread(double? launchSpread) =>
        launchSpread is { } spread ? $"{Math.Round(spread * 100, 1).ToString("0.0", CultureInfo.InvariantCulture)} %" : "";

    public static string Percent(double share) => $"{Math.Round(share * 100).ToString("0", CultureInfo.InvariantCulture)} %";

    /// <summary>"3 min 20 s", "45 s".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 0.95 } => $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        { TotalSeconds: < 59.5 } => $"{time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s",
        { TotalMinutes: < 59.5 } => Two((int)Math.Round(time.TotalSeconds), 60, "min", "s"),
        _ => Two((int)Math.Round(time.TotalMinutes), 60, "h", "min"),
    };

    // A 2-bit weight gives four multiply-adds a byte when every weight is used once; from ten times that on, reading is not what takes the time.
    private const int ComputeBound = 40;

    private static string Two(int amount, int factor, string large, string small) =>
        amount % factor == 0 ? $"{amount / factor} {large}" : $"{amount / factor} {large} {amount % factor} {small}";
}
