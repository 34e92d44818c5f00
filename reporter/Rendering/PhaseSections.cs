using System.Globalization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Rendering;

/// <summary>Where a token's time goes, rounded so that what is shown adds up: shares to 100.0 %, times to the total.</summary>
internal static class PhaseSections
{
    /// <summary>100.0 % in tenths.</summary>
    private const long Whole = 1000;

    public static PhaseSection Of(PhaseBreakdown breakdown, Receipt receipt, string filesFolder)
    {
        double perToken = (double)breakdown.TotalNanoseconds / breakdown.Tokens;
        // Shown in the unit of the total with five digits of it or so: every time is a whole number of these steps.
        (double size, string unit) = perToken >= 1e9 ? (1e9, "s") : perToken >= 1e6 ? (1e6, "ms") : perToken >= 1e3 ? (1e3, "µs") : (1, "ns");
        int decimals = perToken / size >= 100 ? 2 : 3;
        double step = size / Math.Pow(10, decimals);
        long totalSteps = (long)Math.Round(perToken / step);

        var rows = new List<PhaseRow>();
        Add(breakdown.Phases, totalSteps, breakdown.TotalNanoseconds > 0 ? Whole : 0, 0);
        return new PhaseSection
        {
            Workload = breakdown.Workload,
            Launch = breakdown.Launch,
            Tokens = breakdown.Tokens,
            Total = Time(totalSteps),
            Timed = Timed(breakdown, receipt) is { } timed ? Time((long)Math.Round(timed / step)) : null,
            Rows = rows,
            PlotFile = $"{filesFolder}/phases.svg",
            PlotSvg = PhasePlot.Draw(breakdown, [.. rows.Where(row => row.Depth == 0)]),
        };

        void Add(IReadOnlyList<Phase> phases, long steps, long tenths, int depth)
        {
            if (phases.Count == 0) return;
            long[] nanoseconds = [.. phases.Select(phase => phase.Nanoseconds)];
            long[] times = Apportionment.Of(nanoseconds, steps), shares = Apportionment.Of(nanoseconds, tenths);
            for (int i = 0; i < phases.Count; i++)
            {
                rows.Add(new PhaseRow(phases[i].Name[(phases[i].Name.LastIndexOf('/') + 1)..], depth, Time(times[i]), Share(shares[i])));
                Add(phases[i].Parts, times[i], shares[i], depth + 1);
            }
        }

        string Time(long steps) => $"{(steps * step / size).ToString($"F{decimals}", CultureInfo.InvariantCulture)} {unit}";
        static string Share(long tenths) => $"{(tenths / 10.0).ToString("F1", CultureInfo.InvariantCulture)} %";
    }

    /// <summary>Nanoseconds per token by the median of the workload's timed iterations in the launch that gave the phases.</summary>
    private static double? Timed(PhaseBreakdown breakdown, Receipt receipt) =>
        receipt.Workloads.FirstOrDefault(workload => workload.Id == breakdown.Workload) is { Unit: "tok/s" } workload
        && workload.Launches.FirstOrDefault(launch => launch.Launch == breakdown.Launch) is { Values.Count: > 0 } launch
            ? 1e9 / WorkloadFigures.Median(launch.Values)
            : null;
}
