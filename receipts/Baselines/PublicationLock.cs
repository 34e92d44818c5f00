namespace BitNet.Perf.Receipts.Baselines;

/// <summary>Keeps other processes from publishing the same baseline. The operating system takes the lock away from a process that is killed; a file left behind
/// by one locks nothing.</summary>
public static class PublicationLock
{
    // What the runtime gives for a file that somebody else holds: EWOULDBLOCK of Linux and macOS, ERROR_SHARING_VIOLATION.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <param name="path">Of the baseline; its folder is made where it is missing.</param>
    /// <returns>Ends the lock when disposed.</returns>
    /// <exception cref="ReceiptException"><see cref="ReceiptFault.Busy"/>: another process is publishing; or the folder takes no files.</exception>
    public static IDisposable Take(string path)
    {
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full)!;
        NewFolder? made = null;
        try
        {
            made = NewFolder.Make(folder);
            return new FileStream(Path.Combine(folder, $".{Path.GetFileName(full)}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (Held.Contains(e.HResult))
        {
            throw new ReceiptException(ReceiptFault.Busy, path, null, "another process is publishing it", "to be alone; look at what it published and try again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            made?.RemoveIfEmpty();
            throw new ReceiptException(ReceiptFault.WriteFailed, path, null, $"cannot be written: {e.Message}", cause: e);
        }
    }
}
