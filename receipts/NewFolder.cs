namespace BitNet.Perf.Receipts;

/// <summary>A folder, made with those above it where they are missing. When nothing was put into it, it can be taken away again with those that were
/// made for it; what was there before stays.</summary>
public sealed class NewFolder
{
    private readonly string _path;

    /// <summary>The uppermost that was missing; null when the folder was there.</summary>
    private readonly string? _uppermost;

    private NewFolder(string path, string? uppermost) => (_path, _uppermost) = (path, uppermost);

    /// <exception cref="IOException">It cannot be made: a file is in the way, the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">Not here.</exception>
    public static NewFolder Make(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string? uppermost = null;
        for (string? folder = full; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
            uppermost = folder;
        Directory.CreateDirectory(full);
        return new NewFolder(full, uppermost);
    }

    public void RemoveIfEmpty()
    {
        if (_uppermost is null)
            return;
        try
        {
            for (string folder = _path; ; folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder); // fails when there is something in it
                if (folder == _uppermost)
                    return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is in use, or was deleted by somebody else: either way it is not ours to take away.
        }
    }
}
