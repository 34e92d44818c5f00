namespace BitNet.Perf.Simulations.Noise;

/// <summary>Everything that makes two launches of the same code differ. All sizes are logarithms: 0.02 is about 2 %.</summary>
internal sealed record NoiseModel
{
    /// <summary>Of each launch, each workload for itself.</summary>
    public required LaunchShock Launch { get; init; }

    /// <summary>Of a workload's launches that follow each other in time, whichever side they belong to.</summary>
    public double LaunchCorrelation { get; init; }

    /// <summary>Standard deviation of what all workloads of one launch have in common: the host was busy.</summary>
    public double HostDeviation { get; init; }

    /// <summary>Of what successive launches have in common: the host stays busy for a while.</summary>
    public double HostCorrelation { get; init; }

    public Drift Drift { get; init; } = Drift.None;

    /// <summary>Standard deviation of an iteration around its launch.</summary>
    public double IterationDeviation { get; init; } = 0.005;

    /// <summary>Of successive iterations within a launch.</summary>
    public double IterationCorrelation { get; init; } = 0.6;

    /// <summary>σ_run: standard deviation of whole runs made at different times.</summary>
    public double RunDeviation { get; init; }

    /// <summary>Share of the variance between runs that all workloads of a run have in common.</summary>
    public double RunShared { get; init; } = 0.5;
}
