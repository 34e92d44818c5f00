namespace BitNet.Perf.Reporter.Comparison;

/// <summary>What a comparison says of one workload; docs/statistics.md has the table.</summary>
public enum Verdict
{
    /// <summary>Costs more: adjusted p ≤ α and estimate ≥ 1 + τ.</summary>
    Regressed,

    /// <summary>Costs less: the mirror image.</summary>
    Improved,

    /// <summary>Proven to be within the threshold both ways: the 90 % interval lies inside (1/(1+τ), 1+τ).</summary>
    Equivalent,

    /// <summary>Proven not to cost more than the threshold: the one-sided 95 % upper limit lies below 1+τ.</summary>
    NotSlower,

    /// <summary>Not enough evidence for any of these.</summary>
    Undecided,

    /// <summary>Two different things: host key, model, definition, protocol, unit or result differ.</summary>
    Incomparable,
}
