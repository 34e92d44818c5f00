using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>Makes a baseline of receipts, or says why not.</summary>
public static class BaselinePublication
{
    /// <param name="receipts">Of separate runs, in any order, each with the file it came from (for messages).</param>
    /// <returns>A sealed baseline that succeeds none yet (<see cref="Succeeding"/>).</returns>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Refused"/>, or what verification found in a receipt.</exception>
    public static Baseline Create(IReadOnlyList<(string File, Receipt Receipt)> receipts, PublicationTerms terms)
    {
        if (receipts.Count == 0)
            throw Refused(null, "no receipt to publish");
        RequireReason(terms.Reason);
        foreach ((string file, Receipt receipt) in receipts)
        {
            ReceiptVerification.Require(receipt, file);
            if (BaselineRules.Unpublishable(receipt) is string why)
                throw Refused(file, why);
            if (!terms.AllowDirty && BaselineRules.Untraceable(receipt) is string untraceable)
                throw Refused(file, untraceable, "a clean build of a commit, or --allow-dirty");
        }
        (string File, Receipt Receipt)[] ordered = [.. receipts.OrderBy(entry => entry.Receipt.CreatedUtc)];
        Receipt[] together = [.. ordered.Select(entry => entry.Receipt)];
        if (BaselineRules.Together(together).FirstOrDefault() is Finding finding)
            throw Refused(ordered.First(entry => finding.Path.StartsWith(Path(together, entry.Receipt), StringComparison.Ordinal)).File, finding.Message, "receipts of one host, suite, model and set of workloads");
        if (!terms.AllowMixedCommits && BaselineRules.MixedCommits(together) is string mixed)
            throw Refused(null, "receipts " + mixed, "runs of one commit, or --allow-mixed-commits");
        return Sealed(new()
        {
            Schema = Baseline.CurrentSchema,
            HostKey = together[0].HostKey,
            Suite = together[0].Suite,
            PublishedUtc = terms.PublishedUtc.ToUniversalTime(),
            Reason = terms.Reason,
            ChainLength = 1,
            Warnings = [.. Warnings(together, terms)],
            Receipts = together,
        });
    }

    /// <summary>The same in place of another one, or of none.</summary>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Refused"/>: it would be published before its predecessor was.</exception>
    public static Baseline Succeeding(Baseline baseline, Baseline? predecessor)
    {
        if (predecessor is not null)
            RequireAfter(baseline.PublishedUtc, predecessor);
        return Sealed(baseline with { Supersedes = predecessor?.Digest, ChainLength = predecessor?.NextChainLength ?? 1 });
    }

    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Refused"/>: it is not.</exception>
    internal static void RequireAfter(DateTimeOffset publishedUtc, Baseline predecessor)
    {
        if (predecessor.PublishedUtc >= publishedUtc)
            throw Refused(null, FormattableString.Invariant($"the one it takes the place of was published at {predecessor.PublishedUtc:yyyy-MM-dd'T'HH:mm:ss'Z'}, which is not over yet"), "a clock that goes right");
    }

    /// <summary>The same with more warnings, and a new seal.</summary>
    public static Baseline With(Baseline baseline, params IEnumerable<ReceiptWarning> warnings) => Sealed(baseline with { Warnings = [.. baseline.Warnings, .. warnings] });

    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Refused"/>: empty, several lines, or with a path of the machine.</exception>
    internal static void RequireReason(string reason)
    {
        if (!Forms.IsText(reason))
            throw Refused(null, "no reason given", "one line that says why");
        if (MachinePaths.Find(reason) is string path)
            throw Refused(null, $"the reason holds a path of the machine: {path}");
    }

    /// <summary>With its digest set. Only for one just made: sealing a foreign one would hide what was altered.</summary>
    public static Baseline Sealed(Baseline baseline) => baseline with { Digest = BaselineFile.ComputeDigest(baseline) };

    // What was allowed was allowed for the reason given.
    private static IEnumerable<ReceiptWarning> Warnings(Receipt[] receipts, PublicationTerms terms)
    {
        foreach (Receipt receipt in receipts)
        {
            if (BaselineRules.Untraceable(receipt) is string untraceable)
                yield return new(WarningCodes.DirtyBuild, receipt.Run, $"{untraceable}; allowed: {terms.Reason}");
            if (receipt.Filters.Count > 0)
                yield return new(WarningCodes.Filtered, receipt.Run, "holds only the workloads of " + string.Join(" ", receipt.Filters));
        }
        if (BaselineRules.MixedCommits(receipts) is string mixed)
            yield return new(WarningCodes.MixedCommits, null, $"{mixed}; allowed: {terms.Reason}");
    }

    private static string Path(Receipt[] receipts, Receipt receipt) => FormattableString.Invariant($"$.receipts[{Array.IndexOf(receipts, receipt)}]");

    private static ReceiptException Refused(string? file, string what, string? expected = null) =>
        new(ReceiptFault.Refused, file, null, "not published: " + what, expected);
}
