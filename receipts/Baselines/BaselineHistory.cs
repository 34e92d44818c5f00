using BitNet.Perf.Receipts.Signatures;

namespace BitNet.Perf.Receipts.Baselines;

/// <summary>The superseded baselines of one host and suite, kept whole: HOST-KEY/history/SUITE/DIGEST.json beside HOST-KEY/SUITE.json. A file is named by its
/// content, so that branches which both publish over one baseline keep the very same file of it.</summary>
/// <param name="baselinePath">Of HOST-KEY/SUITE.json.</param>
public sealed class BaselineHistory(string baselinePath)
{
    private const string FolderName = "history";

    private const int DigestDigits = 16;

    public string Folder { get; } = Path.Combine(
        Path.GetDirectoryName(Path.GetFullPath(baselinePath))!, FolderName, Path.GetFileNameWithoutExtension(baselinePath));

    /// <summary>Whether a file is a superseded baseline by its place: those are part of a chain, no baselines that one compares with by naming a folder.</summary>
    public static bool Holds(string path)
    {
        string full = Path.GetFullPath(path), name = Path.GetFileNameWithoutExtension(full);
        string? suite = Path.GetDirectoryName(full);
        return name.Length == DigestDigits && name.All(char.IsAsciiHexDigitLower) && Path.GetFileName(Path.GetDirectoryName(suite)) == FolderName;
    }

    /// <summary>Where a baseline of that digest is kept.</summary>
    public string PathOf(string digest) => Path.Combine(Folder, Name(digest));

    /// <summary>Its name in the folder, for messages.</summary>
    public static string Name(string digest) => digest[ReceiptDigest.Prefix.Length..][..DigestDigits] + ".json";

    /// <summary>As messages name it: history/SUITE/NAME.</summary>
    internal string Shown(string path) => $"{FolderName}/{Path.GetFileName(Folder)}/{Path.GetFileName(path)}";

    /// <summary>Every baseline kept, in no order.</summary>
    /// <exception cref="ReceiptException">One cannot be read.</exception>
    internal IReadOnlyList<(string Path, Baseline Baseline)> Read() => [.. AtomicFile.WholeJsonFiles(Folder).Select(path => (path, BaselineFile.Read(path)))];

    /// <summary>Keeps a baseline with its signature. The same one twice is no matter: an interrupted publication begins again.</summary>
    /// <exception cref="ReceiptException">It cannot be written.</exception>
    public void Keep(Baseline baseline, byte[]? signature)
    {
        string path = PathOf(baseline.Digest!);
        AtomicFile.Write(path, BaselineFile.Format(baseline));
        if (signature is not null)
            AtomicFile.Write(DetachedSignature.PathOf(path), signature);
    }
}
