using System.Globalization;
using System.Text.RegularExpressions;
using BitNet.Perf.Reporter.Comparison;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Tests.Statistics;

public partial class StatisticsDocumentTests
{
    private const int Workloads = 20;
    private const double Alpha = 0.01;

    [Fact]
    public void The_table_of_docs_statistics_is_what_the_code_computes()
    {
        string document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "statistics.md"));
        MatchCollection rows = Row().Matches(document);
        Assert.Equal(10, rows.Count);
        foreach (Match row in rows) Assert.Equal(row.Value, Computed(row));
    }

    private static string Computed(Match row)
    {
        int runs = int.Parse(row.Groups["runs"].Value, CultureInfo.InvariantCulture), launches = int.Parse(row.Groups["launches"].Value, CultureInfo.InvariantCulture);
        double s = Share("s"), between = Share("between");
        bool assumed = row.Groups["assumed"].Success;
        var variance = new VariancePart(s * s, 1);
        LaunchNoise noise = new LaunchNoise(variance, variance, Pooled: true).For([.. Enumerable.Repeat(launches, runs)], [launches]);
        EffectError error = new Evidence([.. Enumerable.Repeat(launches, runs)], [launches], noise,
            new RunNoise(between, assumed ? double.PositiveInfinity : runs - 1, assumed)).Error;
        const double Level = Alpha / Workloads;
        double[] figures = [error.Critical(0.05), error.Critical(Level), error.MinimumDetectable(Level, 0.8), error.MinimumDetectable(Level, 0.95)];
        return $"| {runs} | {launches} | {Percent.Amount(s)} | {Percent.Amount(between)}{(assumed ? " assumed" : "")} | "
            + string.Join(" | ", figures.Select(f => Percent.Amount(Math.Exp(f) - 1))) + " |";

        double Share(string name) => double.Parse(row.Groups[name].Value, CultureInfo.InvariantCulture) / 100;
    }

    [GeneratedRegex(@"^\| (?<runs>\d+) \| (?<launches>\d+) \| (?<s>[\d.]+) % \| (?<between>[\d.]+) %(?<assumed> assumed)? \|( [\d.]+ % \|){4}", RegexOptions.Multiline)]
    private static partial Regex Row();
}
