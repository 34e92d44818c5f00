using System.Globalization;
using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>What a calibration found, in the words in which reports, terminal and doctor quote it.</summary>
public static class CalibrationQuote
{
    /// <summary>"A/A on this host: 0 of 24 alarmed, at most 11.7 % (95 %)".</summary>
    /// <param name="method">"baseline" or "paired": how the comparison was made that it stands beside.</param>
    public static string Of(Calibration calibration, string method) =>
        calibration.FalseAlarms.FirstOrDefault(count => count.Method == method) is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"A/A on this host: {known.Alarmed} of {known.Comparisons} alarmed, at most {known.Limit * 100:0.#} % (95 %)")
            : method == "paired" ? "A/A of pairs on this host: never measured" : "A/A of runs on this host: never measured";
}
