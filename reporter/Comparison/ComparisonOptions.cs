using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Reporter.Comparison;

/// <summary>What the user may choose about a comparison.</summary>
public sealed record ComparisonOptions
{
    /// <summary>α: the chance of any false "regressed" in a whole suite (and of any false "improved").</summary>
    public double FamilyErrorRate { get; init; } = 0.01;

    /// <summary>τ where no rule of <see cref="Thresholds"/> covers the workload: 0.03 is 3 %.</summary>
    public double Threshold { get; init; } = 0.03;

    /// <summary>The first rule that covers the workload decides.</summary>
    public IReadOnlyList<ThresholdRule> Thresholds { get; init; } = [];

    /// <summary>Allocated bytes may grow by this share before it is a regression; they are exact, so by nothing.</summary>
    public double AllocationThreshold { get; init; }

    /// <summary>Standard deviation of the logarithm between whole runs where too few runs are there to estimate it.</summary>
    public double AssumedRunDeviation { get; init; } = 0.05;

    /// <summary>What comparing one build with itself showed on a host; takes the place of the assumption there. Null: no host was calibrated.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>The calibration as it serves the sides compared.</summary>
    internal CalibratedNoise CalibratedNoise { get => field ?? new CalibratedNoise(Calibration); init; }

    /// <summary>Undecided workloads do not fail the gate.</summary>
    public bool AllowUndecided { get; init; }

    /// <summary>Acknowledged regressions.</summary>
    public IReadOnlyList<Acceptance> Acceptances { get; init; } = [];

    /// <summary>The day, in UTC, that acceptances are held against; unless it is given, none holds any more.</summary>
    public DateOnly Today { get; init; } = DateOnly.MaxValue;

    /// <summary>Whether the candidate's run was to measure a workload of the baseline; only then can it be missing. Null: every one that the
    /// candidate's filters cover. A caller that compares different suites knows more.</summary>
    public Func<string, bool>? Selected { get; init; }

    /// <summary>The same on a host: the calibration of another one says nothing of it.</summary>
    internal ComparisonOptions On(string hostKey) => Calibration is null || Calibration.HostKey == hostKey ? this : this with { Calibration = null };

    public double ThresholdOf(string workload) =>
        Thresholds.FirstOrDefault(rule => rule.Pattern.Matches(workload))?.Threshold ?? Threshold;
}

/// <param name="Threshold">0.05 is 5 %.</param>
public sealed record ThresholdRule(WorkloadGlob Pattern, double Threshold);
