using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>An acknowledged regression: why it is there, how large it may be, and until when it passes.</summary>
public sealed record Acceptance
{
    /// <summary>Pattern of the workloads it covers (<see cref="WorkloadGlob"/>).</summary>
    public required string Workloads { get; init; }

    /// <summary>One line.</summary>
    public required string Reason { get; init; }

    /// <summary>Last day, in UTC, on which it holds.</summary>
    public required DateOnly Expires { get; init; }

    /// <summary>Largest accepted growth of the cost: 0.05 is 5 %.</summary>
    public required double Max { get; init; }

    /// <summary>Host it holds on; null for every host.</summary>
    public string? HostKey { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset AcceptedUtc { get; init; }

    /// <summary>Whether it speaks of this workload on this host at all, be it expired or not.</summary>
    public bool Covers(string workload, string hostKey) => (HostKey is null || HostKey == hostKey) && new WorkloadGlob(Workloads).Matches(workload);

    public bool ExpiredOn(DateOnly today) => today > Expires;
}

/// <summary>The document that holds all of them.</summary>
/// <param name="Acceptances">By pattern and host key, each pair once.</param>
public sealed record AcceptanceList(string Schema, IReadOnlyList<Acceptance> Acceptances)
{
    public const string CurrentSchema = "acceptances/1";
}
