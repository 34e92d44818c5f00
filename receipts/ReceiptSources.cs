using BitNet.Perf.Receipts.Baselines;
using BitNet.Perf.Receipts.Json;
using BitNet.Perf.Receipts.Schema;
using BitNet.Perf.Receipts.Verification;

namespace BitNet.Perf.Receipts;

/// <summary>Receipts as a user names them: files of receipts, files of baselines (each of their receipts), and folders of both.</summary>
public static class ReceiptSources
{
    /// <returns>Verified receipts in the order named, each with its file; one of a baseline with "#" and its run behind it.</returns>
    /// <exception cref="ReceiptException">A file is missing, unreadable, of another kind or newer schema, or fails verification; a folder holds neither receipt nor
    /// baseline.</exception>
    public static IReadOnlyList<(string Path, Receipt Receipt)> Read(IEnumerable<string> paths) => [.. paths.SelectMany(Read)];

    private static IEnumerable<(string Path, Receipt Receipt)> Read(string path)
    {
        if (!Directory.Exists(path))
            return ReadFile(path, passOver: false);
        string[] files;
        try
        {
            files = Directory.GetFiles(path, "*.json", SearchOption.AllDirectories);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReceiptException(ReceiptFault.Unreadable, path, null, "cannot be listed", "a readable folder", e);
        }
        // A run's folder holds other documents as well; they are passed over by their schema, never by being damaged.
        // Superseded baselines stand for what was, and only where they are named themselves.
        (string, Receipt)[] found = [.. files.Where(file => !BaselineHistory.Holds(file)).Order(StringComparer.Ordinal).SelectMany(file => ReadFile(file, passOver: true))];
        return found.Length > 0
            ? found
            : throw new ReceiptException(ReceiptFault.NotFound, path, null, "no receipt and no baseline in this folder", "at least one");
    }

    // A file's text is read once: a large one takes longer to read than to look at.
    private static IEnumerable<(string Path, Receipt Receipt)> ReadFile(string path, bool passOver)
    {
        byte[] content = AtomicFile.Read(path);
        return Kind(content, path) switch
        {
            "baseline" => BaselineVerification.Read(content, path).Receipts.Select(receipt => ($"{path}#{receipt.Run}", receipt)),
            null when passOver => [],
            _ => [(path, ReceiptVerification.Read(content, path))],
        };
    }

    /// <summary>"receipt" or "baseline", of whatever version; null for another document.</summary>
    private static string? Kind(byte[] content, string path)
    {
        MergeConflict.Refuse(content, path);
        try
        {
            string? schema = DocumentScan.FirstSchema(StrictJson.WithoutMark(content).Span);
            return schema?.Split('/')[0] is "receipt" or "baseline" ? schema.Split('/')[0] : null;
        }
        catch (ReceiptException e)
        {
            throw e.In(path);
        }
    }
}
