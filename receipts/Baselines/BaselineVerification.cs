using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>The baseline's own seal, every receipt in it, and that they belong together.</summary>
public static class BaselineVerification
{
    public static IReadOnlyList<Finding> Verify(Baseline baseline) =>
    [
        .. Seal(baseline),
        .. Members(baseline),
        .. BaselineRules.Together(baseline.Receipts),
        .. baseline.Receipts.SelectMany((receipt, index) => Receipt(baseline, receipt, FormattableString.Invariant($"$.receipts[{index}]"))),
    ];

    /// <summary>Reads a baseline that is to be relied on.</summary>
    /// <exception cref="ReceiptException">As <see cref="BaselineFile.Read"/>, and <see cref="ReceiptFault.DigestMismatch"/> or
    /// <see cref="ReceiptFault.Arithmetic"/> with the first finding.</exception>
    public static Baseline Read(string path) => Read(AtomicFile.Read(path), path);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="content">The file's.</param>
    /// <param name="path">Named in the message.</param>
    internal static Baseline Read(byte[] content, string path)
    {
        Baseline baseline = BaselineFile.Parse(content, path);
        Findings.Require(Verify(baseline), path, "baseline verify lists them");
        return baseline;
    }

    /// <summary>The same of text that is not, or not yet, a file.</summary>
    public static Baseline Parse(ReadOnlyMemory<byte> utf8)
    {
        Baseline baseline = BaselineFile.Parse(utf8);
        Findings.Require(Verify(baseline), null, "baseline verify lists them");
        return baseline;
    }

    private static IEnumerable<Finding> Seal(Baseline baseline)
    {
        if (baseline.Digest is null)
        {
            yield return new(Finding.Digest, "$.digest", "not sealed; expected the digest of the canonical form");
            yield break;
        }
        string? computed = null;
        Finding? fault = null;
        try
        {
            computed = BaselineFile.ComputeDigest(baseline);
        }
        catch (ReceiptException e)
        {
            fault = new("number", e.Location ?? "$", $"{e.What}; expected {e.Expected}");
        }
        if (fault is not null)
            yield return fault;
        else if (baseline.Digest != computed)
            yield return new(Finding.Digest, "$.digest", $"altered: the content has {computed}, the seal says {baseline.Digest}");
    }

    private static IEnumerable<Finding> Members(Baseline baseline)
    {
        if (baseline.Schema != Baseline.CurrentSchema)
            yield return new("schema", "$.schema", $"\"{baseline.Schema}\"; expected \"{Baseline.CurrentSchema}\"");
        if (!HostKey.IsWellFormed(baseline.HostKey))
            yield return new("host-key", "$.hostKey", $"\"{baseline.HostKey}\" is not a host key");
        if (!Forms.IsKebab(baseline.Suite))
            yield return new("suite", "$.suite", $"\"{baseline.Suite}\" is not a suite's name");
        if (!Forms.IsText(baseline.Reason))
            yield return new("reason", "$.reason", "expected one line that says why it was published");
        if (MachinePaths.Find(baseline.Reason) is string path)
            yield return new("path", "$.reason", $"holds a path of the machine: {path}");
        if (baseline.Supersedes is string digest && !Forms.IsDigest(digest))
            yield return new("sha256", "$.supersedes", $"\"{digest}\"; expected sha256: and 64 lower-case hex digits, or null");
        if (baseline.Merges is string merged && (!Forms.IsDigest(merged) || baseline.Supersedes is null || merged == baseline.Supersedes))
            yield return new("merges", "$.merges", $"\"{merged}\"; expected the digest of another baseline than supersedes names");
        if (baseline.ChainLength is int length && (length < 1 || length == 1 != baseline.Supersedes is null))
            yield return new("chain", "$.chainLength", $"{length}; expected 1 for the first, more for one that supersedes another");
        // Versions that kept no history knew no such warning.
        if (baseline.ChainLength is not null && BaselineRules.MixedCommits(baseline.Receipts) is string mixed && baseline.Warnings.All(warning => warning.Code != WarningCodes.MixedCommits))
            yield return new("publishable", "$.receipts", $"{mixed}; expected a warning {WarningCodes.MixedCommits}");
        if (baseline.Receipts.Count == 0)
            yield return new("receipts", "$.receipts", "no receipt");
        else if (baseline.PublishedUtc < baseline.Receipts.Max(receipt => receipt.CreatedUtc).AddMinutes(-1) || baseline.PublishedUtc > DateTimeOffset.UtcNow.AddDays(1))
            yield return new("time", "$.publishedUtc", "is before a receipt was written, or in the future");
    }

    private static IEnumerable<Finding> Receipt(Baseline baseline, Receipt receipt, string path)
    {
        if (receipt.HostKey != baseline.HostKey)
            yield return new("host-key", $"{path}.hostKey", $"\"{receipt.HostKey}\"; the baseline is of \"{baseline.HostKey}\"");
        if (receipt.Suite != baseline.Suite)
            yield return new("suite", $"{path}.suite", $"\"{receipt.Suite}\"; the baseline is of \"{baseline.Suite}\"");
        if (BaselineRules.Unpublishable(receipt) is string why)
            yield return new("publishable", path, why);
        if (BaselineRules.Untraceable(receipt) is string dirty && !baseline.Warnings.Any(warning => warning.Code == WarningCodes.DirtyBuild && warning.Subject == receipt.Run))
            yield return new("publishable", path, $"{dirty}; expected a warning {WarningCodes.DirtyBuild} with subject {receipt.Run}");
        foreach (Finding finding in ReceiptVerification.Verify(receipt))
            yield return finding with { Path = path + finding.Path[1..] };
    }
}
