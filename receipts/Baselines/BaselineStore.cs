using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Signatures;
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

    /// <summary>Writes a baseline in the place of its host and suite; the one that was there is kept in the history, with its signature. A process killed at any
    /// moment leaves the old one or the new one.</summary>
    /// <param name="baseline">As <see cref="BaselinePublication.Create"/> makes it.</param>
    /// <param name="predecessor">The one that is there as far as the caller knows (<see cref="Find"/>); null for none.</param>
    /// <returns>The file and what is in it: the baseline, linked to its predecessor and sealed.</returns>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Busy"/>: somebody else publishes, or did so meanwhile; or <see cref="ReceiptFault.WriteFailed"/>.</exception>
    public (string Path, Baseline Baseline) Publish(Baseline baseline, Baseline? predecessor) =>
        Replace(BaselinePublication.Succeeding(baseline, predecessor), predecessor?.Digest);

    private (string Path, Baseline Baseline) Replace(Baseline linked, string? expected)
    {
        string path = PathOf(linked.HostKey, linked.Suite);
        using IDisposable locked = PublicationLock.Take(path);
        Baseline? there = Find(linked.HostKey, linked.Suite);
        if (there?.Digest != expected)
        {
            throw new ReceiptException(ReceiptFault.Busy, path, null, $"another one was published meanwhile: {there?.Digest ?? "none is there any more"}",
                $"{expected ?? "none"}; look at it and publish again");
        }
        string signature = DetachedSignature.PathOf(path);
        if (there is not null)
            new BaselineHistory(path).Keep(there, File.Exists(signature) ? AtomicFile.Read(signature) : null);
        AtomicFile.Write(path, BaselineFile.Format(linked));
        File.Delete(signature); // it is of the one that was there
        return (path, linked);
    }

    /// <summary>The baseline of a host and suite; null when there is none.</summary>
    /// <exception cref="ReceiptException">It is there but cannot be read or fails verification: what was in a damaged one could no longer be told.</exception>
    public Baseline? Find(string hostKey, string suite)
    {
        string path = PathOf(hostKey, suite);
        return File.Exists(path) ? BaselineVerification.Read(path) : null;
    }

    /// <summary>The baseline of the receipt's host and suite, and of no other; null when there is none, which the caller must say.</summary>
    /// <exception cref="ReceiptException">It is there but cannot be read or fails verification.</exception>
    public Baseline? FindFor(Receipt receipt) => Find(receipt.HostKey, receipt.Suite);

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
    public IReadOnlyList<BaselineEntry> List() => [.. Paths().Select(BaselineEntry.Of)];

    /// <summary>Their files, not looked at.</summary>
    public IReadOnlyList<string> Paths() => !Directory.Exists(Folder) ? [] :
    [
        .. Directory.GetDirectories(Folder)
            .Where(host => Path.GetFileName(host) != External)
            .SelectMany(AtomicFile.WholeJsonFiles)
            .Where(path => Path.GetFileName(path) != CalibrationFile.Name)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Every receipt of another engine's figures under external/, by name; a damaged one is listed with its fault.</summary>
    public IReadOnlyList<ExternalEntry> Externals() => [.. ExternalPaths().Select(ExternalEntry.Of)];

    /// <summary>Their files, not looked at.</summary>
    public IReadOnlyList<string> ExternalPaths() => AtomicFile.WholeJsonFiles(Path.Combine(Folder, External));

    /// <summary>What is wrong with a baseline's file, by its content and by its place in the folder. Of its chain see <see cref="BaselineChain"/>.</summary>
    public static IReadOnlyList<Finding> Verify(string path) => Verify(BaselineFile.Read(path), path);

    /// <inheritdoc cref="Verify(string)"/>
    public static IReadOnlyList<Finding> Verify(Baseline baseline, string path)
    {
        List<Finding> findings = [.. BaselineVerification.Verify(baseline)];
        (string hostKey, string suite) = BaselineEntry.PlaceOf(path);
        if (hostKey != baseline.HostKey || suite != baseline.Suite)
            findings.Add(new("place", "$", $"lies in {hostKey}/{suite}.json; expected {baseline.HostKey}/{baseline.Suite}.json"));
        return findings;
    }
}
