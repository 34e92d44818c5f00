using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>One workload on one side: for each run the logarithms of its launches' costs, a launch reduced to the median of its
/// iterations. Cost is the value where lower is better and its inverse where higher is, so that more always means slower.</summary>
public sealed class SideSample
{
    private readonly Better _better;

    /// <param name="runs">Logarithms of costs, runs × launches.</param>
    internal SideSample(IReadOnlyList<double[]> runs, Better better) => (Runs, _better) = (runs, better);

    /// <summary>runs × launches.</summary>
    public IReadOnlyList<double[]> Runs { get; }

    /// <summary>Launches less runs: what the noise within runs is estimated on.</summary>
    public int WithinDegreesOfFreedom => Launches - Runs.Count;

    public int Launches => Runs.Sum(run => run.Length);

    public IEnumerable<double> LogCosts => Runs.SelectMany(run => run);

    /// <summary>Mean over runs of each run's mean: every run counts alike, however many launches it has.</summary>
    public double Mean => Runs.Average(Location.Mean);

    /// <summary>Geometric mean in the workload's own unit.</summary>
    public double Value => ToValue(Mean);

    /// <summary>Σ(x − run's mean)², on Launches − Runs.Count degrees of freedom.</summary>
    public double WithinSquares => Runs.Sum(Location.SumOfSquares);

    /// <summary>Σ(run's mean − mean of these)², on Runs.Count − 1 degrees of freedom.</summary>
    public double BetweenSquares => Location.SumOfSquares([.. Runs.Select(Location.Mean)]);

    /// <summary>Launch medians in the workload's unit.</summary>
    public double[] LaunchValues => [.. LogCosts.Select(ToValue)];

    /// <summary>A launch's median iteration, in the workload's unit.</summary>
    /// <exception cref="ComparisonInputException">It is not positive.</exception>
    internal static double Median(LaunchSamples launch, string path, string workload)
    {
        double median = WorkloadFigures.Median(launch.Values);
        return median > 0 && double.IsFinite(median)
            ? median
            : throw new ComparisonInputException(ComparisonInputFault.ImpossibleValue, $"{path}: {workload} has a launch whose median is not a positive number");
    }

    /// <summary>The launches that were made whatever the others showed; null when no run of the side has any of the workload.</summary>
    /// <exception cref="ComparisonInputException">A value that is not positive.</exception>
    public static SideSample? Of(SideOfRuns side, string workload, Better better) => Of(side, workload, better, null);

    /// <inheritdoc cref="Of(SideOfRuns, string, Better)"/>
    /// <param name="launches">Up to this one instead.</param>
    public static SideSample? Of(SideOfRuns side, string workload, Better better, int? launches)
    {
        var runs = new List<double[]>();
        foreach ((ReceiptSource source, WorkloadRecord record) in side.Runs(workload))
        {
            int last = launches ?? LaunchLooks.Unconditional(source.Receipt);
            double[] medians = [.. record.Launches.Where(launch => launch.Values.Count > 0 && launch.Launch <= last).Select(launch => Median(launch, source.Path, workload))];
            if (medians.Length > 0) runs.Add([.. medians.Select(value => better == Better.Lower ? Math.Log(value) : -Math.Log(value))]);
        }
        return runs.Count > 0 ? new SideSample(runs, better) : null;
    }

    private double ToValue(double logCost) => Math.Exp(_better == Better.Lower ? logCost : -logCost);
}
