namespace BitNet.Perf.Receipts.Baselines;

/// <summary>Why receipts are published, and what is let pass for that reason; each leaves a warning in the baseline.</summary>
/// <param name="Reason">One line.</param>
/// <param name="PublishedUtc">Now.</param>
public sealed record PublicationTerms(string Reason, DateTimeOffset PublishedUtc)
{
    /// <summary>Builds that cannot be made again from a commit.</summary>
    public bool AllowDirty { get; init; }

    /// <summary>Runs of different commits.</summary>
    public bool AllowMixedCommits { get; init; }
}
