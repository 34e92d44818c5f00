using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BitNet.Perf.Receipts;

namespace BitNet.Perf.Bench.Host;

/// <summary>SHA-256 of large files, remembered by path, size and time of last change.</summary>
public static class FileDigest
{
    private sealed record Entry(string Path, long Size, long ModifiedTicks, string Sha256);

    /// <summary>64 lower-case hex digits.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Sha256(string path, string cache)
    {
        var file = new FileInfo(Path.GetFullPath(path));
        var remembered = Path.Combine(cache, "digests", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.FullName)))[..32] + ".json");
        if (Read(remembered) is { } entry && entry.Path == file.FullName && entry.Size == file.Length && entry.ModifiedTicks == file.LastWriteTimeUtc.Ticks)
            return entry.Sha256;
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        var digest = Convert.ToHexStringLower(SHA256.HashData(stream));
        Remember(remembered, new Entry(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks, digest));
        return digest;
    }

    private static Entry? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Entry>(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static void Remember(string path, Entry entry)
    {
        try
        {
            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(entry));
        }
        catch (ReceiptException)
        {
            // Without a cache the digest is computed each time; nothing else is lost.
        }
    }
}
