using System.Diagnostics;
using System.Globalization;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Simulations.History;

/// <summary>The long form of the claims about change points: <c>history --series N</c>, a markdown table.</summary>
internal static class HistoryCommand
{
    private const ulong Seed = 1;

    /// <returns>0 when every claim holds, 1 when one does not, 64 for wrong usage.</returns>
    public static int Run(IReadOnlyList<string> words)
    {
        if (words is not ["--series", var count, ..] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int series) || series == 0
            || words.Skip(2).ToArray() is not ([] or ["--claim", _]))
        {
            Console.Error.WriteLine("history: expected --series N [--claim PART-OF-ITS-NAME]");
            return 64;
        }
        string part = words is [_, _, _, var named] ? named : "";
        bool held = true;
        Console.Out.WriteLine("| claim | bound | series | shown | rate | 95 % limit | kept | seconds |");
        Console.Out.WriteLine("|---|---:|---:|---:|---:|---:|---|---:|");
        foreach (HistoryClaim claim in HistoryClaim.All.Where(claim => claim.Name.Contains(part, StringComparison.Ordinal)))
        {
            var clock = Stopwatch.StartNew();
            int shown = claim.Count(series, Seed, Environment.ProcessorCount);
            bool kept = claim.Most is { } most ? shown <= most * series : shown >= claim.Least!.Value * series;
            double limit = claim.Most is null ? BinomialLimit.Lower(shown, series) : BinomialLimit.Upper(shown, series);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {claim.Name} | {(claim.Most is { } m ? $"≤ {100 * m:0.##} %" : $"≥ {100 * claim.Least!.Value:0.##} %")} | {series} | {shown} | {100.0 * shown / series:0.00} % | {100 * limit:0.00} % | {(kept ? "yes" : "NO")} | {clock.Elapsed.TotalSeconds:0.0} |"));
            held &= kept;
        }
        return held ? 0 : 1;
    }
}
