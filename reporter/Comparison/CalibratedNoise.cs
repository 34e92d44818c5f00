using BitNet.Perf.Receipts.Baselines;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>Noise between runs as a calibration knows it, for comparisons on the calibrated host.</summary>
/// <param name="calibration">Of the host of the runs compared; null when it was never calibrated.</param>
internal sealed class CalibratedNoise(Calibration? calibration)
{
    /// <summary>Null where the class was not calibrated, or with runs too few to be better than an assumption.</summary>
    public RunNoise? OfClass(string noiseClass) => Class(noiseClass) is { } known ? Noise(known.RunDeviation, known) : null;

    /// <summary>The workload's own; null as for a class.</summary>
    public RunNoise? OfWorkload(string noiseClass, string id) =>
        Class(noiseClass) is { } known && known.Workloads.FirstOrDefault(workload => workload.Id == id) is { } own ? Noise(own.RunDeviation, known) : null;

    private CalibratedClass? Class(string name) =>
        calibration?.Classes.FirstOrDefault(c => c.Name == name && c.DegreesOfFreedom >= RunNoise.LeastDegreesOfFreedom);

    private static RunNoise Noise(double deviation, CalibratedClass known) => new(deviation, known.DegreesOfFreedom, Assumed: false) { Calibrated = true };
}
