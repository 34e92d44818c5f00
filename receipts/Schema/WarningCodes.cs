namespace BitNet.Perf.Receipts.Schema;

/// <summary>Codes of <see cref="ReceiptWarning"/> that verification or publishing acts on; the subject each must name stands beside it.</summary>
public static class WarningCodes
{
    /// <summary>A launch that did not end well; subject "launch/N". Each lost launch of a complete run must have one.</summary>
    public const string LaunchLost = "launch-lost";

    /// <summary>Cold workloads rotated over less than eight times the last-level cache; no subject.</summary>
    public const string ColdSetSmall = "cold-set-small";

    /// <summary>A launch's output was not the one that was checked before timing; subject the workload. Such a run is no baseline.</summary>
    public const string ResultDiffers = "result-differs";

    /// <summary>Measured with a build that does more work than it should, to see whether comparisons find it; no subject. Such a run is no baseline.</summary>
    public const string ExtraWork = "extra-work";

    /// <summary>The machine code of a workload could not be listed or read; subject the workload, none where it is all of them.</summary>
    public const string EvidenceMissing = "evidence-missing";

    /// <summary>Published as a baseline although the build cannot be made again from a commit; set by publishing, subject the run.</summary>
    public const string DirtyBuild = "dirty-build";

    /// <summary>Published as a baseline although filters left workloads of the suite out; set by publishing, subject the run.</summary>
    public const string Filtered = "filtered";

    /// <summary>Published as one baseline although the runs are of different commits; set by publishing, no subject.</summary>
    public const string MixedCommits = "mixed-commits";

    /// <summary>Published although a workload costs more than in an earlier baseline of the chain, or computes something else; set by publishing, subject that
    /// baseline's digest.</summary>
    public const string LossAccepted = "loss-accepted", ResultAccepted = "result-accepted";

    /// <summary>Of every imported receipt: another harness measured it; no subject.</summary>
    public const string Imported = "imported";

    /// <summary>An imported receipt for which no host key was given: it has that of the machine that imported it; no subject.</summary>
    public const string HostKeyAssumed = "host-key-assumed";

    /// <summary>Of every external receipt: another engine's figures, for context only; no subject.</summary>
    public const string External = "external";

    /// <summary>Of every external receipt: nobody here measured its figures again; no subject.</summary>
    public const string Unverified = "unverified";

    public static string LaunchSubject(int index) => FormattableString.Invariant($"launch/{index}");
}
