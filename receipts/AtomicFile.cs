namespace BitNet.Perf.Receipts;

/// <summary>Writes a file whole or not at all: temporary name in the same folder, flushed to the device, renamed. Devices (/dev/stdout) are written
/// in place, since renaming would replace them.</summary>
public static class AtomicFile
{
    /// <param name="path">Target; its folder is created (and goes again when nothing is written), an existing file is replaced in one step.</param>
    /// <param name="content">Writes the content; when it throws, the target stays as it was.</param>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.WriteFailed"/>: disk full, permissions, a folder in the way.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        string full = Path.GetFullPath(path);
        if (IsDevice(full))
        {
            WriteDevice(full, content);
            return;
        }
        string folder = Path.GetDirectoryName(full) ?? full;
        // The random part lets two writers of one target go on beside each other; the last rename wins, neither is mixed.
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.tmp");
        NewFolder? made = null;
        try
        {
            made = NewFolder.Make(folder);
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            made?.RemoveIfEmpty();
            throw new ReceiptException(ReceiptFault.WriteFailed, path, null, $"cannot be written: {Reason(e)}", cause: e);
        }
        catch
        {
            Discard(temporary);
            made?.RemoveIfEmpty();
            throw;
        }
    }

    /// <summary>Whether the path names a Unix device rather than a file.</summary>
    public static bool IsDevice(string path) => !OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal)
        && !Path.GetFullPath(path).StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static void WriteDevice(string path, Action<Stream> content)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Write);
            content(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReceiptException(ReceiptFault.WriteFailed, path, null, $"cannot be written: {Reason(e)}", cause: e);
        }
    }

    public static void Write(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span));

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.NotFound"/> or <see cref="ReceiptFault.Unreadable"/>.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ReceiptException(ReceiptFault.NotFound, path, null, "no such file", cause: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string what = Directory.Exists(path) ? "is a folder" : $"cannot be read: {Reason(e)}";
            throw new ReceiptException(ReceiptFault.Unreadable, path, null, what, "a readable file", e);
        }
    }

    /// <summary>The JSON files of a folder, sorted by path, without those that are still being written; none where the folder is not there.</summary>
    public static IReadOnlyList<string> WholeJsonFiles(string folder) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.json").Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)]
        : [];

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }

    // The runtime's messages end with the path, here the temporary one, which says nothing to the user.
    private static string Reason(Exception e)
    {
        if (e is FileNotFoundException or DirectoryNotFoundException)
            return "its folder takes no files";
        string message = e.Message;
        int path = message.IndexOf(" : '", StringComparison.Ordinal);
        if (path < 0 && e is UnauthorizedAccessException)
            return "permission denied";
        return (path < 0 ? message : message[..path]).TrimEnd('.', ' ');
    }
}
