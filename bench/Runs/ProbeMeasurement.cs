using BitNet.Perf.Bench.Workloads;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Bench.Runs;

/// <summary>One probe over a few launches.</summary>
/// <param name="Median">In the unit, as in a receipt.</param>
/// <param name="LaunchSpread">Standard deviation of the logarithms of the launches' medians; null with one launch.</param>
/// <param name="IterationSpread">The same within a launch, the median over launches; null with one iteration.</param>
public sealed record ProbeFigures(string Id, string Unit, double Median, double? LaunchSpread, double? IterationSpread);

/// <summary>Read bandwidth and noise of this host: a small run of the control kernel and the read probe alone, in fresh workers as in every run.</summary>
public static class ProbeMeasurement
{
    public const int Launches = 3;

    /// <summary>Measures in a folder that goes again.</summary>
    /// <exception cref="RunFailedException">Nothing was measured.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<IReadOnlyList<ProbeFigures>> MeasureAsync(RunEnvironment environment, IRunProgress progress, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bitnet-perf-doctor-");
        try
        {
            // The gate's probes are those that tell of the host alone; the probes need no weights, so the smallest model does.
            var options = new RunOptions { Suite = Suite.Gate, Filters = ["probe/**"], Model = "synthetic:tiny", Launches = Launches, Folder = folder.FullName };
            var outcome = await MeasurementRun.ExecuteAsync(options, environment, progress, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return [.. outcome.Receipt.Workloads.Select(Figures)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ProbeFigures Figures(WorkloadRecord workload) =>
        new(workload.Id, workload.Unit, workload.Summary.Median, workload.Summary.LaunchSpread, IterationSpread(workload));

    private static double? IterationSpread(WorkloadRecord workload)
    {
        double[] spreads = [.. workload.Launches.Where(launch => launch.Values.Count > 1).Select(launch => Deviation([.. launch.Values.Select(value => Math.Log(value))]))];
        return spreads.Length == 0 ? null : WorkloadFigures.Median(spreads);
    }

    private static double Deviation(double[] logarithms)
    {
        var mean = logarithms.Average();
        return Math.Sqrt(logarithms.Sum(x => (x - mean) * (x - mean)) / (logarithms.Length - 1));
    }
}
