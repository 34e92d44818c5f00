using BitNet.Perf.Receipts.Signatures;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>One chain of two baselines that two branches published over one predecessor: the one to be kept is published again, over the other; the history
/// keeps both as they were.</summary>
public static class BaselineMerge
{
    /// <param name="path">HOST-KEY/SUITE.json, whatever is in it now.</param>
    /// <param name="kept">Whose figures later runs are held against.</param>
    /// <param name="other">The other branch's.</param>
    /// <param name="reason">Why that one is kept; one line.</param>
    /// <param name="publishedUtc">Now.</param>
    /// <returns>What is in the file now; <paramref name="kept"/> itself where it was published over the other one already.</returns>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Refused"/>: not of this place, or a reason that is none; what verification finds in either; busy; or it cannot be written.</exception>
    public static Baseline Join(string path, Baseline kept, Baseline other, string reason, DateTimeOffset publishedUtc)
    {
        BaselinePublication.RequireReason(reason);
        foreach (Baseline side in new[] { kept, other })
            Findings.Require(BaselineStore.Verify(side, path), path, "as one side has it");
        using IDisposable locked = PublicationLock.Take(path);
        Baseline joined = kept.Digest == other.Digest ? kept : Over(other, kept, reason, publishedUtc);
        BaselineHistory history = new(path);
        foreach (Baseline superseded in new[] { other, kept }.Where(side => side.Digest != joined.Digest))
            history.Keep(superseded, signature: null);
        AtomicFile.Write(path, BaselineFile.Format(joined));
        File.Delete(DetachedSignature.PathOf(path)); // of one side, or a conflict itself
        return joined;
    }

    private static Baseline Over(Baseline other, Baseline kept, string reason, DateTimeOffset publishedUtc)
    {
        if (kept.Supersedes == other.Digest)
            return kept;
        BaselinePublication.RequireAfter(publishedUtc, kept.PublishedUtc > other.PublishedUtc ? kept : other);
        return BaselinePublication.Sealed(kept with
        {
            PublishedUtc = publishedUtc.ToUniversalTime(),
            Reason = reason,
            Supersedes = other.Digest,
            ChainLength = other.NextChainLength,
            Merges = kept.Digest,
        });
    }
}
