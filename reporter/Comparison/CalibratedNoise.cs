using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Noise between runs as a calibration knows it, for comparisons on the calibrated host.</summary>
/// <param name="calibration">Of the host of the runs compared; null when it was never calibrated.</param>
internal sealed class CalibratedNoise(Calibration? calibration)
{
    /// <summary>What a class must have at least to take the place of the assumption.</summary>
    private double _least;

    /// <summary>Whether the calibration was made of runs that are compared, and so holds what they show of noise.</summary>
    private bool _holdsRuns;

    /// <summary>For these sides. What a host does over weeks is not seen in an hour: where they lie further apart than the calibration spans, it is no less than the assumption.</summary>
    public static CalibratedNoise Between(SideOfRuns baseline, SideOfRuns candidate, ComparisonOptions options)
    {
        if (options.Calibration is not { } calibration)
            return new CalibratedNoise(null);
        TimeSpan apart = (candidate.Newest.CreatedUtc - baseline.Newest.CreatedUtc).Duration();
        return new CalibratedNoise(calibration)
        {
            _least = apart.TotalSeconds > calibration.ElapsedSeconds ? options.AssumedRunDeviation : 0,
            _holdsRuns = baseline.Sources.Concat(candidate.Sources).Any(source => Holds(calibration, source.Receipt)),
        };
    }

    /// <summary>Null where the class was not calibrated, with runs too few to be better than an assumption, or over too short a time.</summary>
    public RunNoise? OfClass(string noiseClass) => Class(noiseClass) is { } known ? Noise(known.RunDeviation, known) : null;

    /// <summary>The workload's own; null as for a class.</summary>
    public RunNoise? OfWorkload(string noiseClass, string id) => Own(noiseClass, id) is { } own ? Noise(own.Deviation, own.Class) : null;

    /// <summary>The probe's own, over however short a time: no assumption takes its place.</summary>
    public RunNoise? OfProbe(string id) => Own(RunNoise.ClassOf(id), id) is { } own ? Known(own.Deviation, own.Class) : null;

    /// <summary>Whether the class was calibrated, but over too short a time for these sides.</summary>
    public bool IsTooShort(string noiseClass) => Class(noiseClass) is { } known && known.RunDeviation < _least;

    private static bool Holds(Calibration calibration, Receipt receipt) => calibration.Runs.Any(run => run.Run == receipt.Run || run.Digest == receipt.Digest);

    private (double Deviation, CalibratedClass Class)? Own(string noiseClass, string id) =>
        Class(noiseClass) is { } known && known.Workloads.FirstOrDefault(workload => workload.Id == id) is { } own ? (own.RunDeviation, known) : null;

    private CalibratedClass? Class(string name) =>
        calibration?.Classes.FirstOrDefault(c => c.Name == name && c.DegreesOfFreedom >= RunNoise.LeastDegreesOfFreedom);

    private RunNoise? Noise(double deviation, CalibratedClass known) => deviation >= _least ? Known(deviation, known) : null;

    private RunNoise Known(double deviation, CalibratedClass known) => new(deviation, known.DegreesOfFreedom, Assumed: false) { Calibrated = true, HoldsRuns = _holdsRuns };
}
