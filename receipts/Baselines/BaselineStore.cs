using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>The folder of published baselines: HOST-KEY/SUITE.json.</summary>
public sealed class BaselineStore(string folder)
{
    /// <summary>Figures of other engines lie here, under the same folder; they are no host's baselines.</summary>
    private const string External = "external";

    public string Folder { get; } = folder;

    public string PathOf(string hostKey, string suite)
    {
        // Both come from a receipt, that is from outside: neither may name a place out of the folder.
        if (!HostKey.IsWellFormed(hostKey) || hostKey == External)
            throw new ReceiptException(ReceiptFault.Refused, null, null, $"\"{hostKey}\" is not a host key");
        if (!Forms.IsKebab(suite))
            throw new ReceiptException(ReceiptFault.Refused, null, null, $"\"{suite}\" is not a suite's name");
        return Path.Combine(Folder, hostKey, suite + ".json");
    }

    /// <summary>Publishes receipts as the baseline of their host and suite, in place of the one that may be there; the new one
    /// names the old one's digest.</summary>
    /// <returns>The file and what is in it.</returns>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Refused"/> (not allowed), what verification found in a receipt or in the
    /// baseline to be replaced, or <see cref="ReceiptFault.WriteFailed"/>.</exception>
    public (string Path, Baseline Baseline) Publish(
        IReadOnlyList<(string File, Receipt Receipt)> receipts, string reason, DateTimeOffset publishedUtc, bool allowDirty = false)
    {
        Baseline baseline = BaselinePublication.Create(receipts, reason, publishedUtc, supersedes: null, allowDirty);
        string path = PathOf(baseline.HostKey, baseline.Suite);
        if (File.Exists(path))
        {
            // A damaged one is not replaced: what was in it could no longer be told.
            baseline = BaselinePublication.Create(receipts, reason, publishedUtc, BaselineVerification.Read(path).Digest, allowDirty);
        }
        AtomicFile.Write(path, BaselineFile.Format(baseline));
        return (path, baseline);
    }

    /// <summary>The baseline of the receipt's host and suite, and of no other; null when there is none, which the caller must say.</summary>
    /// <exception cref="ReceiptException">It is there but cannot be read or fails verification.</exception>
    public Baseline? FindFor(Receipt receipt)
    {
        string path = PathOf(receipt.HostKey, receipt.Suite);
        return File.Exists(path) ? BaselineVerification.Read(path) : null;
    }

    /// <summary>As <see cref="FindFor"/>, where a baseline is required.</summary>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.NoBaseline"/>: names what there is instead.</exception>
    public Baseline Require(Receipt receipt)
    {
        if (FindFor(receipt) is Baseline baseline)
            return baseline;
        string[] others = [.. List().Where(entry => entry.HostKey == receipt.HostKey).Select(entry => entry.Suite)];
        string there = others.Length == 0 ? "none of this host" : "of this host only " + string.Join(", ", others);
        throw new ReceiptException(ReceiptFault.NoBaseline, PathOf(receipt.HostKey, receipt.Suite), null,
            $"no baseline of suite {receipt.Suite} for {receipt.HostKey} ({there})", "one made with: baseline publish RECEIPT --reason TEXT");
    }

    /// <summary>Every baseline of the folder, by host key and suite; a damaged one is listed with its fault.</summary>
    public IReadOnlyList<BaselineEntry> List()
    {
        if (!Directory.Exists(Folder))
            return [];
        return
        [
            .. Directory.GetDirectories(Folder)
                .Where(host => Path.GetFileName(host) != External)
                .SelectMany(host => Directory.GetFiles(host, "*.json"))
                .Where(path => !Path.GetFileName(path).StartsWith('.') && Path.GetFileName(path) != CalibrationFile.Name)
                .Order(StringComparer.Ordinal)
                .Select(BaselineEntry.Of),
        ];
    }

    /// <summary>Every receipt of another engine's figures under external/, by name; a damaged one is listed with its fault.</summary>
    public IReadOnlyList<ExternalEntry> Externals()
    {
        string external = Path.Combine(Folder, External);
        return Directory.Exists(external)
            ? [.. Directory.GetFiles(external, "*.json").Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal).Select(ExternalEntry.Of)]
            : [];
    }

    /// <summary>What is wrong with a baseline's file, by its content and by its place in the folder.</summary>
    public static IReadOnlyList<Finding> Verify(string path)
    {
        Baseline baseline = BaselineFile.Read(path);
        List<Finding> findings = [.. BaselineVerification.Verify(baseline)];
        (string hostKey, string suite) = BaselineEntry.PlaceOf(path);
        if (hostKey != baseline.HostKey || suite != baseline.Suite)
            findings.Add(new("place", "$", $"lies in {hostKey}/{suite}.json; expected {baseline.HostKey}/{baseline.Suite}.json"));
        return findings;
    }
}
