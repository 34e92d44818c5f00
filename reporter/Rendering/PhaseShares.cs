using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Where a token's time goes, in µs and hundredths of a percent that add up as shown.</summary>
internal static class PhaseShares
{
    /// <summary>100.00 % in hundredths.</summary>
    private const long Whole = 10_000;

    public static TimeBreakdown Of(PhaseBreakdown breakdown)
    {
        double perToken = (double)breakdown.TotalNanoseconds / breakdown.Tokens;
        // Five digits of the total at least: a small model's token takes microseconds.
        int decimals = perToken >= 1e7 ? 0 : perToken >= 1e6 ? 1 : perToken >= 1e5 ? 2 : 3;
        double step = 1e3 / Math.Pow(10, decimals);
        long total = (long)Math.Round(perToken / step);
        var rows = new List<PhaseRow>();
        Add(breakdown.Phases, total, breakdown.TotalNanoseconds > 0 ? Whole : 0, 0);
        return new TimeBreakdown(
            FormattableString.Invariant($"{breakdown.Tokens} tokens of {breakdown.Workload} in launch {breakdown.Launch}, one and the same sequence"), Time(total), rows);

        void Add(IReadOnlyList<Phase> phases, long steps, long hundredths, int depth)
        {
            if (phases.Count == 0) return;
            long[] nanoseconds = [.. phases.Select(phase => phase.Nanoseconds)];
            long[] times = Apportionment.Of(nanoseconds, steps), shares = Apportionment.Of(nanoseconds, hundredths);
            for (int i = 0; i < phases.Count; i++)
            {
                rows.Add(new PhaseRow(Label(phases[i].Name), depth, Time(times[i]), Share(shares[i])));
                Add(phases[i].Parts, times[i], shares[i], depth + 1);
            }
        }

        string Time(long steps) => (steps * step / 1e3).ToString($"N{decimals}", CultureInfo.InvariantCulture) + " μs";
    }

    /// <summary>"Forward pass (95.61 % of time)".</summary>
    public static string Bottleneck(PhaseBreakdown breakdown) => Largest(Of(breakdown).Rows, breakdown.Phases) is var (name, share) ? $"{name} ({share} of time)" : BuildSummary.NotKnown;

    /// <summary>The phase of most time and its share; null without any.</summary>
    public static (string Name, string Share)? Largest(IReadOnlyList<PhaseRow> rows, IReadOnlyList<Phase> phases) => phases.Where(phase => phase.Nanoseconds > 0).MaxBy(phase => phase.Nanoseconds) is { } largest
        && rows.FirstOrDefault(row => row.Name == Label(largest.Name)) is { } row
            ? (row.Name, row.Share)
            : null;

    private static string Label(string name) => name switch
    {
        "embed" => "Embedding",
        "forward" => "Forward pass",
        "logits" => "Logits",
        "sample" => "Sampling",
        "other" => "Other",
        _ => name[(name.LastIndexOf('/') + 1)..],
    };

    private static string Share(long hundredths) => $"{(hundredths / 100.0).ToString("F2", CultureInfo.InvariantCulture)} %";
}
