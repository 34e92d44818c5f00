using BitNet.Perf.Reporter.Statistics;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>How much was measured of one workload, and with what noise; says how exact a log ratio from it is.
/// SE² = s²(1/n_b + 1/n_c) + σ_run²(1/R_b + 1/R_c), where 1/n is Σ(1/nᵢ)/R² for runs of nᵢ launches.</summary>
/// <param name="BaselineLaunches">Launches of each run.</param>
/// <param name="CandidateLaunches">Launches of each run.</param>
/// <param name="Launches">s²; null when runs of a single launch left only the noise between them, which then holds both.</param>
public sealed record Evidence(
    IReadOnlyList<int> BaselineLaunches, IReadOnlyList<int> CandidateLaunches, LaunchNoise? Launches, RunNoise Noise)
{
    /// <summary>Null when nothing shows the noise: a single launch on each side and too few runs.</summary>
    public static Evidence? Of(SideSample baseline, SideSample candidate, RunNoise classNoise)
    {
        LaunchNoise? launches = LaunchNoise.Of(baseline, candidate);
        RunNoise? noise = launches is null ? RunNoise.OfSingleLaunches(baseline, candidate) : classNoise;
        return noise is null
            ? null
            : new Evidence([.. baseline.Runs.Select(r => r.Length)], [.. candidate.Runs.Select(r => r.Length)], launches, noise);
    }

    public int BaselineRuns => BaselineLaunches.Count;
    public int CandidateRuns => CandidateLaunches.Count;

    public EffectError Error
    {
        get
        {
            var runs = new VariancePart(Noise.Deviation * Noise.Deviation * (1.0 / BaselineRuns + 1.0 / CandidateRuns), Noise.DegreesOfFreedom);
            if (Launches is null) return new EffectError(runs);
            double before = Share(BaselineLaunches), after = Share(CandidateLaunches);
            return Launches.Pooled
                ? new EffectError(Capped(Launches.Baseline, before + after), runs)
                : new EffectError(Capped(Launches.Baseline, before), Capped(Launches.Candidate, after), runs);
        }
    }

    /// <summary>The same after that many more launches in the candidate's newest run.</summary>
    public Evidence WithLaunches(int more)
    {
        int[] candidate = [.. CandidateLaunches.SkipLast(1), CandidateLaunches[^1] + more];
        return this with { CandidateLaunches = candidate, Launches = Launches?.For(BaselineLaunches, candidate) };
    }

    /// <summary>The same after more runs, each of as many launches as the newest one of its side has.</summary>
    public Evidence WithRuns(int baseline, int candidate)
    {
        int own = BaselineRuns + CandidateRuns - 2 + baseline + candidate;
        // From here on the runs themselves show their noise.
        bool observed = own >= RunNoise.LeastDegreesOfFreedom;
        double degrees = Noise.Assumed || (Noise.Calibrated && observed) ? own : Noise.DegreesOfFreedom + baseline + candidate;
        int[] before = [.. BaselineLaunches, .. Enumerable.Repeat(BaselineLaunches[^1], baseline)];
        int[] after = [.. CandidateLaunches, .. Enumerable.Repeat(CandidateLaunches[^1], candidate)];
        return this with
        {
            BaselineLaunches = before,
            CandidateLaunches = after,
            Launches = Launches?.For(before, after),
            Noise = Noise.Assumed && !observed ? Noise : Noise with { DegreesOfFreedom = degrees, Assumed = false, Calibrated = Noise.Calibrated && !observed },
        };
    }

    private static double Share(IReadOnlyList<int> launches) => launches.Sum(n => 1.0 / n) / launches.Count / launches.Count;

    // Where σ_run is estimated, its estimate may be too small by chance and hide behind the launches' part, so that part may
    // not claim more degrees of freedom than the runs give (a simulation shows the false alarms this prevents).
    private VariancePart Capped(VariancePart launches, double share) =>
        new(launches.Variance * share, Math.Min(launches.DegreesOfFreedom, Noise.DegreesOfFreedom));
}
