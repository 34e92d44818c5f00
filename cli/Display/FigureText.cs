using System.Globalization;
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

    /// <summary>An amount per time in three digits; nothing where it is not known.</summary>
    public static string Rate(double? rate) => rate is { } known ? Figures.Number(known) : "";

    /// <summary>A share in percent; nothing where it is not known.</summary>
    public static string Share(double? share) => share is { } known ? $"{Math.Round(known * 100).ToString("0", CultureInfo.InvariantCulture)} %" : "";

    /// <summary>A spread of logarithms as "0.8 %"; nothing where it is not known.</summary>
    public static string Spread(double? launchSpread) => launchSpread is { } spread ? Figures.Spread(spread) : "";

    /// <summary>"3 min 20 s", "45 s".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 0.95 } => $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        { TotalSeconds: < 59.5 } => $"{time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s",
        { TotalMinutes: < 59.5 } => Two((int)Math.Round(time.TotalSeconds), 60, "min", "s"),
        _ => Two((int)Math.Round(time.TotalMinutes), 60, "h", "min"),
    };

    private static string Two(int amount, int factor, string large, string small) =>
        amount % factor == 0 ? $"{amount / factor} {large}" : $"{amount / factor} {large} {amount % factor} {small}";
}
