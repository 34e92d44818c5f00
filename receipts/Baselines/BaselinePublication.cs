using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>Makes a baseline of receipts, or says why not.</summary>
public static class BaselinePublication
{
    /// <param name="receipts">Of separate runs, in any order, each with the file it came from (for messages).</param>
    /// <param name="reason">Why they are published; one line.</param>
    /// <param name="publishedUtc">Now.</param>
    /// <param name="supersedes">Digest of the baseline it takes the place of; null when there is none.</param>
    /// <param name="allowDirty">Lets builds pass that cannot be made again from a commit; a warning stays in the baseline.</param>
    /// <returns>A sealed baseline.</returns>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Refused"/>, or what verification found in a receipt.</exception>
    public static Baseline Create(
        IReadOnlyList<(string File, Receipt Receipt)> receipts, string reason, DateTimeOffset publishedUtc, string? supersedes, bool allowDirty)
    {
        if (receipts.Count == 0)
            throw Refused(null, "no receipt to publish");
        if (!Forms.IsText(reason))
            throw Refused(null, "no reason given", "one line that says why");
        if (MachinePaths.Find(reason) is string path)
            throw Refused(null, $"the reason holds a path of the machine: {path}");
        foreach ((string file, Receipt receipt) in receipts)
        {
            ReceiptVerification.Require(receipt, file);
            if (BaselineRules.Unpublishable(receipt) is string why)
                throw Refused(file, why);
            if (!allowDirty && BaselineRules.Untraceable(receipt) is string untraceable)
                throw Refused(file, untraceable, "a clean build of a commit, or to be allowed explicitly");
        }
        (string File, Receipt Receipt)[] ordered = [.. receipts.OrderBy(entry => entry.Receipt.CreatedUtc)];
        Receipt[] together = [.. ordered.Select(entry => entry.Receipt)];
        if (BaselineRules.Together(together).FirstOrDefault() is Finding finding)
            throw Refused(ordered.First(entry => finding.Path.StartsWith(Path(together, entry.Receipt), StringComparison.Ordinal)).File, finding.Message, "receipts of one host, suite, model and set of workloads");
        Baseline baseline = new()
        {
            Schema = Baseline.CurrentSchema,
            HostKey = together[0].HostKey,
            Suite = together[0].Suite,
            PublishedUtc = publishedUtc.ToUniversalTime(),
            Reason = reason,
            Supersedes = supersedes,
            Warnings = [.. Warnings(together)],
            Receipts = together,
        };
        return baseline with { Digest = BaselineFile.ComputeDigest(baseline) };
    }

    private static IEnumerable<ReceiptWarning> Warnings(IEnumerable<Receipt> receipts)
    {
        foreach (Receipt receipt in receipts)
        {
            if (BaselineRules.Untraceable(receipt) is string untraceable)
                yield return new(WarningCodes.DirtyBuild, receipt.Run, untraceable);
            if (receipt.Filters.Count > 0)
                yield return new(WarningCodes.Filtered, receipt.Run, "holds only the workloads of " + string.Join(" ", receipt.Filters));
        }
    }

    private static string Path(Receipt[] receipts, Receipt receipt) => FormattableString.Invariant($"$.receipts[{Array.IndexOf(receipts, receipt)}]");

    private static ReceiptException Refused(string? file, string what, string? expected = null) =>
        new(ReceiptFault.Refused, file, null, "not published: " + what, expected);
}
