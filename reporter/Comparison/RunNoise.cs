using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>How much whole runs differ beyond what their launches explain: σ_run, a standard deviation of logarithms.</summary>
/// <param name="DegreesOfFreedom">Infinity when assumed: the assumption is taken as known, and error rates hold only where it does.</param>
/// <param name="WithinLaunches">True when runs of a single launch left no way to tell the two apart: then the deviation holds both.</param>
public sealed record RunNoise(double Deviation, double DegreesOfFreedom, bool Assumed, bool WithinLaunches = false)
{
    /// <summary>Fewer degrees of freedom (5 baseline runs beside one candidate, or 3 and 3) make an estimate weaker than the assumption.</summary>
    public const int LeastDegreesOfFreedom = 4;

    /// <summary>Runs that contradict the host's calibration with less chance than this are believed in its place.</summary>
    private const double RefutingLevel = 0.01;

    /// <summary>Whether the host's calibration is (part of) what it rests on.</summary>
    public bool Calibrated { get; init; }

    /// <summary>Whether that calibration was made of runs compared here.</summary>
    internal bool HoldsRuns { get; init; }

    /// <summary>Whether there is a calibration, but over a shorter time than lies between the sides.</summary>
    internal bool CalibratedTooShort { get; init; }

    /// <summary>Estimates σ_run for a class from all its workloads: the variance between run means, less the part that launches
    /// explain, averaged over workloads. Its degrees of freedom are those of the runs alone, however many workloads there are:
    /// what makes a run slow hits all workloads of a class together.</summary>
    /// <param name="pairs">Baseline and candidate of each workload of the class.</param>
    /// <param name="assumed">Taken where the degrees of freedom are too few, unless the estimate is larger.</param>
    /// <param name="calibrated">Of the host's calibration, taken together with the few runs there are in place of the assumption; null when there is none.</param>
    public static RunNoise Of(IReadOnlyCollection<(SideSample Baseline, SideSample Candidate)> pairs, double assumed, RunNoise? calibrated = null)
    {
        int mostDegrees = 0, sumOfDegrees = 0;
        double between = 0, explained = 0;
        foreach ((SideSample baseline, SideSample candidate) in pairs)
        {
            int degrees = baseline.Runs.Count + candidate.Runs.Count - 2;
            mostDegrees = Math.Max(mostDegrees, degrees);
            sumOfDegrees += degrees;
            between += baseline.BetweenSquares + candidate.BetweenSquares;
            explained += ByLaunches(baseline, candidate);
        }
        double estimate = sumOfDegrees > 0 ? Math.Sqrt(Math.Max(0, (between - explained) / sumOfDegrees)) : 0;
        if (calibrated is not null && mostDegrees < LeastDegreesOfFreedom)
            return sumOfDegrees == 0 ? calibrated : calibrated.With(between / sumOfDegrees, explained / sumOfDegrees, mostDegrees);
        // An estimate above the assumption refutes it, but is no better known for that: it keeps its few degrees of freedom.
        return mostDegrees >= LeastDegreesOfFreedom || estimate > assumed
            ? new RunNoise(estimate, mostDegrees, Assumed: false)
            : new RunNoise(assumed, double.PositiveInfinity, Assumed: true);
    }

    /// <summary>The class's deviation, or the workload's own where that is larger: within a class some workloads vary more than others, and an
    /// average over it would call them slower again and again. (Simulated: of 20 workloads 18 at 1 % and 2 at 6 %, 20 baseline runs: the average
    /// alone raises false alarms in more than a tenth of suites.)</summary>
    /// <param name="calibrated">The workload's own deviation by the host's calibration.</param>
    public static RunNoise OfWorkload(RunNoise ofClass, SideSample baseline, SideSample candidate, RunNoise? calibrated = null)
    {
        RunNoise own = Of([(baseline, candidate)], assumed: 0, calibrated);
        return own.Deviation > ofClass.Deviation ? own : ofClass;
    }

    /// <summary>The same from runs of one build alone, for a calibration: on one degree of freedom less than runs.</summary>
    /// <param name="samples">Each workload of the class, in all runs.</param>
    public static RunNoise OfOneBuild(IReadOnlyCollection<SideSample> samples)
    {
        double squares = samples.Sum(sample => sample.BetweenSquares - ByLaunches(sample, sample.WithinDegreesOfFreedom > 0 ? sample.WithinSquares / sample.WithinDegreesOfFreedom : 0));
        int degrees = samples.Max(sample => sample.Runs.Count) - 1;
        return new RunNoise(Math.Sqrt(Math.Max(0, squares / samples.Sum(sample => sample.Runs.Count - 1))), degrees, Assumed: false);
    }

    /// <summary>For a workload whose every run has one launch: the variance between runs as it is. Null when the runs are too few.</summary>
    public static RunNoise? OfSingleLaunches(SideSample baseline, SideSample candidate)
    {
        int degrees = baseline.Runs.Count + candidate.Runs.Count - 2;
        return degrees >= LeastDegreesOfFreedom
            ? new RunNoise(Math.Sqrt((baseline.BetweenSquares + candidate.BetweenSquares) / degrees), degrees, Assumed: false, WithinLaunches: true)
            : null;
    }

    /// <summary>Workloads that share their run-to-run noise: same operation, memory and threads.</summary>
    public static string ClassOf(string workload)
    {
        if (!WorkloadId.TryParse(workload, out WorkloadId? id)) return string.Join('/', workload.Split('/').Take(2));
        string memory = id.Cold is { } cold ? cold ? "/cold" : "/hot" : "";
        string family = id.Family switch { WorkloadFamily.Kernel => "kernel", WorkloadFamily.EndToEnd => "e2e", _ => "probe" };
        return $"{family}/{id.Operation}{memory}/t{id.Threads}";
    }

    // A calibration and a few runs estimate one deviation together, on the degrees of freedom of both; where the runs vary by far more than the calibration
    // allows for (F test, with the part that launches explain on both sides of the quotient), it holds no more and they are believed alone.
    private RunNoise With(double between, double explained, int degrees)
    {
        double calibrated = Deviation * Deviation, expected = calibrated + explained;
        bool refuted = between > expected && (expected == 0 || StudentDistribution.VarianceRatioUpperTail(between / expected, degrees, DegreesOfFreedom) < RefutingLevel);
        if (refuted) return new RunNoise(Math.Sqrt(between - explained), degrees, Assumed: false);
        // Runs that it was made of are in it already; counted twice they would feign to agree.
        if (HoldsRuns) return this;
        double together = (DegreesOfFreedom * calibrated + degrees * (between - explained)) / (DegreesOfFreedom + degrees);
        return this with { Deviation = Math.Sqrt(Math.Max(0, together)), DegreesOfFreedom = DegreesOfFreedom + degrees };
    }

    // What launch noise s² adds to the squares between runs, over both sides: s²·mean(1/n) for each degree of freedom.
    private static double ByLaunches(SideSample baseline, SideSample candidate)
    {
        LaunchNoise? launches = LaunchNoise.Of(baseline, candidate);
        return ByLaunches(baseline, launches?.Baseline.Variance ?? 0) + ByLaunches(candidate, launches?.Candidate.Variance ?? 0);
    }

    private static double ByLaunches(SideSample side, double launchVariance) => launchVariance * (side.Runs.Count - 1) * side.Runs.Average(run => 1.0 / run.Length);
}
