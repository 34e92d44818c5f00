using BitNet.Perf.Bench.Runs.Interleaved;
using BitNet.Perf.Cli.Display;
using BitNet.Perf.Reporter.Comparison;

namespace BitNet.Perf.Cli.Measuring.Interleaved;

/// <summary>The lines of an interleaved run's progress.</summary>
internal static class AbProgressLines
{
    private const int FigureWidth = 9;

    /// <summary>"block 7 of 20: base; verdicts at 13 pairs; 3 min 20 s left at most".</summary>
    public static string Heading(BlockProgress progress) =>
        $"block {progress.Block} of {progress.Blocks}: {progress.Launching}; verdicts at {progress.NextLook} pairs; {FigureText.Duration(progress.Remaining)} left at most";

    /// <summary>Estimate and 90 % interval of each workload so far, the costliest first, as many as fit.</summary>
    public static IReadOnlyList<string> Rows(IReadOnlyList<WorkloadComparison> rows, int width, int most)
    {
        WorkloadComparison[] shown = [.. rows.Where(row => row.Metric != ComparedMetric.Allocated && row.Ratio is not null).OrderByDescending(row => row.Ratio)];
        int room = width - 4 * FigureWidth - 4;
        IEnumerable<string> lines = shown.Take(shown.Length > most ? most - 1 : most).Select(row => $"  {LiveProgress.WithoutMiddle(row.Id, room).PadRight(room)}"
            + $"{Cost(row.Ratio)}{Cost(row.Interval90?.Lower)}{Cost(row.Interval90?.Upper)}  {(PairedComparison.IsDecided(row) ? "decided" : "open")}");
        return [.. lines, .. shown.Length > most ? [$"  and {shown.Length - most + 1} more"] : Array.Empty<string>()];
    }

    private static string Cost(double? ratio) => (ratio is { } known ? $"{Percent.Signed(known)} %" : "").PadLeft(FigureWidth);
}
