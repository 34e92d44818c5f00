using System.Text.Json.Serialization;
using BitNet.Perf.Receipts.Schema;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>Receipts of one suite on one kind of machine that later runs are held against, published with a reason.
/// Stored as baselines/HOST-KEY/SUITE.json; the receipts are whole, each with its own digest.</summary>
public sealed record Baseline
{
    public const string CurrentSchema = "baseline/1";

    public required string Schema { get; init; }

    /// <summary>As <see cref="Receipt.Digest"/>, over this document.</summary>
    public string? Digest { get; init; }

    public required string HostKey { get; init; }

    public required string Suite { get; init; }

    public required DateTimeOffset PublishedUtc { get; init; }

    /// <summary>Why it was published, one line.</summary>
    public required string Reason { get; init; }

    /// <summary>Digest of the baseline that this one took the place of; null for the first.</summary>
    public string? Supersedes { get; init; }

    /// <summary>Baselines of the chain that are kept, from the first kept one to this: 1 for the first. Left out by versions that kept no history, and
    /// then nothing says that a predecessor should be there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ChainLength { get; init; }

    /// <summary>Chain length of one that supersedes this.</summary>
    internal int NextChainLength => 1 + (ChainLength ?? 1);

    /// <summary>Digest of the baseline of another branch that this one publishes again: both were published over one predecessor, and this one makes a
    /// single chain of them. Left out of all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Merges { get; init; }

    /// <summary>What was let pass on publishing, e.g. <see cref="WarningCodes.DirtyBuild"/>; the subject is a receipt's run.</summary>
    public required IReadOnlyList<ReceiptWarning> Warnings { get; init; }

    /// <summary>Complete runs, oldest first.</summary>
    public required IReadOnlyList<Receipt> Receipts { get; init; }
}
